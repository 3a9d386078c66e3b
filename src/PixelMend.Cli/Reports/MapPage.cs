using System.Text;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Findings;
using PixelMend.Cli.Maps;
using PixelMend.Defects;

namespace PixelMend.Cli.Reports;

/// <summary>A map for people to look at: a picture by itself, or a page with its figures.</summary>
internal static class MapPage
{
    private const string PictureExtension = ".png";

    /// <summary>Refuses a name before any work is done for it.</summary>
    /// <exception cref="FailureException">It is neither a picture nor a page.</exception>
    public static void CheckName(string path)
    {
        if (!Is(path, PictureExtension) && !Is(path, ".html") && !Is(path, ".htm"))
        {
            throw FailureException.Usage($"--picture {path}: a picture's name ends in .png or .html");
        }
    }

    /// <summary>Writes what the name asks for.</summary>
    public static void Write(MapSummary summary, DefectMap map, OutputTarget target) =>
        VerifiedFile.Write(
            target,
            stream =>
                stream.Write(
                    Is(target.Path, PictureExtension) ? PngEncoder.Encode(MapPicture.Of(map)) : Encoding.UTF8.GetBytes(Render(summary, map))
                ),
            check: null
        );

    private static string Render(MapSummary summary, DefectMap map)
    {
        var html = new StringBuilder("<section><dl class=\"facts\">");
        HtmlPage.Fact(html, "camera", map.Provenance.Camera);
        HtmlPage.Fact(html, summary.SizeIsKnown ? "size" : "size at least", $"{map.Width} × {map.Height}");
        HtmlPage.Fact(html, "defective photosites", Html.Count(summary.Photosites));
        HtmlPage.Fact(html, "lines and rectangles", Html.Count(summary.Regions));
        HtmlPage.Fact(html, "in cluster kernels", Html.Count(summary.InClusterKernels));
        HtmlPage.Fact(html, "made by", map.Provenance.Program);
        HtmlPage.Fact(html, "algorithm", map.Provenance.Algorithm);
        html.Append("</dl>");
        foreach (string note in summary.Notes)
        {
            html.Append($"<p class=\"note\">{Html.Text(note)}</p>");
        }

        html.Append("<h3>Where they are</h3>").Append(DefectPlot.Render(FramePlot.Of(map)));
        html.Append("<div class=\"charts\"><div><h3>Kinds</h3>").Append(Bars.Kinds(summary.ByKind)).Append("</div>");
        IReadOnlyList<SeverityBin> severities = SeverityBin.Histogram(map.AllPhotosites().Select(d => d.Severity));
        if (severities.Count > 0)
        {
            html.Append("<div><h3>Severity</h3>").Append(Bars.Severities(severities)).Append("</div>");
        }

        html.Append("</div>");
        Table(
            html,
            "Clusters by size",
            ["size", "groups"],
            summary.Clusters.Select(c => (string[])[Html.Count(c.Size), Html.Count(c.Count)])
        );
        Table(
            html,
            "The most severe",
            ["x", "y", "kind", "severity", "confidence"],
            summary.Worst.Select(w => (string[])[$"{w.X}", $"{w.Y}", w.Kind, Html.Number(w.Severity), Html.Number(w.Confidence)])
        );
        return HtmlPage.Of(
            Path.GetFileName(summary.Files[0]),
            $"Defect map, shown by {summary.Program}",
            html.Append("</section>").ToString()
        );
    }

    private static void Table(StringBuilder html, string title, string[] columns, IEnumerable<string[]> rows)
    {
        html.Append($"<h3>{title}</h3><table><tr>").AppendJoin("", columns.Select(c => $"<th>{c}</th>")).Append("</tr>");
        foreach (string[] row in rows)
        {
            html.Append("<tr>").AppendJoin("", row.Select(c => $"<td>{Html.Text(c)}</td>")).Append("</tr>");
        }

        html.Append("</table>");
    }

    private static bool Is(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
