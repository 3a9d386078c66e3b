using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>What re-expressed correctors share: the way from a formula in linear ADU to a report.</summary>
internal static class PeerRepair
{
    /// <summary>Every site from the frame as it is.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="map">What to repair.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="estimate">Linear ADU for a site; null where the peer leaves it alone.</param>
    public static CorrectionReport Run(RawFrame frame, DefectMap map, ParallelOptions options, Func<int, int, float?> estimate)
    {
        IReadOnlyList<Defect> sites = map.AllPhotosites();
        var values = new float?[sites.Count];
        Parallel.For(0, sites.Count, options, i => values[i] = estimate(sites[i].X, sites[i].Y));
        return Report(frame, sites, values);
    }

    /// <summary>One site after the other, as the peers do that write into the frame they read: later sites see earlier repairs.</summary>
    public static CorrectionReport RunInPlace(RawFrame frame, DefectMap map, Plane<float> samples, Func<int, int, float?> estimate)
    {
        IReadOnlyList<Defect> sites = map.AllPhotosites();
        var values = new float?[sites.Count];
        for (int i = 0; i < sites.Count; i++)
        {
            values[i] = estimate(sites[i].X, sites[i].Y);
            ref float sample = ref samples[sites[i].X, sites[i].Y];
            sample = values[i] ?? sample;
        }

        return Report(frame, sites, values);
    }

    private static CorrectionReport Report(RawFrame frame, IReadOnlyList<Defect> sites, float?[] values)
    {
        var changes = new List<SampleChange>();
        var left = new List<Defect>();
        for (int i = 0; i < values.Length; i++)
        {
            (int x, int y) = (sites[i].X, sites[i].Y);
            if (values[i] is { } value)
            {
                float stored = frame.ToStored(x, y, LinearSamples.ToSignal(frame, x, y, value));
                changes.Add(new SampleChange(x, y, frame.Stored(x, y), stored, 1));
            }
            else
            {
                left.Add(sites[i]);
            }
        }

        return new CorrectionReport(changes, left);
    }
}
