using System.Text;
using System.Text.Json;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Cli.Learning;

namespace PixelMend.Cli.Rendering;

/// <summary>Tells what <c>learn</c> found: text or one JSON document on standard output, errors on standard error.</summary>
internal static class LearningView
{
    public static void Print(LearningSummary summary, bool json, bool quiet)
    {
        foreach (ErrorFacts error in summary.Errors)
        {
            ErrorLine.Print(error.Message);
        }

        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(summary, CliJson.Default.LearningSummary));
        }
        else if (!quiet)
        {
            Console.Out.WriteLine(Describe(summary));
        }
    }

    private static string Describe(LearningSummary summary)
    {
        FrameFacts sensor = summary.Sensor;
        var text = new StringBuilder(
            $"{TextSummary.Printable(sensor.Camera ?? "sensor")}: {sensor.Cfa} {sensor.Width} × {sensor.Height}, {summary.Frames} frames"
        );
        text.Append($"\n  {summary.Defects} defective photosites");
        text.Append(summary.Lines == 0 ? string.Empty : $", {summary.Lines} lines among them");
        text.Append(summary.Defects == 0 ? string.Empty : $": {string.Join(", ", summary.ByKind.Select(k => $"{k.Value} {k.Key}"))}");
        foreach (SkippedInput apart in summary.SetApart)
        {
            text.Append($"\n  set apart: {TextSummary.Printable(apart.File)}: {TextSummary.Printable(apart.Reason)}");
        }

        foreach (string note in summary.Notes)
        {
            text.Append($"\n  note: {note}");
        }

        return text.Append($"\n  written to {TextSummary.Printable(summary.Output)}, {summary.Seconds:0.00} s").ToString();
    }
}
