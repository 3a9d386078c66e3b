using System.CommandLine;
using PixelMend.Cli.Files;
using PixelMend.Cli.Maps;
using PixelMend.Formats;
using PixelMend.Formats.Otp;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend otp read</c>: what a memory holds, as a map.</summary>
internal static class OtpReadVerb
{
    public static Command Create()
    {
        var image = new Argument<string>("IMG") { Description = "What the memory holds." };
        var verb = new Command("read", "Writes what a memory holds as a map; a record whose programming was torn is left out.") { image };
        var options = new OtpOptions(verb);
        var output = new OtpOutput(verb, "MAP");
        verb.SetAction(line =>
        {
            string path = line.GetRequiredValue(image);
            OutputTarget target = output.Target(line, [path]);
            MapFile.FormatToWrite(target.Path);
            byte[] bytes = OtpOptions.Bytes(path);
            MapContext sensor = options.Sensor(line);
            if (options.Table(line) is { } table)
            {
                MapReading entries = OtpOptions.About(path, () => table.Read(bytes, sensor));
                return output.Write(line, path, target, entries, table.FreeBytes(bytes, options.ErasedIsZero(line)));
            }

            OtpImage memory = OtpOptions.About(path, () => OtpImage.Open(bytes));
            MapReading read = OtpOptions.About(path, () => memory.Read(new OtpMap(), sensor));
            return output.Write(line, path, target, read, memory.FreeBytes);
        });
        return verb;
    }
}
