using System.CommandLine;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Maps;
using PixelMend.Cli.Rendering;
using PixelMend.Defects;
using PixelMend.Formats;
using PixelMend.Formats.Otp;
using PixelMend.Frames;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend otp</c>: maps in a sensor's one-time-programmable memory.</summary>
internal static class OtpVerb
{
    private static readonly OtpMap Format = new();

    public static Command Create() =>
        new("otp", "A sensor's one-time-programmable memory: packs a map, adds to it in the field, reads it.")
        {
            Pack(),
            Program(),
            Read(),
        };

    private static Command Pack()
    {
        var map = new Argument<string>("MAP") { Description = "The factory's map." };
        var size = new Option<int>("--size")
        {
            Description = $"Bytes of the memory, up to {OtpImage.MostBytes}.",
            HelpName = "BYTES",
            Required = true,
        };
        var width = new Option<int?>("--width") { Description = "Photosites per row; default: what the map tells.", HelpName = "W" };
        var height = new Option<int?>("--height") { Description = "Rows; default: what the map tells.", HelpName = "H" };
        var cfa = new Option<string?>("--cfa") { Description = "The mosaic, whose phase is recorded: MONO, RGGB, ...", HelpName = "CFA" };
        var erased = new Option<string>("--erased")
        {
            Description = "What bits are before they are programmed.",
            DefaultValueFactory = _ => "ones",
        };
        erased.AcceptOnlyFromAmong("ones", "zeros");
        var verb = new Command("pack", "Packs a map into a memory of a given size, the most severe defects where not all fit.")
        {
            map,
            size,
            width,
            height,
            cfa,
            erased,
        };
        var output = new OtpOutput(verb, "IMG");
        verb.SetAction(line =>
        {
            string path = line.GetRequiredValue(map);
            OutputTarget target = output.Target(line, [path]);
            (int, int)? geometry = Geometry(line.GetValue(width), line.GetValue(height));
            MapReading read = MapFile.Open(path, ReadLimits.Default, "MAP").Read(new MapContext { Size = geometry });
            if (!read.SizeIsKnown)
            {
                throw FailureException.Usage($"{path} does not tell the sensor's size: --width and --height do");
            }

            OtpImage empty = Create(line.GetValue(size), read.Map, Mosaic(line.GetValue(cfa)), line.GetRequiredValue(erased) == "zeros");
            (OtpImage image, int added, int leftOut) = empty.Program(read.Map);
            return output.Write(line, "otp pack", [path], target, image, added, leftOut, read.Notes);
        });
        return verb;
    }

    private static Command Program()
    {
        var image = new Argument<string>("IMG") { Description = "What the memory holds." };
        var map = new Argument<string>("MAP") { Description = "The map by now." };
        var verb = new Command("program", "Appends what a map holds beyond the memory, and proves that no programmed bit goes back.")
        {
            image,
            map,
        };
        var output = new OtpOutput(verb, "IMG");
        verb.SetAction(line =>
        {
            string before = line.GetRequiredValue(image);
            string path = line.GetRequiredValue(map);
            OutputTarget target = output.Target(line, [before, path]);
            OtpImage old = Open(before);
            MapReading read = MapFile.Open(path, ReadLimits.Default, "MAP").Read(new MapContext { Size = (old.Width, old.Height) });
            (OtpImage programmed, int added, int leftOut) = About(before, () => old.Program(read.Map));
            return output.Write(line, "otp program", [before, path], target, programmed, added, leftOut, read.Notes);
        });
        return verb;
    }

    private static Command Read()
    {
        var image = new Argument<string>("IMG") { Description = "What the memory holds." };
        var verb = new Command("read", "Writes what a memory holds as a map; a record whose programming was torn is left out.") { image };
        var output = new OtpOutput(verb, "MAP");
        verb.SetAction(line =>
        {
            string path = line.GetRequiredValue(image);
            OutputTarget target = output.Target(line, [path]);
            MapFormat format = MapWriter.FormatOf(target, dialect: null);
            OtpImage memory = Open(path);
            MapReading read = About(path, () => memory.Read(Format, MapContext.Unknown));
            return output.Write(line, "otp read", path, target, format, read, memory.FreeBytes);
        });
        return verb;
    }

    private static OtpImage Open(string path) => About(path, () => OtpImage.Open(InputFile.Read(path, ReadLimits.Default)));

    private static T About<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (RawDataException e)
        {
            throw FailureException.BadData(path, e.Message);
        }
    }

    private static (int Width, int Height)? Geometry(int? width, int? height) =>
        (width, height) switch
        {
            (null, null) => null,
            (int w and >= 1 and <= 65_536, int h and >= 1 and <= 65_536) => (w, h),
            _ => throw FailureException.Usage("--width and --height are needed together, each 1 to 65536"),
        };

    private static CfaPattern? Mosaic(string? cfa)
    {
        try
        {
            return cfa is null ? null : CfaPattern.Parse(cfa);
        }
        catch (FormatException e)
        {
            throw FailureException.Usage($"--cfa {cfa}: {e.Message}");
        }
    }

    private static OtpImage Create(int size, DefectMap map, CfaPattern? cfa, bool erasedIsZero) =>
        size is >= OtpImage.HeaderLength and <= OtpImage.MostBytes
            ? OtpImage.Create(size, map.Width, map.Height, cfa, erasedIsZero)
            : throw FailureException.Usage($"--size {size}: {OtpImage.HeaderLength} to {OtpImage.MostBytes} bytes are possible");
}
