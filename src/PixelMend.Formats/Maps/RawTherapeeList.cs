using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Maps;

/// <summary>
/// RawTherapee's <c>.badpixels</c> files, named after maker, model and serial number: column and row. A first line of one number is
/// added to both, for coordinates read off a picture whose border the demosaicer cut away (4 photosites for Bayer, 7 for X-Trans).
/// </summary>
public sealed class RawTherapeeList : TextList
{
    /// <inheritdoc/>
    public override string Name => "RawTherapee list";

    /// <inheritdoc/>
    public override string Summary =>
        "RawTherapee's 'column row' from the visible area's top left, and the border it adds; places are kept.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".badpixels"];

    /// <inheritdoc/>
    public override string? Dialect => "rawtherapee";

    /// <inheritdoc/>
    public override MapOrigin UsualOrigin => MapOrigin.Visible;

    private protected override void ReadEntry(string[] fields, bool isFirst, MapAssembly map, EntryPlace place)
    {
        if (isFirst && fields.Length == 1)
        {
            map.Border = map.Whole(fields[0], "border", place);
            return;
        }

        Require(2, "column and row", fields, map, place);
        map.Add(new MapEntry(map.Whole(fields[0], "column", place), map.Whole(fields[1], "row", place)), place);
    }

    /// <summary>No comments: the program takes any line for an entry.</summary>
    private protected override void WriteHeader(TextWriter text, DefectMap map) { }

    private protected override void WriteEntry(TextWriter text, in MapEntry entry, Area? area) => text.WriteLine($"{entry.X} {entry.Y}");
}
