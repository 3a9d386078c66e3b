using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Maps;

/// <summary>MLV-App's focus pixel maps: column and row under a mark with the camera's number.</summary>
public sealed class MlvAppList : TextList
{
    /// <inheritdoc/>
    public override string Name => "MLV-App list";

    /// <inheritdoc/>
    public override string Summary => "MLV-App's 'column row' of the whole stored frame; places are kept.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".fpm"];

    private protected override void ReadEntry(string[] fields, bool isFirst, MapAssembly map, EntryPlace place)
    {
        Require(2, "column and row", fields, map, place);
        map.Add(new MapEntry(map.Whole(fields[0], "column", place), map.Whole(fields[1], "row", place)), place);
    }

    private protected override void WriteHeader(TextWriter text, DefectMap map) => text.WriteLine("#FPM");

    private protected override void WriteEntry(TextWriter text, in MapEntry entry, Area? area) => text.WriteLine($"{entry.X} {entry.Y}");
}
