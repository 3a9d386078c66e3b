using System.Globalization;
using System.Text;
using System.Text.Json;
using PixelMend.Cli.Files;
using PixelMend.Cli.Rendering;
using PixelMend.Cli.Trials;
using PixelMend.Evaluation;

namespace PixelMend.Cli.Reports;

/// <summary>An evaluation as a page: tables, curves, sorts of defects, and where each detector goes wrong most.</summary>
internal static class EvaluationReport
{
    public static void Write(EvaluationSummary summary, OutputTarget target) =>
        VerifiedFile.Write(
            target,
            stream =>
            {
                if (ReportFile.HasPictures(target.Path))
                {
                    stream.Write(Encoding.UTF8.GetBytes(Render(summary)));
                }
                else
                {
                    JsonSerializer.Serialize(stream, summary, CliJson.Default.EvaluationSummary);
                }
            },
            check: null
        );

    private static string Render(EvaluationSummary summary)
    {
        EvaluationSettings settings = summary.Settings;
        string title = summary.Files.Count == 1 ? Path.GetFileName(summary.Files[0].File) : $"{summary.Files.Count} frames";
        var html = new StringBuilder();
        if (summary.Detectors.Count > 0)
        {
            AppendDetection(html, summary);
            AppendRepair(html, summary);
            foreach (DetectorFigures detector in summary.Detectors)
            {
                AppendPlaces(html, detector.Name, summary);
            }
        }

        AppendFrames(html, summary);
        html.Append("<footer><h3>Settings</h3><dl class=\"facts\">");
        HtmlPage.Fact(html, "program", summary.Program);
        HtmlPage.Fact(html, "preset", settings.Preset);
        HtmlPage.Fact(html, "density", settings.Density.ToString("R", CultureInfo.InvariantCulture));
        HtmlPage.Fact(html, "seeds", string.Join(", ", settings.Seeds));
        HtmlPage.Fact(html, "natural defects", settings.KnownMaps.Count == 0 ? "none known" : string.Join(", ", settings.KnownMaps));
        html.Append("</dl></footer>");
        return HtmlPage.Of(title, $"Evaluated with known defects ({settings.Preset}) by {summary.Program}", html.ToString());
    }

    private static void AppendDetection(StringBuilder html, EvaluationSummary summary)
    {
        string[] names = [.. summary.Detectors.Select(d => d.Name)];
        html.Append("<section><h2>Detection</h2><table class=\"figures-table\"><tr><th>detector</th><th>recall</th><th>precision</th>");
        html.Append("<th>F1</th><th>FP/Mpx</th><th>recall at 1 FP/Mpx</th><th>at 10</th><th>good ones changed</th><th>seconds</th></tr>");
        foreach (DetectorFigures d in summary.Detectors)
        {
            html.Append($"<tr><td>{Html.Text(d.Name)}</td>");
            Cells(html, [d.Recall, d.Precision, d.F1], "0.000");
            Cells(html, [d.FalseAlarmsPerMegapixel], "0.0");
            Cells(html, [d.RecallAt1, d.RecallAt10], "0.000");
            Cells(html, [d.Damaged], "0.0");
            Cells(html, [d.Seconds], "0.00");
            html.Append("</tr>");
        }

        html.Append("</table><h3>Recall against false alarms</h3>");
        html.Append("<p class=\"note\">As the limit on severity falls; a dot is where the detector stops flagging.</p>");
        html.Append(RocChart.Render([.. names.Select(n => (n, Curves(summary, n)))]));
        html.Append("<div class=\"charts\"><div><h3>By kind</h3>");
        html.Append(StratumBars.Render([.. summary.Detectors.Select(d => Figures.Pool(d.Strata, s => (s.Kind, string.Empty)))]));
        html.Append("</div><div><h3>By shape</h3>");
        html.Append(StratumBars.Render([.. summary.Detectors.Select(d => Figures.Pool(d.Strata, s => (string.Empty, s.Shape)))]));
        html.Append($"</div></div>{Key.Render(names)}</section>\n");
    }

    private static void AppendRepair(StringBuilder html, EvaluationSummary summary)
    {
        html.Append("<section><h2>Repair</h2><p class=\"note\">Given the true map; errors against the frame as it was.</p>");
        html.Append("<table class=\"figures-table\"><tr><th>corrector</th><th>PSNR dB</th><th>99 % of errors below, part of range</th>");
        html.Append("<th>out of reach</th><th>good ones changed</th><th>seconds</th></tr>");
        foreach (CorrectorFigures c in summary.Correctors)
        {
            html.Append($"<tr><td>{Html.Text(c.Name)}</td>");
            Cells(html, [c.Psnr], "0.00");
            Cells(html, [c.Percentile99], "0.0000");
            Cells(html, [c.Unreachable, c.Damaged], "0.0");
            Cells(html, [c.Seconds], "0.00");
            html.Append("</tr>");
        }

        html.Append("</table><h3>PSNR by sort</h3><table class=\"figures-table\"><tr><th>sort</th><th>photosites</th>");
        foreach (CorrectorFigures c in summary.Correctors)
        {
            html.Append($"<th>{Html.Text(c.Name)}</th>");
        }

        html.Append("</tr>");
        for (int i = 0; i < summary.Correctors[0].Strata.Count; i++)
        {
            PsnrFigures sort = summary.Correctors[0].Strata[i];
            html.Append($"<tr><td>{Html.Text(sort.Kind)}, {Html.Text(sort.Shape)}</td><td>{Html.Count(sort.Sites)}</td>");
            foreach (CorrectorFigures c in summary.Correctors)
            {
                html.Append($"<td>{Number(c.Strata[i].Psnr, "0.0")}</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</table></section>\n");
    }

    private static void AppendPlaces(StringBuilder html, string detector, EvaluationSummary summary)
    {
        var places = TrialPlaces.Join([.. TrialsOf(summary, detector).Select(t => t.Places)]);
        html.Append($"<section><h2>{Html.Text(detector)}: where it goes wrong</h2>");
        html.Append("<h3>Worst misses</h3>");
        html.Append(
            places.Misses.Count == 0
                ? "<p class=\"note\">None.</p>"
                : "<p class=\"note\">Each with the defect, then as the frame was.</p>"
                    + CropGallery.Render(places.Misses, repaired: true, "with the defect", "as the frame was")
        );
        html.Append("<h3>Worst false alarms</h3>");
        html.Append(
            places.FalseAlarms.Count == 0
                ? "<p class=\"note\">None.</p>"
                : "<p class=\"note\">Each as the frame is, then repaired by the default corrector.</p>"
                    + CropGallery.Render(places.FalseAlarms, repaired: true, "as the frame is", "repaired")
        );
        html.Append("</section>\n");
    }

    private static void AppendFrames(StringBuilder html, EvaluationSummary summary)
    {
        html.Append("<section><h2>Frames</h2><table class=\"figures-table\"><tr><th>file</th><th>trials</th><th>defects</th>");
        foreach (DetectorFigures detector in summary.Detectors)
        {
            html.Append($"<th>{Html.Text(detector.Name)}: F1</th><th>FP/Mpx</th>");
        }

        html.Append("</tr>");
        foreach (EvaluatedFile file in summary.Files)
        {
            html.Append($"<tr><td>{Html.Text(file.File)}</td>");
            if (file.Error is { } error)
            {
                html.Append($"<td colspan=\"{2 + (2 * summary.Detectors.Count)}\" class=\"error\">{Html.Text(error.Message)}</td></tr>");
                continue;
            }

            html.Append($"<td>{file.Trials.Count}</td><td>{Html.Count(file.Trials.Sum(t => t.Injected))}</td>");
            for (int i = 0; i < summary.Detectors.Count; i++)
            {
                html.Append($"<td>{Number(file.Trials.Average(t => t.Detectors[i].F1), "0.000")}</td>");
                html.Append($"<td>{Number(file.Trials.Average(t => t.Detectors[i].FalseAlarmsPerMegapixel), "0.0")}</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</table></section>\n");
    }

    private static IReadOnlyList<IReadOnlyList<RocPoint>> Curves(EvaluationSummary summary, string detector) =>
        [.. TrialsOf(summary, detector).Select(t => t.Curve)];

    private static IEnumerable<DetectorTrial> TrialsOf(EvaluationSummary summary, string detector) =>
        summary.Files.SelectMany(f => f.Trials).SelectMany(t => t.Detectors).Where(d => d.Name == detector);

    private static void Cells(StringBuilder html, Estimate[] estimates, string format)
    {
        foreach (Estimate estimate in estimates)
        {
            string interval = estimate is { Low: { } low, High: { } high }
                ? $"<small>{Number(low, format)}–{Number(high, format)}</small>"
                : string.Empty;
            html.Append($"<td>{Number(estimate.Mean, format)}{interval}</td>");
        }
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
