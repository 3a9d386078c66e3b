using System.CommandLine;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Cli.Rendering;
using PixelMend.Cli.Reports;
using PixelMend.Cli.Trials;
using PixelMend.Evaluation;
using PixelMend.Formats;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend evaluate</c>: how well every algorithm does on the user's own frames.</summary>
internal static class EvaluateVerb
{
    public static Command Create(CancellationToken stop)
    {
        var known = new Option<string[]>("--known")
        {
            Description = "Map of defects that the frames have of themselves; they are left out of the scores. Repeatable.",
            HelpName = "MAP",
            DefaultValueFactory = _ => [],
        };
        var report = new Option<string?>("--report")
        {
            Description = "Page with curves, strata and pictures of the worst misses and false alarms, or the figures as JSON.",
            HelpName = "R.html|R.json",
        };
        var force = new Option<bool>("--force") { Description = "Replaces a report that exists." };
        var verb = new Command(
            "evaluate",
            "Adds known defects to frames and measures what every algorithm finds, raises as false alarms, and restores."
        )
        {
            known,
            report,
            force,
        };
        var injection = new InjectionOptions(verb, manySeeds: true);
        var common = new CommonOptions(verb, corrects: false, detects: false);
        verb.SetAction(line =>
        {
            CommonOptions.CheckNamed("--known", line.GetRequiredValue(known));
            CommonOptions.CheckNamed("--report", line.GetValue(report));
            InjectionPreset preset = injection.Preset(line);
            var settings = new EvaluationSettings(
                preset.Name,
                injection.Density(line),
                injection.Seeds(line),
                line.GetRequiredValue(known)
            );
            ReadOptions reading = common.Reading(line);
            InputList inputs = InputList.Of(common.Files(line), reading);
            OutputTarget? target = line.GetValue(report) is { } path ? new OutputTarget(path, line.GetValue(force)) : null;
            CheckReport(target, [.. inputs.Files, .. settings.KnownMaps]);
            var job = new TrialJob
            {
                Reading = reading,
                Preset = preset,
                Density = settings.Density,
                Seeds = settings.Seeds,
                Known = new KnownMaps(settings.KnownMaps, ReadLimits.Default, "--known"),
                Pictures = target is not null && ReportFile.HasPictures(target.Path),
            };
            var threads = new ParallelOptions { MaxDegreeOfParallelism = common.Threads(line), CancellationToken = stop };
            var view = new EvaluationView(common.Json(line), common.Quiet(line));
            EvaluatedFile[] files = [.. inputs.Files.Select(file => view.Tell(job.Run(file, threads)))];
            var summary = new EvaluationSummary
            {
                Settings = settings,
                Files = files,
                Skipped = inputs.Skipped,
                Detectors = Figures.OfDetectors(files),
                Correctors = Figures.OfCorrectors(files),
            };
            if (target is not null)
            {
                EvaluationReport.Write(summary, target);
            }

            view.Tell(summary);
            return (int)summary.ExitCode;
        });
        return verb;
    }

    private static void CheckReport(OutputTarget? target, IReadOnlyList<string> inputs)
    {
        if (target is not null)
        {
            ReportFile.CheckName(target.Path);
            target.Check(inputs.Select(f => FileFacts.Of(f).Identity).ToHashSet(StringComparer.Ordinal));
            target.Try();
        }
    }
}
