using System.Globalization;
using System.Text;

namespace PixelMend.Cli.Reports;

/// <summary>One curve of a chart.</summary>
/// <param name="Name">For the key.</param>
/// <param name="Points">In the order of x.</param>
/// <param name="IsLine">Joined by a line, else dots.</param>
internal sealed record Curve(string Name, IReadOnlyList<(double X, double Y)> Points, bool IsLine = true);

/// <summary>One axis.</summary>
/// <param name="Title">What it shows, with the unit.</param>
/// <param name="IsLogarithmic">Whether equal ratios are equal steps; values that are not above 0 are then left out.</param>
internal sealed record Axis(string Title, bool IsLogarithmic = false);

/// <summary>Curves over two axes as inline SVG, coloured by the page's style sheet.</summary>
internal static class XyChart
{
    private const int Width = 640;
    private const int Height = 300;
    private const int Left = 88;
    private const int Right = 34;
    private const int Top = 12;
    private const int Bottom = 46;
    private const int Ticks = 5;

    public static string Render(Axis across, Axis up, IReadOnlyList<Curve> curves)
    {
        Curve[] shown = [.. curves.Select(c => c with { Points = [.. c.Points.Where(p => IsShown(p.X, across) && IsShown(p.Y, up))] })];
        (double X, double Y)[] all = [.. shown.SelectMany(c => c.Points)];
        if (all.Length == 0)
        {
            return "<p class=\"note\">Nothing to show.</p>";
        }

        Scale x = Scale.Of(all.Select(p => p.X), across, Left, Width - Right);
        Scale y = Scale.Of(all.Select(p => p.Y), up, Height - Bottom, Top);
        var svg = new StringBuilder(
            $"<svg class=\"chart roc\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Text(up.Title)}\">"
        );
        foreach (double value in x.Marks())
        {
            string at = Number(x.At(value));
            svg.Append($"<line class=\"grid\" x1=\"{at}\" y1=\"{Top}\" x2=\"{at}\" y2=\"{Height - Bottom}\"/>");
            svg.Append($"<text class=\"small\" x=\"{at}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{Label(value)}</text>");
        }

        foreach (double value in y.Marks())
        {
            string at = Number(y.At(value));
            svg.Append($"<line class=\"grid\" x1=\"{Left}\" y1=\"{at}\" x2=\"{Width - Right}\" y2=\"{at}\"/>");
            svg.Append($"<text class=\"small\" x=\"{Left - 8}\" y=\"{Number(y.At(value) + 4)}\" text-anchor=\"end\">{Label(value)}</text>");
        }

        svg.Append(
            $"<text class=\"small\" x=\"{(Left + Width) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{Html.Text(across.Title)}</text>"
        );
        int middle = (Top + Height - Bottom) / 2;
        svg.Append(
            $"<text class=\"small\" transform=\"rotate(-90 14 {middle})\" x=\"14\" y=\"{middle}\" text-anchor=\"middle\">{Html.Text(up.Title)}</text>"
        );
        for (int i = 0; i < shown.Length; i++)
        {
            svg.Append($"<g class=\"{Key.ClassOf(i)}\"><title>{Html.Text(shown[i].Name)}</title>");
            Append(svg, shown[i], x, y);
            svg.Append("</g>");
        }

        return svg.Append("</svg>").Append(Key.Render([.. curves.Select(c => c.Name)])).ToString();
    }

    private static void Append(StringBuilder svg, Curve curve, Scale x, Scale y)
    {
        if (curve.IsLine && curve.Points.Count > 0)
        {
            svg.Append($"<path d=\"M{string.Join('L', curve.Points.Select(p => $"{Number(x.At(p.X))} {Number(y.At(p.Y))}"))}\"/>");
            return;
        }

        foreach ((double px, double py) in curve.Points)
        {
            svg.Append($"<circle class=\"end\" cx=\"{Number(x.At(px))}\" cy=\"{Number(y.At(py))}\" r=\"4\"/>");
        }
    }

    private static bool IsShown(double value, Axis axis) => double.IsFinite(value) && (value > 0 || !axis.IsLogarithmic);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Label(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>From values to places on the page.</summary>
    private sealed record Scale(double From, double To, bool IsLogarithmic, double Begin, double End)
    {
        public static Scale Of(IEnumerable<double> values, Axis axis, double begin, double end)
        {
            double[] all = [.. values.Select(v => axis.IsLogarithmic ? Math.Log10(v) : v)];
            (double from, double to) = (all.Min(), all.Max());
            return new Scale(from, to > from ? to : from + 1, axis.IsLogarithmic, begin, end);
        }

        public double At(double value)
        {
            double part = ((IsLogarithmic ? Math.Log10(value) : value) - From) / (To - From);
            return Begin + (part * (End - Begin));
        }

        public IEnumerable<double> Marks()
        {
            for (int i = 0; i <= Ticks; i++)
            {
                double value = From + ((To - From) * i / Ticks);
                yield return IsLogarithmic ? Math.Pow(10, value) : value;
            }
        }
    }
}
