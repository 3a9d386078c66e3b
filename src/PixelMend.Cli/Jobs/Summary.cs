using PixelMend.Cli.Files;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Jobs;

/// <summary>Puts frames and reports into the figures that users read.</summary>
internal static class Summary
{
    /// <param name="format">The file's format.</param>
    /// <param name="frame">Its frame, or the first of them.</param>
    /// <param name="reading">How the file was read; null for frames that come from none.</param>
    public static FrameFacts Of(FrameFormat format, RawFrame frame, ReadOptions? reading) =>
        new()
        {
            Format = format.Name,
            Camera = CameraOf(frame.Info),
            Width = frame.Width,
            Height = frame.Height,
            BitDepth = frame.BitDepth,
            Cfa = frame.Cfa.ToString(),
            Levels = frame.Levels.ToString(),
            Notes = [.. frame.Info.Notes, .. reading is null ? [] : UnusedOptions.Notes(reading, format, frame)],
        };

    public static DefectCounts Of(RawFrame frame, RepairReport report)
    {
        IReadOnlyList<Defect> all = report.All.AllPhotosites();
        return new DefectCounts(
            all.Count,
            report.Known.AllPhotosites().Count,
            report.Found.AllPhotosites().Count,
            ByKind(all),
            ClusterKernel.Count(all, report.All.ToMask(), frame.Cfa)
        )
        {
            Dormant = report.Dormant == 0 ? null : report.Dormant,
        };
    }

    /// <summary>Photosites of each kind; one that fails in two ways counts under both.</summary>
    public static Dictionary<string, int> ByKind(IReadOnlyList<Defect> all) =>
        DefectKinds
            .All.Select(k => (k.Name, Count: all.Count(d => d.Kind.HasFlag(k.Kind))))
            .Append((Name: DefectKinds.NameOf(DefectKind.Unknown), Count: all.Count(d => d.Kind == DefectKind.Unknown)))
            .Where(k => k.Count > 0)
            .ToDictionary(k => k.Name, k => k.Count, StringComparer.Ordinal);

    public static RepairCounts Of(CorrectionReport correction) =>
        new(correction.Changes.Count, correction.Changes.Count(IsChange), correction.DoubtfulCount, correction.Unreachable.Count);

    public static FileDelta DeltaOf(PlannedFile planned, RawFrame frame, IReadOnlyList<SampleChange> changes) =>
        new(
            planned.Input,
            planned.Output?.Path,
            frame.Width,
            frame.Height,
            frame.BitDepth,
            [.. changes.Where(IsChange).Select(c => new DeltaSample(c.X, c.Y, c.Old, c.New))]
        );

    /// <summary>The sums of two frames' counts.</summary>
    public static DefectCounts Add(DefectCounts one, DefectCounts other) =>
        new(
            one.Total + other.Total,
            one.Known + other.Known,
            one.Found + other.Found,
            one.ByKind.Concat(other.ByKind)
                .GroupBy(k => k.Key, k => k.Value, StringComparer.Ordinal)
                .ToDictionary(k => k.Key, k => k.Sum(), StringComparer.Ordinal),
            one.InClusterKernels + other.InClusterKernels
        )
        {
            Dormant = one.Dormant is null ? other.Dormant : one.Dormant + (other.Dormant ?? 0),
        };

    /// <summary>The sums of two frames' counts.</summary>
    public static RepairCounts Add(RepairCounts one, RepairCounts other) =>
        new(one.Repaired + other.Repaired, one.Changed + other.Changed, one.Doubtful + other.Doubtful, one.Unreachable + other.Unreachable);

    /// <summary>Floats by their bits, so that a NaN left alone is no change.</summary>
    private static bool IsChange(SampleChange change) =>
        BitConverter.SingleToUInt32Bits(change.Old) != BitConverter.SingleToUInt32Bits(change.New);

    public static string? CameraOf(FrameInfo info)
    {
        string make = info.Make?.Trim() ?? string.Empty;
        string model = info.Model?.Trim() ?? string.Empty;
        // Many models begin with their maker's name already.
        string camera = model.StartsWith(make, StringComparison.OrdinalIgnoreCase) ? model : $"{make} {model}".Trim();
        return camera.Length == 0 ? null : camera;
    }
}
