using System.CommandLine;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Formats;
using PixelMend.Formats.Otp;

namespace PixelMend.Cli.Maps;

/// <summary>What the verbs on one-time-programmable memories are told of the memory.</summary>
internal sealed class OtpOptions
{
    private const string Ours = "pixelmend";

    private static readonly IReadOnlyDictionary<string, PartTable> Tables = FormatSet
        .Maps.OfType<PartTable>()
        .ToDictionary(t => t.Dialect!, StringComparer.Ordinal);

    private readonly Option<string> layout = new("--layout")
    {
        Description = "How the memory is laid out: ours (docs/formats/otp.md), or a table that a known part reads.",
        DefaultValueFactory = _ => Ours,
    };

    private readonly Option<string> erased = new("--erased")
    {
        Description = "What bits are before they are programmed.",
        DefaultValueFactory = _ => "ones",
    };

    private readonly Option<int?> width = new("--width")
    {
        Description = "Photosites per row; default: what the files tell.",
        HelpName = "W",
    };

    private readonly Option<int?> height = new("--height") { Description = "Rows; default: what the files tell.", HelpName = "H" };

    /// <summary>Adds the options to a verb.</summary>
    public OtpOptions(Command verb)
    {
        layout.AcceptOnlyFromAmong([Ours, .. Tables.Keys]);
        erased.AcceptOnlyFromAmong("ones", "zeros");
        foreach (Option option in (Option[])[layout, erased, width, height])
        {
            verb.Add(option);
        }
    }

    /// <summary>The part whose table the memory holds; null for our own layout.</summary>
    public PartTable? Table(ParseResult line) => Tables.GetValueOrDefault(line.GetRequiredValue(layout));

    /// <summary>Whether bits start at 0 and are programmed to 1.</summary>
    public bool ErasedIsZero(ParseResult line) => line.GetRequiredValue(erased) == "zeros";

    /// <summary>What is said of the sensor.</summary>
    /// <exception cref="FailureException">Only one side is named, or an impossible one.</exception>
    public MapContext Sensor(ParseResult line) =>
        (line.GetValue(width), line.GetValue(height)) switch
        {
            (null, null) => MapContext.Unknown,
            (int w and >= 1 and <= 65_536, int h and >= 1 and <= 65_536) => new MapContext { Size = (w, h) },
            _ => throw FailureException.Usage("--width and --height are needed together, each 1 to 65536"),
        };

    /// <summary>A memory's content.</summary>
    public static byte[] Bytes(string path) => InputFile.Read(path, ReadLimits.Default);

    /// <summary>Does work on a file whose content may be wrong.</summary>
    /// <exception cref="FailureException">It is.</exception>
    public static T About<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is RawDataException or NotSupportedException)
        {
            throw FailureException.BadData(path, e.Message);
        }
    }
}
