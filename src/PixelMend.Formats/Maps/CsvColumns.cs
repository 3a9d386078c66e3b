using System.Globalization;
using System.Text;
using PixelMend.Defects;

namespace PixelMend.Formats.Maps;

/// <summary>Which column of a CSV map holds what.</summary>
internal sealed class CsvColumns
{
    /// <summary>More columns than this are a sign of something else than a map.</summary>
    private const int MaxColumns = 64;

    /// <summary>What stands between fields: a comma, or what spreadsheets take where a comma stands in numbers.</summary>
    private const string Separators = ",;\t";

    private readonly byte separator;
    private readonly int x;
    private readonly int y;
    private readonly int width;
    private readonly int height;
    private readonly int kind;
    private readonly int severity;
    private readonly int confidence;

    private CsvColumns(string[] names, char separator)
    {
        this.separator = (byte)separator;
        x = Array.IndexOf(names, "x");
        y = Array.IndexOf(names, "y");
        width = Array.IndexOf(names, "width");
        height = Array.IndexOf(names, "height");
        kind = Array.IndexOf(names, "kind");
        severity = Array.IndexOf(names, "severity");
        confidence = Array.IndexOf(names, "confidence");
    }

    /// <summary>Columns named by a header, or <paramref name="usual"/> ones when the line starts with a number.</summary>
    public static CsvColumns FromFirstLine(
        ReadOnlySpan<byte> line,
        string[] usual,
        MapAssembly assembly,
        EntryPlace place,
        out bool isHeader
    )
    {
        isHeader = line[0] is not ((>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+');
        string text = Encoding.UTF8.GetString(line);
        char between = text.FirstOrDefault(c => Separators.Contains(c), Separators[0]);
        if (!isHeader)
        {
            return new CsvColumns(usual, between);
        }

        string[] names = [.. text.Split(between, MaxColumns).Select(n => n.Trim().Trim('"').ToLowerInvariant())];
        var columns = new CsvColumns(names, between);
        if (columns.x < 0 || columns.y < 0)
        {
            throw assembly.Malformed(place, "the header names no columns x and y");
        }

        string? twice = names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Key.Length > 0 && g.Count() > 1)?.Key;
        return twice is null ? columns : throw assembly.Malformed(place, $"the header names column '{twice}' twice");
    }

    /// <summary>Reads a line's entry.</summary>
    public MapEntry Read(ReadOnlySpan<byte> line, MapAssembly assembly, EntryPlace place)
    {
        Span<Range> ranges = stackalloc Range[MaxColumns];
        int count = Split(line, ranges);
        var fields = new Fields(line, ranges[..count], assembly, place);
        return new MapEntry(
            fields.Whole(x, "x") ?? throw assembly.Malformed(place, "x is missing"),
            fields.Whole(y, "y") ?? throw assembly.Malformed(place, "y is missing"),
            fields.Whole(width, "width") ?? 1,
            fields.Whole(height, "height") ?? 1,
            fields.Kind(kind),
            fields.Number(severity, "severity") ?? 0,
            fields.Number(confidence, "confidence") ?? 1
        );
    }

    private int Split(ReadOnlySpan<byte> line, Span<Range> ranges)
    {
        int count = 0;
        foreach (Range range in line.Split(separator))
        {
            if (count == ranges.Length)
            {
                break;
            }

            ranges[count++] = range;
        }

        return count;
    }

    /// <summary>The fields of one line; an absent or empty one is null.</summary>
    private readonly ref struct Fields(ReadOnlySpan<byte> line, ReadOnlySpan<Range> ranges, MapAssembly assembly, EntryPlace place)
    {
        private readonly ReadOnlySpan<byte> line = line;
        private readonly ReadOnlySpan<Range> ranges = ranges;

        public int? Whole(int column, string name)
        {
            ReadOnlySpan<byte> field = Field(column);
            if (field.IsEmpty)
            {
                return null;
            }

            return int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
                ? value
                : throw assembly.Malformed(place, $"{name} '{Shown(field)}' is not a whole number");
        }

        public float? Number(int column, string name)
        {
            ReadOnlySpan<byte> field = Field(column);
            if (field.IsEmpty)
            {
                return null;
            }

            return float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
                ? value
                : throw assembly.Malformed(place, $"{name} '{Shown(field)}' is not a number");
        }

        public DefectKind Kind(int column)
        {
            ReadOnlySpan<byte> field = Field(column);
            Span<char> text = stackalloc char[128];
            return Encoding.UTF8.TryGetChars(field, text, out int length)
                ? assembly.Kind(text[..length], place)
                : throw assembly.Malformed(place, $"kind '{Shown(field)}' is too long");
        }

        private ReadOnlySpan<byte> Field(int column) => (uint)column < (uint)ranges.Length ? line[ranges[column]].Trim(" \t\""u8) : [];

        private static string Shown(ReadOnlySpan<byte> field) => Encoding.UTF8.GetString(field[..Math.Min(field.Length, 40)]);
    }
}
