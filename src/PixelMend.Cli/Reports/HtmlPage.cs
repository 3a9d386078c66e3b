using System.Reflection;
using System.Text;
using PixelMend.Cli.Findings;

namespace PixelMend.Cli.Reports;

/// <summary>What all pages share: a head that forbids everything from outside, the style sheet, a title.</summary>
internal static class HtmlPage
{
    /// <param name="title">Title, not yet escaped.</param>
    /// <param name="subtitle">A line below it, not yet escaped.</param>
    /// <param name="body">The rest, as HTML.</param>
    public static string Of(string title, string subtitle, string body)
    {
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.Append(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">"
        );
        html.Append($"<title>PixelMend: {Html.Text(title)}</title><style>{StyleSheet()}</style></head><body>\n");
        html.Append($"<header><h1>{Html.Text(title)}</h1><p>{Html.Text(subtitle)}</p></header>\n");
        return html.Append(body).Append("</body></html>\n").ToString();
    }

    /// <summary>One entry of a list of facts; nothing where there is no value.</summary>
    public static void Fact(StringBuilder html, string name, string? value)
    {
        if (value is not null)
        {
            html.Append($"<div><dt>{name}</dt><dd>{Html.Text(value)}</dd></div>");
        }
    }

    private static string StyleSheet()
    {
        using Stream css = Assembly.GetExecutingAssembly().GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(css);
        return KindColor.StyleSheet + reader.ReadToEnd();
    }
}
