using System.CommandLine;
using PixelMend.Cli.Jobs;
using PixelMend.Cli.Outputs;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend detect</c>: dynamic detection alone, written as a map.</summary>
internal static class DetectVerb
{
    /// <summary>The map format of several inputs, whose maps are named after them.</summary>
    private const string MapExtension = ".csv";

    public static Command Create(CancellationToken stop)
    {
        var destination = new Option<string>("--out")
        {
            Description =
                $"Map to write, its extension choosing the format; a folder for several inputs, which gets NAME{MapExtension} for each.",
            HelpName = "MAP|DIR",
            Required = true,
        };
        var force = new Option<bool>("--force") { Description = "Replaces outputs that exist." };
        var verb = new Command("detect", "Finds defective photosites in each frame by itself and writes them as a map.")
        {
            destination,
            force,
        };
        var common = new CommonOptions(verb, corrects: false);
        verb.SetAction(line =>
        {
            ChosenAlgorithms algorithms = common.Algorithms(line, detect: true, correct: false);
            var run = new FrameRun(common, line)
            {
                Reading = common.Reading(line) with { IgnoreEmbedded = true },
                Algorithms = algorithms,
                UseEmbedded = false,
                Destination = line.GetRequiredValue(destination),
                NameOutput = input => Path.GetFileNameWithoutExtension(input) + MapExtension,
                CheckDestination = MapOutput.CheckName,
                Deliver = new MapOutput(algorithms.Detector!).Write,
                Force = line.GetValue(force),
            };
            return (int)run.Execute(stop);
        });
        return verb;
    }
}
