using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Maps;

/// <summary>PixInsight's defect lists for cosmetic correction: <c>Row n</c> and <c>Col n</c>, whole or from a first to a last photosite.</summary>
public sealed class PixInsightList : TextList
{
    /// <inheritdoc/>
    public override string Name => "PixInsight list";

    /// <inheritdoc/>
    public override string Summary => "PixInsight's 'Row n begin end' and 'Col n begin end'; places and lines are kept.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".txt"];

    /// <inheritdoc/>
    public override string? Dialect => "pixinsight";

    private protected override bool HasLines => true;

    private protected override void ReadEntry(string[] fields, bool isFirst, MapAssembly map, EntryPlace place)
    {
        const string Form = "Row or Col with a number, and a first and a last photosite or neither";
        Require(2, Form, fields, map, place);
        bool isRow = fields[0].Equals("Row", StringComparison.OrdinalIgnoreCase);
        if ((!isRow && !fields[0].Equals("Col", StringComparison.OrdinalIgnoreCase)) || fields.Length == 3)
        {
            Require(int.MaxValue, Form, fields, map, place);
        }

        int line = map.Whole(fields[1], isRow ? "row" : "column", place);
        if (fields.Length == 2)
        {
            AddWhole(line, isRow, map, place);
            return;
        }

        int begin = map.Whole(fields[2], "first photosite", place);
        long length = (long)map.Whole(fields[3], "last photosite", place) - begin + 1;
        int size = length is >= 1 and <= int.MaxValue
            ? (int)length
            : throw map.Malformed(place, $"from {fields[2]} to {fields[3]} lies no photosite");
        map.Add(isRow ? new MapEntry(begin, line, size, 1) : new MapEntry(line, begin, 1, size), place);
    }

    private protected override void WriteHeader(TextWriter text, DefectMap map) { }

    private protected override void WriteEntry(TextWriter text, in MapEntry entry, Area? area)
    {
        bool isRow = entry.Width > entry.Height;
        int first = isRow ? entry.Y : entry.X;
        int begin = isRow ? entry.X : entry.Y;
        int last = begin + Math.Max(entry.Width, entry.Height) - 1;
        for (int line = first; line < first + Math.Min(entry.Width, entry.Height); line++)
        {
            text.WriteLine($"{(isRow ? "Row" : "Col")} {line} {begin} {last}");
        }
    }

    private static void AddWhole(int line, bool isRow, MapAssembly map, EntryPlace place)
    {
        if (isRow)
        {
            map.AddRow(line, DefectKind.Unknown, place);
        }
        else
        {
            map.AddColumn(line, DefectKind.Unknown, place);
        }
    }
}
