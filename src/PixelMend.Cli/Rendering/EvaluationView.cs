using System.Globalization;
using System.Text.Json;
using PixelMend.Cli.Trials;
using PixelMend.Evaluation;

namespace PixelMend.Cli.Rendering;

/// <summary>Tells an evaluation: a line for each file as it is done, then tables; or one JSON document.</summary>
internal sealed class EvaluationView(bool json, bool quiet)
{
    private bool ShowsText => !json && !quiet;

    /// <summary>Tells a file's result, and hands it on.</summary>
    public EvaluatedFile Tell(EvaluatedFile file)
    {
        if (file.Error is { } error)
        {
            ErrorLine.Print(error.Message);
        }
        else if (ShowsText)
        {
            double f1 = file.Trials.Average(t => t.Detectors[0].F1);
            double psnr = file.Trials.Average(t => t.Correctors[0].Psnr);
            string trials = file.Trials.Count == 1 ? "1 trial" : $"{file.Trials.Count} trials";
            string frames = file.Frame is { Frames: { } several } ? $"{several} frames, " : string.Empty;
            Console.Out.WriteLine(
                $"{TextSummary.Printable(file.File)}: {frames}{trials}, {file.Trials.Sum(t => t.Injected)} defects; "
                    + $"{file.Trials[0].Detectors[0].Name} F1 {Part(f1)}, {file.Trials[0].Correctors[0].Name} {Number(psnr)} dB"
            );
            foreach (string note in file.Frame?.Notes ?? [])
            {
                Console.Out.WriteLine($"  note: {TextSummary.Printable(note)}");
            }
        }

        return file;
    }

    /// <summary>Tells the whole.</summary>
    public void Tell(EvaluationSummary summary)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(summary, CliJson.Default.EvaluationSummary));
        }
        else if (ShowsText && summary.Detectors.Count > 0)
        {
            PrintTables(summary);
        }
    }

    private static void PrintTables(EvaluationSummary summary)
    {
        TableView.Print(
            $"Detection, preset {summary.Settings.Preset}, density {summary.Settings.Density:R}: means over frames, 95 % intervals",
            ["detector", "recall", "precision", "F1", "FP/Mpx", "recall at 1", "at 10 FP/Mpx", "good changed", "s"],
            summary.Detectors.Select(d =>
                (string[])
                    [
                        d.Name,
                        Parts(d.Recall),
                        Parts(d.Precision),
                        Parts(d.F1),
                        Numbers(d.FalseAlarmsPerMegapixel),
                        Parts(d.RecallAt1),
                        Parts(d.RecallAt10),
                        Numbers(d.Damaged),
                        Seconds(d.Seconds),
                    ]
            )
        );
        TableView.Print(
            "Repair with the true map",
            ["corrector", "PSNR dB", "99 % of errors below, % of range", "unreachable", "good changed", "s"],
            summary.Correctors.Select(c =>
                (string[])
                    [
                        c.Name,
                        Numbers(c.Psnr),
                        Numbers(Percent(c.Percentile99)),
                        Numbers(c.Unreachable),
                        Numbers(c.Damaged),
                        Seconds(c.Seconds),
                    ]
            )
        );
        string[] columns = ["recall of", "defects", .. summary.Detectors.Select(d => d.Name)];
        TableView.Print("By kind", columns, Rows(summary.Detectors, s => (s.Kind, string.Empty)));
        TableView.Print("By shape", columns, Rows(summary.Detectors, s => (string.Empty, s.Shape)));
    }

    private static IEnumerable<string[]> Rows(
        IReadOnlyList<DetectorFigures> detectors,
        Func<RecallFigures, (string Kind, string Shape)> key
    )
    {
        IReadOnlyList<RecallFigures>[] pooled = [.. detectors.Select(d => Figures.Pool(d.Strata, key))];
        return pooled[0]
            .Select(
                (row, i) =>
                    (string[])
                        [row.Kind + row.Shape, row.Sites.ToString(CultureInfo.InvariantCulture), .. pooled.Select(p => Part(p[i].Recall))]
            );
    }

    private static Estimate Percent(Estimate part) => new(part.Mean * 100, part.Low * 100, part.High * 100);

    private static string Parts(Estimate estimate) => WithInterval(estimate, Part);

    private static string Numbers(Estimate estimate) => WithInterval(estimate, Number);

    private static string Seconds(Estimate estimate) => estimate.Mean.ToString("0.00", CultureInfo.InvariantCulture);

    private static string WithInterval(Estimate estimate, Func<double, string> write) =>
        estimate is { Low: { } low, High: { } high } ? $"{write(estimate.Mean)}\n{write(low)}–{write(high)}" : write(estimate.Mean);

    private static string Part(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(value >= 100 ? "0" : "0.0", CultureInfo.InvariantCulture);
}
