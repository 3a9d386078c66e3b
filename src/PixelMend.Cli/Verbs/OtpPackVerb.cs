using System.CommandLine;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Maps;
using PixelMend.Formats;
using PixelMend.Formats.Otp;
using PixelMend.Frames;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend otp pack</c>: the first content of a memory.</summary>
internal static class OtpPackVerb
{
    public static Command Create()
    {
        var map = new Argument<string>("MAP") { Description = "The factory's map." };
        var size = new Option<int>("--size")
        {
            Description = $"Bytes of the memory, up to {OtpImage.MostBytes}.",
            HelpName = "BYTES",
            Required = true,
        };
        var cfa = new Option<string?>("--cfa") { Description = "The mosaic, whose phase is recorded: MONO, RGGB, ...", HelpName = "CFA" };
        var severity = new Option<bool>("--severity") { Description = "Keeps severities too, by half octaves: 5 bits an entry." };
        var verb = new Command("pack", "Packs a map into a memory of a given size, the most severe defects where not all fit.")
        {
            map,
            size,
            cfa,
            severity,
        };
        var options = new OtpOptions(verb);
        var output = new OtpOutput(verb, "IMG");
        verb.SetAction(line =>
        {
            string path = line.GetRequiredValue(map);
            OutputTarget target = output.Target(line, [path]);
            MapReading read = MapFile.Open(path, ReadLimits.Default, "MAP").Read(options.Sensor(line));
            if (!read.SizeIsKnown)
            {
                throw FailureException.Usage($"{path} does not tell the sensor's size: --width and --height do");
            }

            int bytes = Size(line.GetValue(size));
            bool erasedIsZero = options.ErasedIsZero(line);
            CfaPattern? mosaic = Mosaic(line.GetValue(cfa));
            OtpContent content = options.Table(line) is { } table
                ? OtpContent.Of(table, PartTable.Erased(bytes, erasedIsZero), read, erasedIsZero)
                : OtpContent.Of(
                    OtpImage.Create(bytes, read.Map.Width, read.Map.Height, mosaic, erasedIsZero),
                    read.Map,
                    line.GetValue(severity)
                );
            return output.Write(line, [path], target, content, read.Notes);
        });
        return verb;
    }

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

    private static int Size(int size) =>
        size is >= OtpImage.HeaderLength and <= OtpImage.MostBytes
            ? size
            : throw FailureException.Usage($"--size {size}: {OtpImage.HeaderLength} to {OtpImage.MostBytes} bytes are possible");
}
