using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Maps;

/// <summary>PHD2's defect maps: column and row of the guide camera's frame under a mark and comments.</summary>
public sealed class Phd2List : TextList
{
    /// <inheritdoc/>
    public override string Name => "PHD2 list";

    /// <inheritdoc/>
    public override string Summary => "PHD2's 'column row' of the camera's frame; places are kept.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".txt"];

    /// <inheritdoc/>
    public override string? Dialect => "phd2";

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> file) => FirstFields(file) is not [['R' or 'r' or 'C' or 'c', ..], ..];

    private protected override void ReadEntry(string[] fields, bool isFirst, MapAssembly map, EntryPlace place)
    {
        Require(2, "column and row", fields, map, place);
        map.Add(new MapEntry(map.Whole(fields[0], "column", place), map.Whole(fields[1], "row", place)), place);
    }

    private protected override void WriteHeader(TextWriter text, DefectMap map)
    {
        text.WriteLine("# PHD2 Defect Map v1");
        text.WriteLine($"# Defect count: {map.AllPhotosites().Count}");
    }

    private protected override void WriteEntry(TextWriter text, in MapEntry entry, Area? area) => text.WriteLine($"{entry.X} {entry.Y}");
}
