using System.Globalization;
using System.Net;

namespace PixelMend.Cli.Reports;

/// <summary>Text and numbers for a page. Names of files and cameras come from outside and are always escaped.</summary>
internal static class Html
{
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Thousands set apart by a thin space.</summary>
    public static string Count(long n) => n.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    /// <summary>Three significant digits, or all of a whole number's.</summary>
    public static string Number(double value)
    {
        double size = Math.Abs(value);
        string format =
            size >= 100 || value == Math.Floor(value) ? "0"
            : size >= 10 ? "0.#"
            : "0.##";
        return double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : value.ToString(CultureInfo.InvariantCulture);
    }
}
