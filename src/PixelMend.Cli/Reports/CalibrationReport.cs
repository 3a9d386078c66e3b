using System.Globalization;
using System.Text;
using System.Text.Json;
using PixelMend.Calibration;
using PixelMend.Cli.Calibrating;
using PixelMend.Cli.Files;
using PixelMend.Cli.Findings;
using PixelMend.Cli.Rendering;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Cli.Reports;

/// <summary>A calibration as a page: the map, histograms, spectrograms, photon transfer and clusters; or its figures as JSON.</summary>
internal static class CalibrationReport
{
    private const int HistogramBins = 200;
    private const int HistogramReach = 4;
    private const int HistogramSample = 1 << 18;

    public static void Write(CalibrationSummary summary, CalibrationOutcome outcome, OutputTarget target) =>
        VerifiedFile.Write(
            target,
            stream =>
            {
                if (ReportFile.HasPictures(target.Path))
                {
                    stream.Write(Encoding.UTF8.GetBytes(Render(summary, outcome)));
                }
                else
                {
                    JsonSerializer.Serialize(stream, summary, CliJson.Default.CalibrationSummary);
                }
            },
            check: null
        );

    private static string Render(CalibrationSummary summary, CalibrationOutcome outcome)
    {
        var html = new StringBuilder();
        AppendFigures(html, summary);
        AppendMap(html, summary, outcome);
        if (outcome.Dark is { } dark)
        {
            AppendDark(html, dark, outcome.Sensor.Map);
        }

        if (outcome.Flats.MaxBy(f => f.Level) is { } flat)
        {
            AppendFlat(html, flat);
        }

        AppendTransfer(html, outcome.Sensor);
        AppendTelegraph(html, summary);
        AppendRemarks(html, summary);
        return HtmlPage.Of(summary.Sensor.Camera ?? "Sensor", $"Calibrated by {summary.Program}", html.ToString());
    }

    private static void AppendFigures(StringBuilder html, CalibrationSummary summary)
    {
        SensorFigures figures = summary.Figures;
        html.Append("<section><h2>Sensor</h2><dl class=\"facts\">");
        HtmlPage.Fact(html, "geometry", $"{summary.Sensor.Cfa} {summary.Sensor.Width} × {summary.Sensor.Height}");
        HtmlPage.Fact(html, "darks", summary.Darks is null ? "none" : CalibrationView.Describe(summary.Darks));
        foreach (SeriesFacts other in summary.OtherDarks)
        {
            HtmlPage.Fact(html, "other darks", CalibrationView.Describe(other));
        }

        foreach (SeriesFacts flat in summary.Flats)
        {
            HtmlPage.Fact(html, "flats", CalibrationView.Describe(flat));
        }

        HtmlPage.Fact(html, "overall system gain K", In(figures.Gain, "ADU/e⁻"));
        HtmlPage.Fact(html, "temporal dark noise σy.dark", In(figures.DarkNoiseAdu, "ADU"));
        HtmlPage.Fact(html, "temporal dark noise σd", In(figures.DarkNoiseElectrons, "e⁻"));
        HtmlPage.Fact(html, "DSNU1288", In(figures.DsnuElectrons, "e⁻") ?? In(figures.DsnuAdu, "ADU"));
        HtmlPage.Fact(html, "dark current doubles every", In(figures.DoublingKelvin, "K"));
        HtmlPage.Fact(html, "entries with activation", summary.Activated == 0 ? null : Html.Count(summary.Activated));
        HtmlPage.Fact(html, "PRNU1288", In(figures.PrnuPercent, "%"));
        html.Append("</dl><p class=\"note\">Names as in EMVA 1288. Spreads are robust (1.4826 × median absolute deviation), and shading, ");
        html.Append("row and column offsets are taken out, so that defects and dust do not count.</p></section>\n");
    }

    private static void AppendMap(StringBuilder html, CalibrationSummary summary, CalibrationOutcome outcome)
    {
        IReadOnlyList<Defect> all = outcome.Sensor.Map.AllPhotosites();
        Plane<float> master = outcome.Dark?.Master ?? outcome.Flats[0].Master;
        var frame = new RawFrame(master, outcome.Like.Cfa, outcome.Like.Levels);
        html.Append($"<section><h2>{Html.Count(summary.Defects)} defective photosites, {Html.Count(summary.Lines)} lines</h2>");
        html.Append(DefectPlot.Render(FramePlot.Of(frame, all)));
        html.Append("<div class=\"charts\"><div><h3>By kind</h3>").Append(Bars.Kinds(summary.ByKind)).Append("</div>");
        IReadOnlyList<SeverityBin> severities = SeverityBin.Histogram(all.Select(d => d.Severity));
        if (severities.Count > 0)
        {
            html.Append("<div><h3>By severity</h3>").Append(Bars.Severities(severities)).Append("</div>");
        }

        html.Append(
            "</div><h3>Clusters</h3><table class=\"figures-table\"><tr><th>photosites that touch</th><th>how many</th><th>largest extent</th></tr>"
        );
        foreach (IGrouping<int, Cluster> size in Cluster.In(all).GroupBy(c => c.Size).OrderBy(g => g.Key))
        {
            Area widest = size.MaxBy(c => Math.Max(c.Bounds.Width, c.Bounds.Height))!.Bounds;
            html.Append(
                $"<tr><td>{Html.Count(size.Key)}</td><td>{Html.Count(size.Count())}</td><td>{widest.Width} × {widest.Height}</td></tr>"
            );
        }

        html.Append("</table></section>\n");
    }

    private static void AppendDark(StringBuilder html, DarkCalibration dark, DefectMap map)
    {
        // Defects would hide the noise of all the others.
        Plane<float> good = dark.Master.Clone();
        foreach (Defect defect in map.Points)
        {
            good[defect.X, defect.Y] = float.NaN;
        }

        html.Append("<section><h2>In the dark</h2><div class=\"charts\"><div><h3>Excess over the surroundings (DSNU)</h3>");
        html.Append(Histogram("ADU", dark.Excess));
        html.Append("</div><div><h3>Noise from frame to frame</h3>");
        html.Append(
            dark.Frames < 2 ? "<p class=\"note\">One frame cannot tell.</p>" : Histogram("standard deviation, ADU", dark.Deviation)
        );
        html.Append("</div></div><h3>Spectrograms of the averaged dark, defective photosites left out</h3>");
        html.Append(
            XyChart.Render(
                new Axis("cycles per photosite"),
                new Axis("amplitude, ADU", IsLogarithmic: true),
                [Spectrum("along rows", good, alongRows: true), Spectrum("along columns", good, alongRows: false)]
            )
        );
        html.Append("</section>\n");
    }

    private static void AppendFlat(StringBuilder html, FlatCalibration flat)
    {
        html.Append("<section><h2>In the light</h2><h3>Response against the surroundings, less 1 (PRNU)</h3>");
        html.Append(Histogram("response − 1", flat.Responses)).Append("</section>\n");
    }

    private static void AppendTransfer(StringBuilder html, SensorCalibration sensor)
    {
        if (sensor.Transfer.Count == 0)
        {
            return;
        }

        double most = sensor.Transfer.Max(p => p.Mean);
        html.Append("<section><h2>Photon transfer</h2>");
        html.Append(
            XyChart.Render(
                new Axis("µy − µy.dark, ADU"),
                new Axis("σ²y − σ²y.dark, ADU²"),
                [
                    new Curve("measured", [.. sensor.Transfer.Select(p => (p.Mean, p.Variance))], IsLine: false),
                    new Curve($"K = {Number(sensor.Noise.Gain)} ADU/e⁻", [(0, 0), (most, most * sensor.Noise.Gain)]),
                ]
            )
        );
        html.Append("</section>\n");
    }

    private static void AppendTelegraph(StringBuilder html, CalibrationSummary summary)
    {
        const int most = 100;
        if (summary.Telegraph.Count == 0)
        {
            return;
        }

        html.Append($"<section><h2>{Html.Count(summary.Telegraph.Count)} telegraph photosites</h2>");
        html.Append("<table class=\"figures-table\"><tr><th>x, y</th><th>levels, ADU</th><th>duty</th></tr>");
        foreach (TelegraphFacts site in summary.Telegraph.OrderByDescending(t => t.Levels[^1] - t.Levels[0]).Take(most))
        {
            html.Append($"<tr><td>{site.X}, {site.Y}</td><td>{string.Join(" / ", site.Levels.Select(Number))}</td>");
            html.Append($"<td>{string.Join(" / ", site.Duty.Select(Number))}</td></tr>");
        }

        html.Append("</table></section>\n");
    }

    private static void AppendRemarks(StringBuilder html, CalibrationSummary summary)
    {
        string[] remarks =
        [
            .. summary.Notes,
            .. summary.SetApart.Select(s => $"set apart: {s.File}: {s.Reason}"),
            .. summary.Errors.Select(e => e.Message),
        ];
        if (remarks.Length > 0)
        {
            html.Append("<section><h2>Remarks</h2><ul>");
            html.AppendJoin(string.Empty, remarks.Select(r => $"<li>{Html.Text(r)}</li>"));
            html.Append("</ul></section>\n");
        }
    }

    /// <summary>
    /// Numbers of photosites on a logarithmic scale: the tail is what matters, and it is a few of millions. What lies farther out than
    /// <see cref="HistogramReach"/> times the range of nearly all is counted in the outermost bins.
    /// </summary>
    private static string Histogram(string title, Plane<float> plane)
    {
        // Where nearly all lie, a part of them tells; an odd step visits all colours.
        int apart = (plane.Samples.Length / HistogramSample) | 1;
        float[] some = [.. Enumerable.Range(0, plane.Samples.Length / apart).Select(i => plane.Samples[i * apart]).Where(float.IsFinite)];
        Array.Sort(some);
        if (some.Length == 0)
        {
            return "<p class=\"note\">Nothing to show.</p>";
        }

        float low = some[some.Length / 100];
        float high = some[^((some.Length / 100) + 1)];
        (float least, float most) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (float value in plane.Samples)
        {
            least = value < least && float.IsFinite(value) ? value : least;
            most = value > most && float.IsFinite(value) ? value : most;
        }

        double from = Math.Max(least, low - (HistogramReach * (high - low)));
        double to = Math.Min(most, high + (HistogramReach * (high - low)));
        double step = Math.Max((to - from) / HistogramBins, double.Epsilon);
        var counts = new int[HistogramBins + 1];
        foreach (float value in plane.Samples)
        {
            if (float.IsFinite(value))
            {
                counts[(int)Math.Clamp((value - from) / step, 0, HistogramBins)]++;
            }
        }

        return XyChart.Render(
            new Axis(title),
            new Axis("photosites", IsLogarithmic: true),
            [new Curve("photosites", [.. counts.Select((n, i) => (from + ((i + 0.5) * step), (double)n))])]
        );
    }

    private static Curve Spectrum(string name, Plane<float> plane, bool alongRows)
    {
        IReadOnlyList<double> amplitudes = NoiseSpectrum.Of(plane, alongRows);
        return new Curve(name, [.. amplitudes.Skip(1).Select((a, i) => (0.5 * (i + 1) / (amplitudes.Count - 1), a))]);
    }

    private static string? In(double? value, string unit) => value is { } number ? $"{Number(number)} {unit}" : null;

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
