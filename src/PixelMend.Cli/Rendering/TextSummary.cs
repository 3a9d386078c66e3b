using System.Text;
using PixelMend.Cli.Jobs;
using PixelMend.Cli.Trials;

namespace PixelMend.Cli.Rendering;

/// <summary>Results in words.</summary>
internal static class TextSummary
{
    /// <summary>What became of one file, a few lines.</summary>
    public static string Of(FileResult result)
    {
        var text = new StringBuilder();
        if (result.Frame is { } frame)
        {
            text.Append($"{Printable(result.File)}: {Describe(frame)}");
        }

        if (result.Defects is { } defects)
        {
            text.Append($"\n  {Count(defects.Total, "defect")}");
            text.Append(defects.Total == 0 ? string.Empty : $": {string.Join(", ", defects.ByKind.Select(k => $"{k.Value} {k.Key}"))}");
            text.Append(defects.Dormant is null ? string.Empty : $", {defects.Dormant} more known that do not show at this exposure");
            text.Append(defects.Known == 0 ? string.Empty : $" ({defects.Known} known, {defects.Found} found here)");
            text.Append(
                defects.InClusterKernels == 0
                    ? string.Empty
                    : $"\n  {defects.InClusterKernels} in the kernel of a cluster (fewer than five good of eight neighbours): low confidence"
            );
        }

        if (result.Repair is { } repair)
        {
            text.Append($"\n  {repair.Repaired} repaired");
            text.Append(repair.Doubtful == 0 ? string.Empty : $", {repair.Doubtful} of them doubtful");
            text.Append(repair.Unreachable == 0 ? string.Empty : $", {repair.Unreachable} out of reach and left alone");
        }

        text.Append(
            $"\n  {(result.Output is null ? "nothing written" : $"written to {Printable(result.Output)}")}, {result.Seconds:0.00} s"
        );
        return text.ToString();
    }

    /// <summary>What a sequence shows, one line.</summary>
    public static string Of(SequenceFacts? sequence) =>
        sequence is null ? "sequence of fewer than two frames: there is nothing to join"
        : sequence.StandsStill
            ? $"sequence of {sequence.Frames} frames: the scene stands still, so that it cannot be told from the sensor; each frame is judged by itself"
        : $"sequence of {sequence.Frames} frames: {Count(sequence.Defects, "static defect")}";

    /// <summary>A run of several files in one line.</summary>
    public static string Of(RunSummary summary)
    {
        int failed = summary.Files.Count(f => f.Error is not null);
        string failures = failed == 0 ? string.Empty : $", {failed} failed (exit code {(int)summary.ExitCode})";
        return $"{Count(summary.Files.Count - failed, "file")} done{failures}, {Count(summary.Files.Sum(f => f.Defects?.Total ?? 0), "defect")}";
    }

    /// <summary>What <c>simulate</c> made, two lines.</summary>
    public static string Of(SimulationSummary summary)
    {
        string visible = summary.Visible is { } n ? $", {n} of them visible" : string.Empty;
        string kinds = string.Join(", ", summary.ByKind.Select(k => $"{k.Value} {k.Key}"));
        return $"{Printable(summary.Output)}: {Describe(summary.Frame)}"
            + $"\n  {Count(summary.Defects, "defective photosite")}{visible}: {kinds}; listed in {Printable(summary.Truth)}";
    }

    /// <summary>Text from files and file systems without the control codes that a terminal would obey.</summary>
    public static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    private static string Describe(FrameFacts frame)
    {
        var text = new StringBuilder($"{frame.Format}, ");
        text.Append(frame.Camera is null ? string.Empty : $"{Printable(frame.Camera)}, ");
        text.Append(frame.Frames is int frames ? $"{Count(frames, "frame")}, " : string.Empty);
        text.Append($"{frame.Cfa} {frame.Width} × {frame.Height}, ");
        text.Append(frame.BitDepth == 32 ? "float" : $"{frame.BitDepth} bits");
        text.Append($", {frame.Levels}");
        foreach (string note in frame.Notes)
        {
            text.Append($"\n  note: {Printable(note)}");
        }

        return text.ToString();
    }

    private static string Count(int n, string what) => n == 1 ? $"1 {what}" : $"{n} {what}s";
}
