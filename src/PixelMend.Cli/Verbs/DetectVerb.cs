using System.CommandLine;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Cli.Maps;
using PixelMend.Cli.Outputs;
using PixelMend.Formats;

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
        Option<bool> sequence = CommonOptions.Sequence("they give one map.");
        var force = new Option<bool>("--force") { Description = "Replaces outputs that exist." };
        var verb = new Command("detect", "Finds defective photosites and writes them as a map.") { destination, sequence, force };
        var coordinates = new CoordinateOptions(verb, "the written list's", isWritten: true);
        var common = new CommonOptions(verb, corrects: false);
        verb.SetAction(line =>
        {
            ChosenAlgorithms algorithms = common.Algorithms(line, detect: true, correct: false);
            bool joins = line.GetValue(sequence);
            string map = line.GetRequiredValue(destination);
            var output = new MapOutput(algorithms.Detector!, coordinates.Read(line));
            var run = new FrameRun(common, line)
            {
                Reading = common.Reading(line) with { IgnoreEmbedded = true },
                Algorithms = algorithms,
                UseEmbedded = false,
                Destination = joins ? null : map,
                NameOutput = input => FileName.Stem(input) + MapExtension,
                CheckDestination = file => output.CheckName(file.Output!.Path),
                Deliver = joins ? null : output.Write,
                Force = line.GetValue(force),
                IsSequence = joins,
                SequenceMap = joins ? new SequenceMapOutput(output, new OutputTarget(map, line.GetValue(force))) : null,
                Sequences = new SequenceJob { Map = target => new SequenceMapOutput(output, target) },
            };
            return (int)run.Execute(stop);
        });
        return verb;
    }
}
