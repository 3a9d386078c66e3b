using System.CommandLine;
using System.Diagnostics;
using PixelMend.Calibration;
using PixelMend.Cli.Calibrating;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Rendering;
using PixelMend.Cli.Reports;
using PixelMend.Formats;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend calibrate</c>: static defects from calibration frames.</summary>
internal static class CalibrateVerb
{
    public static Command Create(CancellationToken stop)
    {
        Option<string[]> dark = Series("--dark", "Dark frames: files, folders, or patterns (quoted or not).");
        Option<string[]> flat = Series("--flat", "Flat fields, likewise; of two levels of light or more for non-linear photosites.");
        var map = new Option<string>("--out")
        {
            Description = "Map to write, its extension choosing the format.",
            HelpName = "MAP",
            Required = true,
        };
        Option<string?> masterDark = Output("--master-dark", "Averaged dark frame to write, as FITS.", "FITS");
        Option<string?> masterFlat = Output("--master-flat", "Averaged flat field to write, as FITS.", "FITS");
        Option<string?> report = Output(
            "--report",
            "Page with histograms, noise, photon transfer and the map, or the figures as JSON.",
            "R.html|R.json"
        );
        var falseAlarms = new Option<double>("--false-alarms")
        {
            Description = "False alarms allowed for each test on a sensor of 24 million photosites.",
            HelpName = "N",
            DefaultValueFactory = _ => new CalibrationSettings().FalseAlarms,
        };
        var least = new Option<double?>("--least-excess")
        {
            Description = "Least deviation in the dark that counts; default: the noise of a single frame.",
            HelpName = "ADU",
        };
        var force = new Option<bool>("--force") { Description = "Replaces outputs that exist." };
        var verb = new Command("calibrate", "Finds the static defects of a sensor from dark frames and flat fields.")
        {
            dark,
            flat,
            map,
            masterDark,
            masterFlat,
            report,
            falseAlarms,
            least,
            force,
        };
        CommonOptions common = new CommonOptions(verb, corrects: false, detects: false).WithoutArgument(verb);
        verb.SetAction(line =>
        {
            long begin = Stopwatch.GetTimestamp();
            ReadOptions reading = common.Reading(line) with { IgnoreEmbedded = true };
            var settings = new CalibrationSettings { FalseAlarms = line.GetValue(falseAlarms), LeastExcess = line.GetValue(least) };
            CheckSettings(settings);
            IReadOnlyList<string> darks = Files(dark.Name, line.GetValue(dark) ?? [], reading);
            IReadOnlyList<string> flats = Files(flat.Name, line.GetValue(flat) ?? [], reading);
            OutputTarget? Target(string? path) => path is null ? null : new OutputTarget(path, line.GetValue(force));
            string?[] names = [line.GetValue(masterDark), line.GetValue(masterFlat), line.GetValue(report)];
            CommonOptions.CheckNamed("--out", [line.GetRequiredValue(map), .. names]);
            var outputs = new CalibrationOutputs(
                new OutputTarget(line.GetRequiredValue(map), line.GetValue(force)),
                Target(names[0]),
                Target(names[1]),
                Target(names[2])
            );
            if (darks.Count + flats.Count == 0)
            {
                throw FailureException.Usage("calibrate needs frames: name darks with --dark, flat fields with --flat, or both");
            }

            outputs.CheckSeries(darks.Count > 0, flats.Count > 0);
            outputs.Check([.. darks, .. flats]);
            var threads = new ParallelOptions { MaxDegreeOfParallelism = common.Threads(line), CancellationToken = stop };
            var job = new CalibrationJob { Reading = reading, Settings = settings };
            CalibrationOutcome outcome = job.Run(darks, flats, threads);
            IReadOnlyList<string> notes = outputs.Write(outcome, settings);
            CalibrationSummary summary = CalibrationFigures.Of(
                outcome,
                reading,
                outputs.Paths,
                Stopwatch.GetElapsedTime(begin).TotalSeconds
            );
            summary = summary with { Notes = [.. summary.Notes, .. notes] };
            if (outputs.Report is not null)
            {
                CalibrationReport.Write(summary, outcome, outputs.Report);
            }

            CalibrationView.Print(summary, common.Json(line), common.Quiet(line));
            return (int)summary.ExitCode;
        });
        return verb;
    }

    private static Option<string[]> Series(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "GLOB",
            AllowMultipleArgumentsPerToken = true,
        };

    private static Option<string?> Output(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    private static IReadOnlyList<string> Files(string option, string[] given, ReadOptions reading)
    {
        CommonOptions.CheckNamed(option, given);
        if (given.FirstOrDefault(f => f.StartsWith('-')) is { } unknown)
        {
            throw FailureException.Usage($"there is no option '{unknown}'; '{ProgramInfo.Name} calibrate --help' lists what there is");
        }

        return given.Length == 0 ? [] : InputList.Of(given, reading).Files;
    }

    private static void CheckSettings(CalibrationSettings settings)
    {
        if (!(settings.FalseAlarms > 0 && settings.FalseAlarms <= FalseAlarmLimits.Photosites / 1000))
        {
            throw FailureException.Usage($"--false-alarms must be above 0 and at most {FalseAlarmLimits.Photosites / 1000}");
        }

        if (settings.LeastExcess is { } excess && !(excess >= 0 && double.IsFinite(excess)))
        {
            throw FailureException.Usage("--least-excess must be a number of ADU, 0 or more");
        }
    }
}
