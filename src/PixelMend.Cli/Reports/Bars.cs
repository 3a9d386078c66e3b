using System.Text;
using PixelMend.Cli.Findings;

namespace PixelMend.Cli.Reports;

/// <summary>Bar charts as inline SVG, coloured by the page's style sheet.</summary>
internal static class Bars
{
    private const int FewBins = 10;

    /// <summary>Defects of each kind: a row with name, bar and count for each.</summary>
    public static string Kinds(IReadOnlyDictionary<string, int> kinds)
    {
        const int row = 26;
        const int left = 110;
        const int longest = 420;
        double most = kinds.Values.DefaultIfEmpty(1).Max();
        var svg = new StringBuilder(
            $"<svg class=\"chart\" viewBox=\"0 0 600 {kinds.Count * row}\" role=\"img\" aria-label=\"Defects by kind\">"
        );
        int y = 0;
        foreach ((string kind, int count) in kinds.OrderByDescending(k => k.Value))
        {
            int length = Math.Max(2, (int)(longest * count / most));
            svg.Append($"<text x=\"{left - 8}\" y=\"{y + 17}\" text-anchor=\"end\">{Html.Text(kind)}</text>");
            svg.Append($"<rect class=\"k-{kind}\" x=\"{left}\" y=\"{y + 4}\" width=\"{length}\" height=\"{row - 8}\" rx=\"3\"/>");
            svg.Append($"<text x=\"{left + length + 8}\" y=\"{y + 17}\">{Html.Count(count)}</text>");
            y += row;
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>A histogram of severities; the axis is logarithmic, as the bins are.</summary>
    public static string Severities(IReadOnlyList<SeverityBin> bins)
    {
        const int width = 600;
        const int height = 150;
        const int top = 18;
        const int margin = 20; // half of a number that stands over the first bar or under the last
        double most = bins.Max(b => b.Count);
        double step = (double)width / bins.Count;
        var svg = new StringBuilder(
            $"<svg class=\"chart\" viewBox=\"{-margin} 0 {width + (2 * margin)} {height + 40}\" role=\"img\" aria-label=\"Histogram of severity\">"
        );
        for (int i = 0; i < bins.Count; i++)
        {
            SeverityBin bin = bins[i];
            double bar = bin.Count == 0 ? 0 : Math.Max(2, (height - top) * bin.Count / most);
            double x = i * step;
            string range = $"{Html.Number(bin.From)} to {Html.Number(bin.To)}: {Html.Count(bin.Count)}";
            svg.Append(
                $"<rect class=\"bar\" x=\"{x + 1:0.#}\" y=\"{height - bar:0.#}\" width=\"{step - 2:0.#}\" height=\"{bar:0.#}\" rx=\"2\"><title>{range}</title></rect>"
            );
            if (bin.Count > 0)
            {
                svg.Append(
                    $"<text class=\"small\" x=\"{x + (step / 2):0.#}\" y=\"{height - bar - 4:0.#}\" text-anchor=\"middle\">{Html.Count(bin.Count)}</text>"
                );
            }

            // Whole octaves only, where the numbers of half ones would run into each other.
            if (bins.Count <= FewBins || double.IsInteger(bin.From))
            {
                svg.Append(
                    $"<text class=\"small\" x=\"{x:0.#}\" y=\"{height + 14}\" text-anchor=\"middle\">{Html.Number(bin.From)}</text>"
                );
            }
        }

        svg.Append($"<line class=\"axis\" x1=\"0\" y1=\"{height}\" x2=\"{width}\" y2=\"{height}\"/>");
        svg.Append(
            $"<text class=\"small\" x=\"0\" y=\"{height + 34}\">severity: times what good photosites deviate there, logarithmic</text>"
        );
        return svg.Append("</svg>").ToString();
    }
}
