using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Maps;

/// <summary>
/// Imperx cameras' maps: a header of lines that begin with two dashes, a line <c>:Table,</c>, then <c>column,row</c> by row and column. The first photosite is 1, 1.
/// </summary>
public sealed class ImperxList : TextList
{
    private const int First = 1;
    private const string Dashes = "--";
    private const string Table = ":Table";

    private readonly DefectKind kind;
    private readonly string title;

    private ImperxList(string extension, DefectKind kind, string title)
    {
        Extensions = [extension];
        this.kind = kind;
        this.title = title;
    }

    /// <summary>The map of defective photosites.</summary>
    public static ImperxList Defective { get; } = new(".dpm", DefectKind.Unknown, "Defective Pixel Map");

    /// <summary>The map of hot photosites.</summary>
    public static ImperxList Hot { get; } = new(".hpm", DefectKind.Hot, "Hot Pixel Map");

    /// <inheritdoc/>
    public override string Name => $"Imperx {title.ToLowerInvariant()}";

    /// <inheritdoc/>
    public override string Summary => "Imperx's 'column,row' of the camera's picture, counted from 1; places are kept.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; }

    private protected override void ReadEntry(string[] fields, bool isFirst, MapAssembly map, EntryPlace place)
    {
        map.Border = -First;
        if (fields[0].StartsWith(Dashes, StringComparison.Ordinal) || fields[0].Equals(Table, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        Require(2, "column and row", fields, map, place);
        map.Add(new MapEntry(map.Whole(fields[0], "column", place), map.Whole(fields[1], "row", place), Kind: kind), place);
    }

    private protected override void WriteHeader(TextWriter text, DefectMap map)
    {
        text.WriteLine($"{Dashes} {title},");
        text.WriteLine($"{Table},");
        text.WriteLine($"{Dashes} Column(X),Row(Y)");
    }

    private protected override void WriteEntry(TextWriter text, in MapEntry entry, Area? area) =>
        text.WriteLine($"{entry.X + First},{entry.Y + First}");
}
