using System.Globalization;
using System.Text;
using PixelMend.Cli.Trials;
using PixelMend.Evaluation;

namespace PixelMend.Cli.Reports;

/// <summary>Recall against false alarms per megapixel, logarithmic, a line for each detector; its dot is where the detector itself stops.</summary>
internal static class RocChart
{
    private const int Width = 640;
    private const int Height = 340;
    private const int Left = 60;
    private const int Bottom = 44;
    private const int Top = 12;
    private const int Right = 26;
    private const double Most = 10_000;

    public static string Render(IReadOnlyList<(string Name, IReadOnlyList<IReadOnlyList<RocPoint>> Trials)> detectors)
    {
        var svg = new StringBuilder(
            $"<svg class=\"chart roc\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Recall against false alarms per megapixel\">"
        );
        AppendGrid(svg);
        for (int i = 0; i < detectors.Count; i++)
        {
            IReadOnlyList<RocPoint> curve = RocCurve.Mean(detectors[i].Trials, Most);
            IEnumerable<string> points = curve.Select(p => $"{Invariant(X(p.FalseAlarmsPerMegapixel))} {Invariant(Y(p.Recall))}");
            RocPoint end = curve[^1];
            svg.Append($"<g class=\"{Key.ClassOf(i)}\"><title>{Html.Text(detectors[i].Name)}</title>");
            svg.Append($"<path d=\"M{string.Join('L', points)}\"/>");
            svg.Append(
                $"<circle class=\"end\" cx=\"{Invariant(X(end.FalseAlarmsPerMegapixel))}\" cy=\"{Invariant(Y(end.Recall))}\" r=\"4.5\"/></g>"
            );
        }

        svg.Append("</svg>");
        return svg.Append(Key.Render([.. detectors.Select(d => d.Name)])).ToString();
    }

    private static void AppendGrid(StringBuilder svg)
    {
        for (double recall = 0; recall <= 1.001; recall += 0.2)
        {
            string y = Invariant(Y(recall));
            svg.Append($"<line class=\"grid\" x1=\"{Left}\" y1=\"{y}\" x2=\"{Width - Right}\" y2=\"{y}\"/>");
            svg.Append($"<text class=\"small\" x=\"{Left - 8}\" y=\"{Invariant(Y(recall) + 4)}\" text-anchor=\"end\">{recall:0.0}</text>");
        }

        for (double rate = RocCurve.Least; rate <= Most * 1.001; rate *= 10)
        {
            string x = Invariant(X(rate));
            svg.Append($"<line class=\"grid\" x1=\"{x}\" y1=\"{Top}\" x2=\"{x}\" y2=\"{Height - Bottom}\"/>");
            svg.Append(
                $"<text class=\"small\" x=\"{x}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{rate.ToString("0.##", CultureInfo.InvariantCulture)}</text>"
            );
        }

        svg.Append(
            $"<text class=\"small\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">false alarms per megapixel</text>"
        );
        int middle = (Top + Height - Bottom) / 2;
        svg.Append(
            $"<text class=\"small\" transform=\"rotate(-90 14 {middle})\" x=\"14\" y=\"{middle}\" text-anchor=\"middle\">recall</text>"
        );
    }

    private static double X(double rate)
    {
        double part = Math.Log10(Math.Clamp(rate, RocCurve.Least, Most) / RocCurve.Least) / Math.Log10(Most / RocCurve.Least);
        return Left + (part * (Width - Left - Right));
    }

    private static double Y(double recall) => Height - Bottom - (recall * (Height - Bottom - Top));

    private static string Invariant(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
