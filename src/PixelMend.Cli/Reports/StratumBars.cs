using System.Globalization;
using System.Text;
using PixelMend.Cli.Trials;

namespace PixelMend.Cli.Reports;

/// <summary>Recall of each sort of defect: a bar for each detector.</summary>
internal static class StratumBars
{
    private const int Bar = 12;
    private const int Gap = 12;
    private const int Left = 225;
    private const int Longest = 340;

    /// <param name="detectors">For each detector the same sorts in the same order.</param>
    public static string Render(IReadOnlyList<IReadOnlyList<RecallFigures>> detectors)
    {
        int group = (detectors.Count * Bar) + Gap;
        var svg = new StringBuilder(
            $"<svg class=\"chart strata\" viewBox=\"0 0 640 {detectors[0].Count * group}\" role=\"img\" aria-label=\"Recall of each sort of defect\">"
        );
        for (int row = 0; row < detectors[0].Count; row++)
        {
            RecallFigures sort = detectors[0][row];
            int top = row * group;
            int middle = top + (detectors.Count * Bar / 2) + 5;
            svg.Append(
                $"<text x=\"{Left - 10}\" y=\"{middle}\" text-anchor=\"end\">{Html.Text(sort.Kind + sort.Shape)} ({Html.Count(sort.Sites)})</text>"
            );
            for (int i = 0; i < detectors.Count; i++)
            {
                double recall = detectors[i][row].Recall;
                int y = top + (i * Bar);
                string length = Math.Max(1, Longest * recall).ToString("0.#", CultureInfo.InvariantCulture);
                svg.Append($"<rect class=\"{Key.ClassOf(i)}\" x=\"{Left}\" y=\"{y}\" width=\"{length}\" height=\"{Bar - 2}\" rx=\"2\"/>");
                svg.Append(
                    $"<text class=\"small\" x=\"{(Left + (Longest * recall) + 8).ToString("0.#", CultureInfo.InvariantCulture)}\" y=\"{y + Bar - 3}\">{recall.ToString("0.000", CultureInfo.InvariantCulture)}</text>"
                );
            }
        }

        return svg.Append("</svg>").ToString();
    }
}
