using System.Text;
using PixelMend.Cli.Findings;
using PixelMend.Cli.Jobs;

namespace PixelMend.Cli.Reports;

/// <summary>One page that needs no other file and no network: what was found and done, where, and how it looks.</summary>
internal static class HtmlReport
{
    public static string Render(RunSummary summary)
    {
        string title = summary.Files.Count == 1 ? Path.GetFileName(summary.Files[0].File) : $"{summary.Files.Count} files";
        var html = new StringBuilder();
        if (summary.Files.Count > 1)
        {
            AppendOverview(html, summary);
        }

        for (int i = 0; i < summary.Files.Count; i++)
        {
            AppendFile(html, summary.Files[i], i, alone: summary.Files.Count == 1);
        }

        AppendSettings(html, summary);
        return HtmlPage.Of(title, $"{Verb(summary)} by {summary.Program}", html.ToString());
    }

    private static string Verb(RunSummary summary) =>
        summary.Settings.DryRun || summary.Settings.Corrector is null ? "Examined" : "Repaired";

    private static void AppendOverview(StringBuilder html, RunSummary summary)
    {
        html.Append(
            "<section><table class=\"files\"><tr><th>file</th><th>defects</th><th>repaired</th><th>doubtful</th><th>out of reach</th></tr>"
        );
        for (int i = 0; i < summary.Files.Count; i++)
        {
            FileResult file = summary.Files[i];
            html.Append($"<tr><td><a href=\"#f{i}\">{Html.Text(file.File)}</a></td>");
            html.Append(
                file.Error is { } error
                    ? $"<td colspan=\"4\" class=\"error\">{Html.Text(error.Message)}</td></tr>"
                    : $"<td>{Html.Count(file.Defects?.Total ?? 0)}</td><td>{Html.Count(file.Repair?.Repaired ?? 0)}</td>"
                        + $"<td>{Html.Count(file.Repair?.Doubtful ?? 0)}</td><td>{Html.Count(file.Repair?.Unreachable ?? 0)}</td></tr>"
            );
        }

        html.Append("</table></section>\n");
    }

    private static void AppendFile(StringBuilder html, FileResult file, int index, bool alone)
    {
        html.Append($"<section id=\"f{index}\">");
        html.Append(alone ? string.Empty : $"<h2>{Html.Text(file.File)}</h2>");
        AppendFacts(html, file);
        if (file.Error is { } error)
        {
            html.Append($"<p class=\"error\">{Html.Text(error.Message)}</p>");
        }

        if (file.Defects is { } defects)
        {
            AppendFigures(html, defects, file.Repair);
        }

        if (file is { Frame: { } frame, Findings: { } findings, Defects: { } counts })
        {
            AppendFindings(html, frame, findings, counts, repaired: file.Repair is not null);
        }

        if (file is { Frame: { } first, Frames.Count: > 0 })
        {
            AppendFrames(html, first, file.Frames, $"f{index}");
        }

        html.Append("</section>\n");
    }

    private static void AppendFacts(StringBuilder html, FileResult file)
    {
        if (file.Frame is not { } frame)
        {
            return;
        }

        html.Append("<dl class=\"facts\">");
        HtmlPage.Fact(html, "camera", frame.Camera);
        HtmlPage.Fact(html, "format", frame.Format);
        HtmlPage.Fact(html, "mosaic", frame.Cfa);
        HtmlPage.Fact(html, "size", $"{frame.Width} × {frame.Height}");
        HtmlPage.Fact(html, "samples", frame.BitDepth == 32 ? "float" : $"{frame.BitDepth} bits");
        HtmlPage.Fact(html, "levels", frame.Levels);
        HtmlPage.Fact(html, "frames", frame.Frames is { } count ? Html.Count(count) : null);
        HtmlPage.Fact(html, "written to", file.Output);
        HtmlPage.Fact(html, "time", $"{file.Seconds:0.00} s");
        html.Append("</dl>");
        foreach (string note in frame.Notes)
        {
            html.Append($"<p class=\"note\">{Html.Text(note)}</p>");
        }
    }

    private static void AppendFigures(StringBuilder html, DefectCounts defects, RepairCounts? repair)
    {
        html.Append("<div class=\"figures\">");
        Figure(html, defects.Total, defects.Total == 1 ? "defect" : "defects");
        Figure(html, defects.Known, "known before");
        Figure(html, defects.Found, "found here");
        Figure(html, defects.InClusterKernels, "in cluster kernels");
        if (repair is not null)
        {
            Figure(html, repair.Repaired, "repaired");
            Figure(html, repair.Doubtful, "doubtful");
            Figure(html, repair.Unreachable, "out of reach");
        }

        html.Append("</div>");
    }

    private static void AppendFindings(StringBuilder html, FrameFacts frame, FrameFindings findings, DefectCounts counts, bool repaired)
    {
        if (findings.Plot is { } plot)
        {
            html.Append("<h3>Where they are</h3>").Append(DefectPlot.Render(plot));
        }

        if (counts.Total == 0)
        {
            return;
        }

        html.Append("<div class=\"charts\"><div><h3>Kinds</h3>").Append(Bars.Kinds(counts.ByKind)).Append("</div>");
        if (findings.Severities.Count > 0)
        {
            html.Append("<div><h3>Severity</h3>").Append(Bars.Severities(findings.Severities)).Append("</div>");
        }

        html.Append("</div>");
        if (findings.Worst.Count > 0)
        {
            string pictures = findings.Worst[0].Pictures?.Colors is null
                ? "the stored samples"
                : "a plain demosaicing, then the stored samples";
            html.Append($"<h3>The worst {findings.Worst.Count}</h3><p class=\"note\">Photosite by photosite: {pictures}");
            html.Append(repaired ? ", each before and after with the same brightness.</p>" : ".</p>");
            html.Append(CropGallery.Render(findings.Worst, repaired));
        }
    }

    private static void AppendFrames(StringBuilder html, FrameFacts facts, IReadOnlyList<FrameFigures> frames, string id)
    {
        html.Append("<table><tr><th>frame</th><th>defects</th><th>repaired</th><th>doubtful</th><th>out of reach</th></tr>");
        foreach (FrameFigures frame in frames)
        {
            string number = frame.Findings is null ? $"{frame.Number}" : $"<a href=\"#{id}-{frame.Number}\">{frame.Number}</a>";
            html.Append(
                $"<tr><td>{number}</td><td>{Html.Count(frame.Defects.Total)}</td><td>{Html.Count(frame.Repair?.Repaired ?? 0)}</td>"
            );
            html.Append($"<td>{Html.Count(frame.Repair?.Doubtful ?? 0)}</td><td>{Html.Count(frame.Repair?.Unreachable ?? 0)}</td></tr>");
        }

        html.Append("</table>");
        foreach (FrameFigures frame in frames)
        {
            if (frame.Findings is { } findings)
            {
                html.Append($"<h2 id=\"{id}-{frame.Number}\">Frame {frame.Number}</h2>");
                AppendFindings(html, facts, findings, frame.Defects, repaired: frame.Repair is not null);
            }
        }
    }

    private static void AppendSettings(StringBuilder html, RunSummary summary)
    {
        RunSettings settings = summary.Settings;
        html.Append("<footer><h3>Settings</h3><dl class=\"facts\">");
        HtmlPage.Fact(html, "program", summary.Program);
        HtmlPage.Fact(html, "detector", Describe(settings.Detector));
        HtmlPage.Fact(html, "corrector", Describe(settings.Corrector));
        HtmlPage.Fact(html, "sensitivity", settings.Sensitivity);
        HtmlPage.Fact(html, "maps", settings.Maps.Count == 0 ? "none given" : string.Join(", ", settings.Maps));
        HtmlPage.Fact(html, "lists in files", settings.EmbeddedMaps ? "used" : "ignored");
        html.Append("</dl></footer>");
    }

    private static string Describe(AlgorithmFacts? algorithm) =>
        algorithm is null ? "none"
        : algorithm.Parameters.Count == 0 ? algorithm.Name
        : $"{algorithm.Name} ({string.Join(", ", algorithm.Parameters.Select(p => $"{p.Key} = {Html.Number(p.Value)}"))})";

    private static void Figure(StringBuilder html, int count, string what) => html.Append($"<div><b>{Html.Count(count)}</b>{what}</div>");
}
