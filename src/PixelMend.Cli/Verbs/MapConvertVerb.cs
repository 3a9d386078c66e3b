using System.CommandLine;
using PixelMend.Cli.Files;
using PixelMend.Cli.Maps;
using PixelMend.Cli.Rendering;
using PixelMend.Defects;
using PixelMend.Formats;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend map convert</c>: the same defects in another format.</summary>
internal static class MapConvertVerb
{
    public static Command Create()
    {
        var verb = new Command("convert", "Writes a map in another format.");
        var writer = new MapWriter(verb);
        var options = new MapOptions(verb, least: 1, most: 1);
        verb.SetAction(line =>
        {
            OutputTarget target = writer.Target(line, options.Files(line));
            MapFormat format = MapWriter.FormatOf(target, options.Dialect(line));
            MapInputs inputs = options.Read(line, format);
            DefectMap map = inputs.Maps[0];
            IReadOnlyList<string> notes = writer.Write(line, map, inputs, format.Dialect, target);
            var summary = new WrittenMapSummary
            {
                Verb = "map convert",
                Files = inputs.Files,
                Output = target.Path,
                Photosites = map.AllPhotosites().Count,
                Notes = [.. inputs.Notes, .. notes],
            };
            MapView.Print(summary, CliJson.Default.WrittenMapSummary, options.Json(line), options.Quiet(line), MapView.Print);
            return (int)summary.ExitCode;
        });
        return verb;
    }
}
