using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Maps;

/// <summary>
/// Siril's list for cosmetic correction: <c>P x y H</c> for a hot photosite, <c>C</c> for a cold one, <c>L y 0 H</c> a row, <c>C x 0 H</c> a column.
/// Rows count from the top of the picture, which is the last stored row of a FITS file.
/// </summary>
public sealed class SirilList : TextList
{
    private const DefectKind Low = DefectKind.Dead | DefectKind.LowResponse;

    /// <inheritdoc/>
    public override string Name => "Siril list";

    /// <inheritdoc/>
    public override string Summary => "Siril's points, whole rows and columns, hot or cold; rows count from the top of the picture.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".lst"];

    private protected override bool FollowsPicture => true;

    private protected override bool HasLines => true;

    private protected override void ReadEntry(string[] fields, bool isFirst, MapAssembly map, EntryPlace place)
    {
        Require(2, "P x y, L y or C x", fields, map, place);
        int first = map.Whole(fields[1], "coordinate", place);
        DefectKind kind = KindOf(fields);
        switch (fields[0])
        {
            case "P":
                Require(3, "P x y", fields, map, place);
                map.Add(new MapEntry(first, map.Whole(fields[2], "y", place), Kind: kind), place);
                break;
            case "L":
                map.AddRow(first, kind, place);
                break;
            case "C":
                map.AddColumn(first, kind, place);
                break;
            default:
                throw map.Malformed(place, $"'{MapAssembly.Shown(fields[0])}' is none of P, L and C");
        }
    }

    private protected override void WriteHeader(TextWriter text, DefectMap map) =>
        text.WriteLine("# P x y, L row, C column; H hot, C cold; from the top left of the picture");

    private protected override void WriteEntry(TextWriter text, in MapEntry entry, Area? area)
    {
        string letter =
            entry.Kind == DefectKind.Unknown ? ""
            : (entry.Kind & Low) != DefectKind.Unknown ? " C"
            : " H";
        if (entry.Width == 1 && entry.Height > 1 && entry.Height == area?.Height)
        {
            text.WriteLine($"C {entry.X} 0{letter}");
            return;
        }

        if (entry.Height == 1 && entry.Width > 1 && entry.Width == area?.Width)
        {
            text.WriteLine($"L {entry.Y} 0{letter}");
            return;
        }

        for (int y = entry.Y; y < entry.Y + entry.Height; y++)
        {
            for (int x = entry.X; x < entry.X + entry.Width; x++)
            {
                text.WriteLine($"P {x} {y}{letter}");
            }
        }
    }

    private static DefectKind KindOf(string[] fields) =>
        fields[^1] switch
        {
            "H" => DefectKind.Hot,
            "C" => DefectKind.Dead,
            _ => DefectKind.Unknown,
        };
}
