using System.CommandLine;
using System.Globalization;
using PixelMend.Cli.Failures;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Maps;

/// <summary>The options that say what a list's coordinates mean, wherever lists are read or written.</summary>
internal sealed class CoordinateOptions
{
    private static readonly string[] Origins = [.. Enum.GetNames<MapOrigin>().Select(n => n.ToLowerInvariant())];

    private static readonly string[] Flips =
    [
        .. Enum.GetValues<MapFlip>().Where(f => f != MapFlip.None).Select(f => f.ToString().ToLowerInvariant()),
    ];

    private static readonly string[] Dialects = [.. FormatSet.Maps.Select(f => f.Dialect).OfType<string>()];

    private readonly Option<string?> origin;

    private readonly Option<string?> offset;

    private readonly Option<string?> flip;

    private readonly Option<string?> dialect = new("--dialect")
    {
        Description =
            "Which of the formats that share an extension: .badpixels of dcraw or RawTherapee, .txt of PHD2 or PixInsight, .bin of an image "
            + "processor; default: what it looks like.",
        HelpName = string.Join('|', Dialects),
    };

    /// <summary>Adds the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="lists">Whose coordinates, for instance <c>the lists'</c>.</param>
    /// <param name="isWritten">Whether they are written, not read.</param>
    /// <param name="more">What else <c>--origin</c> means there.</param>
    public CoordinateOptions(Command verb, string lists, bool isWritten = false, string more = "")
    {
        origin = new("--origin")
        {
            Description = $"What {lists} coordinates count from; default: what is usual for the format.{more}",
            HelpName = string.Join('|', Origins),
        };
        offset = new("--offset")
        {
            Description = isWritten ? $"Taken off {lists} coordinates." : $"Added to {lists} coordinates.",
            HelpName = "X,Y",
        };
        flip = new("--flip")
        {
            Description = $"Mirrors within the area that {lists} coordinates count in.",
            HelpName = string.Join('|', Flips),
        };
        origin.AcceptOnlyFromAmong(Origins);
        flip.AcceptOnlyFromAmong(Flips);
        dialect.AcceptOnlyFromAmong(Dialects);
        foreach (Option option in (Option[])[origin, offset, flip, dialect])
        {
            verb.Add(option);
        }
    }

    /// <summary>What the command line says.</summary>
    /// <exception cref="FailureException">An offset is not two numbers.</exception>
    public MapCoordinates Read(ParseResult line)
    {
        (int dx, int dy) = line.GetValue(offset) is string step ? Pair(offset, step, ',') : (0, 0);
        return new MapCoordinates(
            line.GetValue(origin) is string name ? Enum.Parse<MapOrigin>(name, ignoreCase: true) : null,
            new Offset(dx, dy),
            line.GetValue(flip) is string turned ? Enum.Parse<MapFlip>(turned, ignoreCase: true) : MapFlip.None,
            line.GetValue(dialect)
        );
    }

    /// <summary>Two whole numbers.</summary>
    /// <exception cref="FailureException">The text is none.</exception>
    public static (int First, int Second) Pair(Option option, string text, char separator)
    {
        string[] parts = text.Split(separator);
        return parts.Length == 2 && Number(parts[0], out int first) && Number(parts[1], out int second)
            ? (first, second)
            : throw FailureException.Usage($"{option.Name} {text}: two whole numbers with '{separator}' between are needed");

        static bool Number(string part, out int value) =>
            int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && Math.Abs((long)value) <= 1 << 20;
    }
}
