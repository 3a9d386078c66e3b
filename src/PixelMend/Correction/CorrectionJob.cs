using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Correction;

/// <summary>
/// What every corrector shares: the mask, the loop over defective photosites, the fallback where a method finds too little, and the report.
/// </summary>
internal sealed class CorrectionJob
{
    private readonly RawFrame frame;
    private readonly IReadOnlyList<Defect> sites;

    public CorrectionJob(RawFrame frame, DefectMap map)
    {
        if (map.Width != frame.Width || map.Height != frame.Height)
        {
            throw new ArgumentException(
                $"A map of a {map.Width} × {map.Height} sensor does not fit a frame of {frame.Width} × {frame.Height}.",
                nameof(map)
            );
        }

        this.frame = frame;
        sites = map.AllPhotosites();
        Mask = map.ToMask();
    }

    public DefectMask Mask { get; }

    /// <summary>Whether a photosite may be read: on the sensor, on the same side of the active area's border, not defective, and with a value.</summary>
    public bool IsGood(int x, int y, bool active) =>
        x >= 0 && y >= 0 && x < frame.Width && y < frame.Height && HasValue(x, y) && frame.ActiveArea.Contains(x, y) == active;

    /// <summary>Whether a photosite of the sensor is not defective and has a value.</summary>
    private bool HasValue(int x, int y) => !Mask[x, y] && float.IsFinite(frame.Stored(x, y));

    /// <summary>Infers every defective photosite on its own, in parallel; the outcome does not depend on their order.</summary>
    /// <param name="infer">Sensor coordinates to a signal; null where the method has too few good neighbours.</param>
    /// <param name="options">Threads and cancellation.</param>
    public CorrectionReport Run(Func<int, int, Inferred?> infer, ParallelOptions options)
    {
        var inferred = new Inferred?[sites.Count];
        Parallel.For(
            0,
            sites.Count,
            options,
            i => inferred[i] = infer(sites[i].X, sites[i].Y) ?? WindowMean.Infer(frame, this, sites[i].X, sites[i].Y)
        );
        var changes = new List<SampleChange>(sites.Count);
        var unreachable = new List<Defect>();
        for (int i = 0; i < sites.Count; i++)
        {
            (int x, int y) = (sites[i].X, sites[i].Y);
            if (inferred[i] is { } value && float.IsFinite(value.Signal))
            {
                float most = ClusterKernel.MostConfidence(x, y, (frame.Width, frame.Height), HasValue, frame.Cfa);
                changes.Add(
                    new SampleChange(x, y, frame.Stored(x, y), frame.ToStored(x, y, value.Signal), Math.Clamp(value.Confidence, 0, most))
                );
            }
            else
            {
                unreachable.Add(sites[i]);
            }
        }

        return new CorrectionReport(changes, unreachable);
    }
}

/// <summary>What a photosite should read, as a signal, and how well its surroundings determine it (0 to 1).</summary>
internal readonly record struct Inferred(float Signal, float Confidence);
