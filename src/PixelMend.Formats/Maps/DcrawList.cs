using System.Globalization;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Maps;

/// <summary>The <c>.badpixels</c> files of dcraw (<c>-P</c>) and LibRaw: column, row, and the Unix time at which the photosite died, 0 for always.</summary>
public sealed class DcrawList : TextList
{
    /// <inheritdoc/>
    public override string Name => "dcraw list";

    /// <inheritdoc/>
    public override string Summary =>
        "dcraw's and LibRaw's 'column row time-of-death' from the visible area's top left; places and first seen are kept.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".badpixels"];

    /// <inheritdoc/>
    public override string? Dialect => "dcraw";

    /// <inheritdoc/>
    public override MapOrigin UsualOrigin => MapOrigin.Visible;

    /// <inheritdoc/>
    public override bool DependsOnTime => true;

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> file) => FirstFields(file).Length is not (1 or 2);

    private protected override void ReadEntry(string[] fields, bool isFirst, MapAssembly map, EntryPlace place)
    {
        Require(3, "column, row and time of death (0: always)", fields, map, place);
        int x = map.Whole(fields[0], "column", place);
        int y = map.Whole(fields[1], "row", place);
        DateTimeOffset? death = Time(fields[2], map, place);
        if (death is null || !map.IsLater(death.Value))
        {
            map.Add(new MapEntry(x, y, Details: death is null ? null : new DefectDetails { FirstSeen = death }), place);
        }
    }

    private protected override void WriteHeader(TextWriter text, DefectMap map)
    {
        text.WriteLine("# column row time-of-death, from the top left of the visible area");
    }

    private protected override void WriteEntry(TextWriter text, in MapEntry entry, Area? area) =>
        text.WriteLine($"{entry.X} {entry.Y} {TimeOf(entry.Details)}");

    /// <summary>The programs read a number of 32 bits.</summary>
    private static long TimeOf(DefectDetails? details) => Math.Clamp(details?.FirstSeen?.ToUnixTimeSeconds() ?? 0, 0, int.MaxValue);

    /// <summary>Times before 1970 mean always; later than any calendar, never yet.</summary>
    private static DateTimeOffset? Time(string field, MapAssembly map, EntryPlace place)
    {
        if (!long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds))
        {
            throw map.Malformed(place, $"time of death '{MapAssembly.Shown(field)}' is not a whole number");
        }

        return seconds <= 0 ? null : DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
    }
}
