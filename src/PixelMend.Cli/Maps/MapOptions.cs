using System.CommandLine;
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

    private readonly Argument<string[]> files = new("MAP") { Description = "Maps, their extensions telling the formats." };

    private readonly CoordinateOptions coordinates;

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
        // The parser takes several words for an array only where several are allowed; it then says nothing of too many, and of too few that there is none.
        files.Arity = new ArgumentArity(1, MostMaps);
        files.Validators.Add(result =>
        {
            int count = result.Tokens.Count;
            if (count < least || count > most)
            {
                string bounds =
                    most == MostMaps ? $"{least} maps or more"
                    : most == 1 ? "one map"
                    : $"{most} maps";
                result.AddError($"{verb.Name} takes {bounds}, not {count}");
            }
        });
        verb.Add(files);
        coordinates = new CoordinateOptions(verb, "the lists'", more: " Where the inputs say so themselves, it is the output's.");
        foreach (Option option in (Option[])[size, frame, json, quiet])
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

    /// <summary>The maps, and the frame where one is named: all that is read.</summary>
    public IReadOnlyList<string> InputFiles(ParseResult line) => line.GetValue(frame) is string path ? [.. Files(line), path] : Files(line);

    /// <summary>Whether a frame is named.</summary>
    public bool HasFrame(ParseResult line) => line.GetValue(frame) is not null;

    /// <summary>Which of the formats that share an extension.</summary>
    public string? Dialect(ParseResult line) => coordinates.Read(line).Dialect;

    /// <summary>Whether one JSON document is printed.</summary>
    public bool Json(ParseResult line) => line.GetValue(json);

    /// <summary>Whether nothing is printed.</summary>
    public bool Quiet(ParseResult line) => line.GetValue(quiet);

    /// <summary>Every map, in the coordinates and for the size of one sensor.</summary>
    /// <exception cref="FailureException">One cannot be read, or they are of different sensors.</exception>
    public MapInputs Read(ParseResult line) => Read(line, Dialect(line));

    /// <summary>The same, where <c>--dialect</c> may be the output's.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="dialect">The inputs'; null: what each looks like.</param>
    /// <exception cref="FailureException">As the other, or no input can be in that dialect.</exception>
    public MapInputs Read(ParseResult line, string? dialect)
    {
        MapCoordinates said = coordinates.Read(line);
        string[] paths = Files(line);
        MapFile.CheckDialect(dialect, paths);
        MapFile[] maps = [.. paths.Select(path => MapFile.Open(path, ReadLimits.Default, "MAP", dialect))];
        MapContext context = said.On(Sensor(line, maps));
        if (said.Origin is MapOrigin.Active or MapOrigin.Visible && context.ActiveArea is null)
        {
            throw FailureException.Usage("--origin: the active area is not known; --frame FILE names a frame that tells it");
        }

        return MapInputs.Of(maps, context);
    }

    /// <summary>What the frame and <c>--size</c> tell; a DNG among the maps is a frame itself.</summary>
    private MapContext Sensor(ParseResult line, IReadOnlyList<MapFile> maps)
    {
        string? framePath = line.GetValue(frame) ?? maps.FirstOrDefault(m => m.Format.StandsInFrame)?.Path;
        MapContext context = framePath is null ? MapContext.Unknown : ReadFrame(framePath);
        if (line.GetValue(size) is not string text)
        {
            return context;
        }

        (int, int) given = CoordinateOptions.Pair(size, text, 'x');
        CheckSize(given, text);
        return context.Size is null || context.Size == given
            ? context with
            {
                Size = given,
            }
            : throw FailureException.Usage($"--size {text}: the frame is {context.Size.Value.Width} × {context.Size.Value.Height}");
    }

    private static MapContext ReadFrame(string path)
    {
        CommonOptions.CheckNamed("--frame", path);
        try
        {
            var options = new ReadOptions { IgnoreEmbedded = true };
            byte[] bytes = InputFile.Read(path, options.Limits);
            return MapContext.Of(FormatSet.FrameFormatFor(bytes, path, options).Read(bytes, options)) with { Carrier = bytes };
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
}
