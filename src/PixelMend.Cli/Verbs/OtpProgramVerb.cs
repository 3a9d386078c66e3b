using System.CommandLine;
using PixelMend.Cli.Files;
using PixelMend.Cli.Maps;
using PixelMend.Formats;
using PixelMend.Formats.Otp;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend otp program</c>: what became defective in the field.</summary>
internal static class OtpProgramVerb
{
    public static Command Create()
    {
        var image = new Argument<string>("IMG") { Description = "What the memory holds." };
        var map = new Argument<string>("MAP") { Description = "The map by now." };
        var verb = new Command("program", "Appends what a map holds beyond the memory, and proves that no programmed bit goes back.")
        {
            image,
            map,
        };
        var options = new OtpOptions(verb);
        var output = new OtpOutput(verb, "IMG");
        verb.SetAction(line =>
        {
            string before = line.GetRequiredValue(image);
            string path = line.GetRequiredValue(map);
            OutputTarget target = output.Target(line, [before, path]);
            MapFile file = MapFile.Open(path, ReadLimits.Default, "MAP");
            byte[] old = OtpOptions.Bytes(before);
            if (options.Table(line) is { } table)
            {
                MapReading now = file.Read(options.Sensor(line));
                bool erasedIsZero = options.ErasedIsZero(line);
                OtpContent entries = OtpOptions.About(before, () => OtpContent.Of(table, old, now, erasedIsZero));
                return output.Write(line, [before, path], target, entries, now.Notes);
            }

            OtpImage memory = OtpOptions.About(before, () => OtpImage.Open(old));
            MapReading read = file.Read(new MapContext { Size = (memory.Width, memory.Height) });
            OtpContent content = OtpOptions.About(before, () => OtpContent.Of(memory, read.Map));
            return output.Write(line, [before, path], target, content, read.Notes);
        });
        return verb;
    }
}
