using System.Text;
using System.Text.Json.Serialization.Metadata;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;

namespace PixelMend.Cli.Rendering;

/// <summary>Tells what a series of frames proved: text or one JSON document on standard output, errors on standard error.</summary>
internal static class SeriesView
{
    public static void Print<T>(
        T summary,
        JsonTypeInfo<T> type,
        IReadOnlyList<ErrorFacts> errors,
        bool json,
        bool quiet,
        Func<T, string> describe
    )
    {
        foreach (ErrorFacts error in errors)
        {
            ErrorLine.Print(error.Message);
        }

        MapView.Print(summary, type, json, quiet, s => Console.Out.WriteLine(describe(s)));
    }

    /// <summary>Begins with the sensor.</summary>
    public static StringBuilder Begin(FrameFacts sensor) =>
        new($"{TextSummary.Printable(sensor.Camera ?? "sensor")}: {sensor.Cfa} {sensor.Width} × {sensor.Height}");

    /// <summary>How many defects of which kinds.</summary>
    public static void Found(StringBuilder text, int defects, int lines, IReadOnlyDictionary<string, int> byKind)
    {
        text.Append($"\n  {defects} defective photosites");
        text.Append(lines == 0 ? string.Empty : $", {lines} lines among them");
        text.Append(defects == 0 ? string.Empty : $": {string.Join(", ", byKind.Select(k => $"{k.Value} {k.Key}"))}");
    }

    /// <summary>What was left out, what is to be noted, and where the rest is.</summary>
    public static string End(
        StringBuilder text,
        IEnumerable<SkippedInput> setApart,
        IEnumerable<string> notes,
        IEnumerable<string> outputs,
        double seconds
    )
    {
        foreach (SkippedInput apart in setApart)
        {
            text.Append($"\n  set apart: {TextSummary.Printable(apart.File)}: {TextSummary.Printable(apart.Reason)}");
        }

        foreach (string note in notes)
        {
            text.Append($"\n  note: {note}");
        }

        return text.Append($"\n  written to {TextSummary.Printable(string.Join(", ", outputs))}, {seconds:0.00} s").ToString();
    }
}
