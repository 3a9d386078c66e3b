using System.CommandLine;
using System.Globalization;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Verbs;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Maps;

/// <summary>Options of the verbs that work on maps: which files, and what their coordinates mean.</summary>
internal sealed class MapOptions
{
    private const int MostMaps = 10_000;

    private static readonly string[] Origins = [.. Enum.GetNames<MapOrigin>().Select(n => n.ToLowerInvariant())];

    private readonly Argument<string[]> files = new("MAP") { Description = "Maps, their extensions telling the formats." };

    private readonly Option<string?> origin = new("--origin")
    {
        Description =
            "What the lists' coordinates count from; default: what is usual for the format. Where the inputs say so themselves, it is the output's.",
        HelpName = string.Join('|', Origins),
    };

    private readonly Option<string?> offset = new("--offset") { Description = "Added to the coordinates of the inputs.", HelpName = "X,Y" };

    private readonly Option<string?> flip = new("--flip")
    {
        Description = "Mirrors the inputs within the area that their coordinates count in.",
        HelpName = "horizontal|vertical|both",
    };

    private readonly Option<string?> dialect = new("--dialect")
    {
        Description =
            "Which of the formats that share an extension: .badpixels of dcraw or RawTherapee, .txt of PHD2 or PixInsight; default: what it looks like.",
        HelpName = string.Join('|', FormatSet.Maps.Select(f => f.Dialect).OfType<string>()),
    };

    private readonly Option<string?> size = new("--size")
    {
        Description = "The sensor's width and height in photosites, for lists that do not tell it.",
        HelpName = "WxH",
    };

    private readonly Option<string?> frame = new("--frame")
    {
        Description = "A frame of the sensor: tells its size, active area, the time it was taken, and which end is up.",
        HelpName = "FILE",
    };

    private readonly Option<bool> json = new("--json") { Description = "Prints one JSON document instead of text." };

    private readonly Option<bool> quiet = new("--quiet") { Description = "Prints nothing but errors." };

    /// <summary>Adds the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="least">Fewest maps.</param>
    /// <param name="most">Most maps.</param>
    public MapOptions(Command verb, int least, int most = MostMaps)
    {
        // The parser takes several words for an array only where several are allowed; it then says nothing of too many.
        files.Arity = new ArgumentArity(least, MostMaps);
        files.Validators.Add(result =>
        {
            if (result.Tokens.Count > most)
            {
                result.AddError($"{verb.Name} takes {(most == 1 ? "one map" : $"{most} maps")}, not {result.Tokens.Count}");
            }
        });
        origin.AcceptOnlyFromAmong(Origins);
        flip.AcceptOnlyFromAmong("horizontal", "vertical", "both");
        dialect.AcceptOnlyFromAmong([.. FormatSet.Maps.Select(f => f.Dialect).OfType<string>()]);
        verb.Add(files);
        foreach (Option option in (Option[])[origin, offset, flip, dialect, size, frame, json, quiet])
        {
            verb.Add(option);
        }
    }

    /// <summary>The maps as named.</summary>
    public string[] Files(ParseResult line)
    {
        string[] given = line.GetRequiredValue(files);
        CommonOptions.CheckNamed("MAP", given);
        return given;
    }

    /// <summary>Which of the formats that share an extension.</summary>
    public string? Dialect(ParseResult line) => line.GetValue(dialect);

    /// <summary>What the user says coordinates count from.</summary>
    public MapOrigin? Origin(ParseResult line) =>
        line.GetValue(origin) is string name ? Enum.Parse<MapOrigin>(name, ignoreCase: true) : null;

    /// <summary>Whether one JSON document is printed.</summary>
    public bool Json(ParseResult line) => line.GetValue(json);

    /// <summary>Whether nothing is printed.</summary>
    public bool Quiet(ParseResult line) => line.GetValue(quiet);

    /// <summary>Every map, in the coordinates and for the size of one sensor.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="output">The format of the output: where that has dialects, <c>--dialect</c> means its own.</param>
    /// <exception cref="FailureException">One cannot be read, or they are of different sensors.</exception>
    public MapInputs Read(ParseResult line, MapFormat? output = null)
    {
        string? named = output?.Dialect is null ? Dialect(line) : null;
        MapFile[] maps = [.. Files(line).Select(path => MapFile.Open(path, ReadLimits.Default, "MAP", named))];
        MapContext context = Context(line, maps);
        if (Origin(line) is MapOrigin.Active or MapOrigin.Visible && context.ActiveArea is null)
        {
            throw FailureException.Usage("--origin: the active area is not known; --frame FILE names a frame that tells it");
        }

        return MapInputs.Of(maps, context);
    }

    /// <summary>What the frame and the options tell; a DNG among the maps is a frame itself.</summary>
    private MapContext Context(ParseResult line, IReadOnlyList<MapFile> maps)
    {
        string? framePath = line.GetValue(frame) ?? maps.FirstOrDefault(m => !m.Format.IsWritten)?.Path;
        MapContext context = framePath is null ? MapContext.Unknown : MapContext.Of(ReadFrame(framePath));
        if (line.GetValue(size) is string text)
        {
            (int, int) given = Pair(size, text, 'x');
            context =
                context.Size is null || context.Size == given
                    ? context with
                    {
                        Size = given,
                    }
                    : throw FailureException.Usage($"--size {text}: the frame is {context.Size.Value.Width} × {context.Size.Value.Height}");
            CheckSize(given, text);
        }

        (int dx, int dy) = line.GetValue(offset) is string step ? Pair(offset, step, ',') : (0, 0);
        return context with
        {
            Origin = Origin(line),
            Offset = new Offset(dx, dy),
            Flip = line.GetValue(flip) is string turned ? Enum.Parse<MapFlip>(turned, ignoreCase: true) : MapFlip.None,
        };
    }

    private static RawFrame ReadFrame(string path)
    {
        CommonOptions.CheckNamed("--frame", path);
        try
        {
            var options = new ReadOptions { IgnoreEmbedded = true };
            byte[] bytes = InputFile.Read(path, options.Limits);
            return FormatSet.FrameFormatFor(bytes, path, options).Read(bytes, options);
        }
        catch (RawDataException e)
        {
            throw FailureException.BadData(path, e.Message);
        }
    }

    private static void CheckSize((int Width, int Height) given, string text)
    {
        try
        {
            ReadLimits.Default.CheckSize("--size", given.Width, given.Height);
        }
        catch (RawDataException e)
        {
            throw FailureException.Usage($"--size {text}: {e.Message}");
        }
    }

    /// <summary>Two whole numbers.</summary>
    private static (int, int) Pair(Option option, string text, char separator)
    {
        string[] parts = text.Split(separator);
        return parts.Length == 2 && Number(parts[0], out int first) && Number(parts[1], out int second)
            ? (first, second)
            : throw FailureException.Usage($"{option.Name} {text}: two whole numbers with '{separator}' between are needed");

        static bool Number(string part, out int value) =>
            int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && Math.Abs((long)value) <= 1 << 20;
    }
}
