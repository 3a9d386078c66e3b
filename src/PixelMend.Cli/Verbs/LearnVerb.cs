using System.CommandLine;
using System.Diagnostics;
using PixelMend.Algorithms;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Cli.Learning;
using PixelMend.Cli.Maps;
using PixelMend.Cli.Outputs;
using PixelMend.Cli.Rendering;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Formats;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend learn</c>: static defects from ordinary frames of one camera.</summary>
internal static class LearnVerb
{
    public static Command Create(CancellationToken stop)
    {
        var destination = new Option<string>("--out")
        {
            Description = "Map to write, its extension choosing the format.",
            HelpName = "MAP",
            Required = true,
        };
        var force = new Option<bool>("--force") { Description = "Replaces outputs that exist." };
        var verb = new Command("learn", "Finds the static defects of a camera from ordinary frames of different scenes: no darks needed.")
        {
            destination,
            force,
        };
        var common = new CommonOptions(verb, corrects: false);
        verb.SetAction(line =>
        {
            long begin = Stopwatch.GetTimestamp();
            string map = line.GetRequiredValue(destination);
            CommonOptions.CheckNamed("--out", map);
            Chosen<IDefectDetector> detector = common.Algorithms(line, detect: true, correct: false).Detector!;
            Sensitivity sensitivity = common.Sensitivity(line);
            var output = new MapOutput(detector, MapCoordinates.Usual);
            output.CheckName(map);
            // A file's own list must not vouch for itself.
            ReadOptions reading = common.Reading(line) with
            {
                IgnoreEmbedded = true,
            };
            var inputs = InputList.Of(common.Files(line), reading);
            var target = new OutputTarget(map, line.GetValue(force));
            target.Check(inputs.Files.Select(f => FileFacts.Of(f).Identity).ToHashSet());
            target.Try();
            if (inputs.Files.Count == 0)
            {
                throw FailureException.BadData(inputs.Skipped[0].File, inputs.Skipped[0].Reason);
            }

            var threads = new ParallelOptions { MaxDegreeOfParallelism = common.Threads(line), CancellationToken = stop };
            var job = new LearningJob(reading, detector, sensitivity, target.FinalPath);
            LearningOutcome outcome = job.Run(inputs.Files, threads);
            MapProvenance provenance = output.ProvenanceOf(
                [.. outcome.Files.Select(f => Path.GetFileName(f)!)],
                Summary.CameraOf(outcome.Like.Info)
            );
            IReadOnlyList<string> notes = output.Write(outcome.Learned.Map.From(provenance), MapContext.Of(outcome.Like), target);
            job.End();
            double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            var summary = LearningSummary.Of(outcome, reading, inputs.Skipped, notes, target.Path, seconds);
            LearningView.Print(summary, common.Json(line), common.Quiet(line));
            return (int)summary.ExitCode;
        });
        return verb;
    }
}
