using System.Text;
using PixelMend.Cli.Calibrating;

namespace PixelMend.Cli.Rendering;

/// <summary>Tells what <c>calibrate</c> found.</summary>
internal static class CalibrationView
{
    public static void Print(CalibrationSummary summary, bool json, bool quiet) =>
        SeriesView.Print(summary, CliJson.Default.CalibrationSummary, summary.Errors, json, quiet, Describe);

    /// <summary>A series in words.</summary>
    public static string Describe(SeriesFacts series)
    {
        string exposure = series.ExposureSeconds is { } s ? $", {s:0.######} s" : string.Empty;
        string iso = series.Iso is { } i ? $", ISO {i:0.##}" : string.Empty;
        string temperature = series.TemperatureCelsius is { } t ? $", {t:0.#} °C" : string.Empty;
        return $"{series.Frames}{exposure}{iso}{temperature}, {series.Level:0.#} ADU above black";
    }

    private static string Describe(CalibrationSummary summary)
    {
        StringBuilder text = SeriesView.Begin(summary.Sensor);
        text.Append(summary.Darks is null ? string.Empty : $"\n  darks: {Describe(summary.Darks)}");
        foreach (SeriesFacts other in summary.OtherDarks)
        {
            text.Append($"\n  and darks: {Describe(other)}");
        }

        foreach (SeriesFacts flat in summary.Flats)
        {
            text.Append($"\n  flats: {Describe(flat)}");
        }

        text.Append($"\n  {string.Join(", ", Figures(summary.Figures))}");
        SeriesView.Found(text, summary.Defects, summary.Lines, summary.ByKind);
        text.Append(
            summary.Activated == 0
                ? string.Empty
                : $"\n  {summary.Activated} of them show at long exposures only, and the map says at which"
        );
        return SeriesView.End(text, summary.SetApart, summary.Notes, summary.Outputs, summary.Seconds);
    }

    private static IEnumerable<string> Figures(SensorFigures figures)
    {
        if (figures.Gain is { } gain)
        {
            yield return $"gain K {gain:0.###} ADU/e⁻";
        }

        if (figures.DarkNoiseAdu is { } noise)
        {
            yield return $"dark noise {noise:0.##} ADU{(figures.DarkNoiseElectrons is { } e ? $" = {e:0.##} e⁻" : string.Empty)}";
        }

        if (figures.DsnuAdu is { } dsnu)
        {
            yield return $"DSNU {dsnu:0.##} ADU{(figures.DsnuElectrons is { } e ? $" = {e:0.##} e⁻" : string.Empty)}";
        }

        if (figures.DoublingKelvin is { } doubling)
        {
            yield return $"dark current doubles every {doubling:0.#} K";
        }

        if (figures.PrnuPercent is { } prnu)
        {
            yield return $"PRNU {prnu:0.##} %";
        }
    }
}
