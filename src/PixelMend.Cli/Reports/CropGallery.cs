using System.Text;
using PixelMend.Cli.Findings;
using PixelMend.Frames;

namespace PixelMend.Cli.Reports;

/// <summary>The most severe places photosite by photosite, before and after side by side.</summary>
internal static class CropGallery
{
    public static string Render(IReadOnlyList<WorstPlace> places, bool repaired, string before = "before", string after = "after")
    {
        string[] captions = repaired ? [before, after] : [before];
        var html = new StringBuilder("<div class=\"crops\">");
        foreach (WorstPlace place in places)
        {
            html.Append("<figure class=\"crop\"><div class=\"pair\">");
            if (place.Pictures is { } pictures)
            {
                Spot spot = new(place.X, place.Y, pictures.Area);
                if (pictures.Colors is { } colors)
                {
                    AppendPair(html, colors, spot, captions);
                }

                AppendPair(html, pictures.Mosaic, spot, captions);
            }

            html.Append("</div><figcaption>");
            html.Append($"<b><i class=\"k-{place.Kind.Split('+')[0]}\"></i>{Html.Text(place.Kind)}</b> at ({place.X}, {place.Y})");
            html.Append(place.File is { } file ? $" of {Html.Text(file)}" : string.Empty);
            html.Append(place.Severity > 0 ? $", {Html.Number(place.Severity)} σ<br>" : "<br>");
            html.Append(
                place.New is float sample ? $"{Html.Number(place.Old)} → {Html.Number(sample)}" : $"{Html.Number(place.Old)}, left alone"
            );
            html.Append(place.Confidence is float confidence ? $", confidence {Html.Number(confidence)}" : string.Empty);
            html.Append("</figcaption></figure>");
        }

        return html.Append("</div>").ToString();
    }

    private static void AppendPair(StringBuilder html, (Picture Before, Picture After) pictures, Spot spot, string[] captions)
    {
        AppendCrop(html, pictures.Before, captions[0], spot);
        if (captions.Length > 1)
        {
            AppendCrop(html, pictures.After, captions[1], spot);
        }
    }

    /// <summary>Enlarged by the style sheet without smoothing; a frame marks the photosite.</summary>
    private static void AppendCrop(StringBuilder html, Picture picture, string caption, Spot spot)
    {
        html.Append($"<div class=\"pix\"><img src=\"{PngEncoder.DataUri(picture)}\" alt=\"{caption}\" title=\"{caption}\">");
        html.Append($"<span style=\"{spot.Style}\"></span></div>");
    }

    /// <summary>A photosite within the patch that shows it.</summary>
    private readonly record struct Spot(int X, int Y, Area Patch)
    {
        public string Style =>
            $"left:{100.0 * (X - Patch.Left) / Patch.Width:0.##}%;top:{100.0 * (Y - Patch.Top) / Patch.Height:0.##}%;"
            + $"width:{100.0 / Patch.Width:0.##}%;height:{100.0 / Patch.Height:0.##}%";
    }
}
