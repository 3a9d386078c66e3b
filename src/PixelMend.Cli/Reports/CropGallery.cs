using System.Text;
using PixelMend.Cli.Findings;
using PixelMend.Frames;

namespace PixelMend.Cli.Reports;

/// <summary>The most severe places photosite by photosite, before and after side by side.</summary>
internal static class CropGallery
{
    public static string Render(IReadOnlyList<WorstPlace> places, bool repaired)
    {
        var html = new StringBuilder("<div class=\"crops\">");
        foreach (WorstPlace place in places)
        {
            html.Append("<figure class=\"crop\"><div class=\"pair\">");
            if (place.Colors is { } colors)
            {
                Pair(html, place, colors, repaired);
            }

            Pair(html, place, place.Mosaic, repaired);
            html.Append("</div><figcaption>");
            html.Append($"<b><i class=\"k-{place.Kind.Split('+')[0]}\"></i>{Html.Text(place.Kind)}</b> at ({place.X}, {place.Y})");
            html.Append(place.Severity > 0 ? $", {Html.Number(place.Severity)} σ<br>" : "<br>");
            html.Append(
                place.New is float sample ? $"{Html.Number(place.Old)} → {Html.Number(sample)}" : $"{Html.Number(place.Old)}, left alone"
            );
            html.Append(place.Confidence is float confidence ? $", confidence {Html.Number(confidence)}" : string.Empty);
            html.Append("</figcaption></figure>");
        }

        return html.Append("</div>").ToString();
    }

    private static void Pair(StringBuilder html, WorstPlace place, (Picture Before, Picture After) pictures, bool repaired)
    {
        Crop(html, place, pictures.Before, "before");
        if (repaired)
        {
            Crop(html, place, pictures.After, "after");
        }
    }

    /// <summary>Enlarged by the style sheet without smoothing; a frame marks the photosite.</summary>
    private static void Crop(StringBuilder html, WorstPlace place, Picture picture, string caption)
    {
        Area patch = place.Patch;
        string spot =
            $"left:{100.0 * (place.X - patch.Left) / patch.Width:0.##}%;top:{100.0 * (place.Y - patch.Top) / patch.Height:0.##}%;"
            + $"width:{100.0 / patch.Width:0.##}%;height:{100.0 / patch.Height:0.##}%";
        html.Append($"<div class=\"pix\"><img src=\"{PngEncoder.DataUri(picture)}\" alt=\"{caption}\" title=\"{caption}\">");
        html.Append($"<span style=\"{spot}\"></span></div>");
    }
}
