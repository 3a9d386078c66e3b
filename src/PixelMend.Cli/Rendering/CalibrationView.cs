using System.Text;
using System.Text.Json;
using PixelMend.Cli.Calibrating;
using PixelMend.Cli.Jobs;

namespace PixelMend.Cli.Rendering;

/// <summary>Tells what <c>calibrate</c> found: text or one JSON document on standard output, errors on standard error.</summary>
internal static class CalibrationView
{
    public static void Print(CalibrationSummary summary, bool json, bool quiet)
    {
        foreach (ErrorFacts error in summary.Errors)
        {
            ErrorLine.Print(error.Message);
        }

        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(summary, CliJson.Default.CalibrationSummary));
        }
        else if (!quiet)
        {
            Console.Out.WriteLine(Describe(summary));
        }
    }

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
        var text = new StringBuilder(
            $"{TextSummary.Printable(summary.Sensor.Camera ?? "sensor")}: {summary.Sensor.Cfa} {summary.Sensor.Width} × {summary.Sensor.Height}"
        );
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
        text.Append($"\n  {summary.Defects} defective photosites");
        text.Append(summary.Lines == 0 ? string.Empty : $", {summary.Lines} lines among them");
        text.Append(summary.Defects == 0 ? string.Empty : $": {string.Join(", ", summary.ByKind.Select(k => $"{k.Value} {k.Key}"))}");
        text.Append(
            summary.Activated == 0
                ? string.Empty
                : $"\n  {summary.Activated} of them show at long exposures only, and the map says at which"
        );
        foreach (Files.SkippedInput apart in summary.SetApart)
        {
            text.Append($"\n  set apart: {TextSummary.Printable(apart.File)}: {apart.Reason}");
        }

        foreach (string note in summary.Notes)
        {
            text.Append($"\n  note: {note}");
        }

        return text.Append($"\n  written to {TextSummary.Printable(string.Join(", ", summary.Outputs))}, {summary.Seconds:0.00} s")
            .ToString();
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
