using System.Text;
using PixelMend.Cli.Findings;

namespace PixelMend.Cli.Reports;

/// <summary>The frame scaled down, every defect a dot in the colour of its kind: one path for each kind, a few bytes for each dot.</summary>
internal static class DefectPlot
{
    /// <summary>Dots this wide, as part of the frame's larger side, are seen without hiding the picture.</summary>
    private const double DotSize = 0.006;

    public static string Render(FramePlot plot)
    {
        string[] kinds = [.. plot.Markers.Select(m => m.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        double dot = Math.Max(1, Math.Max(plot.Width, plot.Height) * DotSize / Math.Max(1, Math.Log10(plot.Markers.Count / 100.0)));
        var html = new StringBuilder("<figure class=\"plot\">");
        html.Append($"<svg viewBox=\"0 0 {plot.Width} {plot.Height}\" role=\"img\" aria-label=\"Where the defects are\">");
        if (plot.Overview is { } overview)
        {
            html.Append(
                $"<image href=\"{PngEncoder.DataUri(overview)}\" width=\"{plot.Width}\" height=\"{plot.Height}\" preserveAspectRatio=\"none\"/>"
            );
        }

        foreach (string kind in kinds)
        {
            string path = PathOf(plot.Markers.Where(m => m.Kind == kind));
            // A dark rim first, so that dots show on bright and on dark places.
            html.Append($"<path class=\"rim\" stroke-width=\"{dot * 1.5:0.#}\" d=\"{path}\"/>");
            html.Append($"<path class=\"dot k-{kind}\" stroke-width=\"{dot:0.#}\" d=\"{path}\"/>");
        }

        html.Append("</svg><figcaption>");
        foreach (string kind in kinds)
        {
            html.Append($"<span class=\"key\"><i class=\"k-{kind}\"></i>{Html.Text(kind)}</span>");
        }

        if (plot.Markers.Count == 0)
        {
            html.Append("No defects.");
        }

        return html.Append("</figcaption></figure>").ToString();
    }

    private static string PathOf(IEnumerable<Marker> markers)
    {
        var path = new StringBuilder();
        foreach (Marker marker in markers)
        {
            path.Append($"M{marker.X} {marker.Y}h0");
        }

        return path.ToString();
    }
}
