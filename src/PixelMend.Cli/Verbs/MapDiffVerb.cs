using System.CommandLine;
using PixelMend.Cli.Maps;
using PixelMend.Cli.Rendering;
using PixelMend.Defects;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend map diff</c>: what became of a sensor.</summary>
internal static class MapDiffVerb
{
    public static Command Create()
    {
        var verb = new Command("diff", "Tells what is new, gone and changed from one map to another; exit code 1 where anything is.");
        var options = new MapOptions(verb, least: 2, most: 2);
        verb.SetAction(line =>
        {
            MapInputs inputs = options.Read(line);
            var difference = MapComparison.Of(inputs.Maps[0], inputs.Maps[1]);
            var summary = new DifferenceSummary
            {
                Files = inputs.Files,
                New = [.. difference.New.Select(MapPhotosite.Of)],
                Gone = [.. difference.Gone.Select(MapPhotosite.Of)],
                Changed =
                [
                    .. difference.Changed.Select(c => new ChangedPhotosite(
                        c.After.X,
                        c.After.Y,
                        DefectKinds.NameOf(c.Before.Kind),
                        DefectKinds.NameOf(c.After.Kind)
                    )),
                ],
                Same = difference.Same,
                Notes = inputs.Notes,
            };
            MapView.Print(summary, CliJson.Default.DifferenceSummary, options.Json(line), options.Quiet(line), MapView.Print);
            return (int)summary.ExitCode;
        });
        return verb;
    }
}
