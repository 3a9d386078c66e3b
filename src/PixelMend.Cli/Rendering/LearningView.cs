using System.Text;
using PixelMend.Cli.Learning;

namespace PixelMend.Cli.Rendering;

/// <summary>Tells what <c>learn</c> found.</summary>
internal static class LearningView
{
    public static void Print(LearningSummary summary, bool json, bool quiet) =>
        SeriesView.Print(summary, CliJson.Default.LearningSummary, summary.Errors, json, quiet, Describe);

    private static string Describe(LearningSummary summary)
    {
        StringBuilder text = SeriesView.Begin(summary.Sensor).Append($", {summary.Frames} frames");
        SeriesView.Found(text, summary.Defects, summary.Lines, summary.ByKind);
        return SeriesView.End(text, summary.SetApart, summary.Notes, [summary.Output], summary.Seconds);
    }
}
