using PixelMend.Defects;
using PixelMend.Evaluation;
using PixelMend.Frames;

namespace PixelMend;

/// <summary>
/// The entries of a map that show in a frame: those without an <see cref="Activation"/> always, the others where their expected excess is beyond the noise
/// of a good photosite there, or cannot be told. What leaks only in long exposures reads as well as any other photosite in short ones.
/// </summary>
internal static class ActiveDefects
{
    /// <summary>Excess that shows, in standard deviations of the frame's noise.</summary>
    private const double LeastSigmas = 1;

    public static DefectMap In(RawFrame frame, DefectMap map, ParallelOptions options)
    {
        bool depends = map.Points.Any(p => p.Details?.Activation is not null) || map.Regions.Any(r => r.Details?.Activation is not null);
        if (!depends)
        {
            return map;
        }

        Func<double, double> noise = NoiseOf(frame, map, options);
        var active = new DefectMap.Builder(map.Width, map.Height) { Provenance = map.Provenance };
        active.AddRange(map.Points.Where(p => Shows(frame, noise, p.X, p.Y, p.Details?.Activation)));
        foreach (DefectRegion region in map.Regions)
        {
            if (Shows(frame, noise, region.Area.Left, region.Area.Top, region.Details?.Activation))
            {
                active.Add(region);
            }
        }

        return active.Build();
    }

    /// <summary>Noise by signal: what the file declares, of several colours the least, else what the frame shows.</summary>
    private static Func<double, double> NoiseOf(RawFrame frame, DefectMap map, ParallelOptions options)
    {
        IReadOnlyList<NoiseProfile> declared = frame.Info.Noise;
        return declared.Count > 0
            ? signal => Math.Sqrt(Math.Max(0, declared.Min(p => (p.Scale * signal) + p.Offset)))
            : FrameNoise.Of(frame, map, options).Sigma;
    }

    private static bool Shows(RawFrame frame, Func<double, double> noise, int x, int y, Activation? activation)
    {
        if (activation?.ExcessIn(frame.Info) is not { } excess)
        {
            return true;
        }

        double expected = Math.Abs(excess) / frame.Levels.Span(x, y);
        double signal = frame.Signal(x, y);
        // What the photosite would read without its leakage has the least noise; a missing reading shows.
        return !double.IsFinite(signal) || expected > LeastSigmas * noise(Math.Max(0, signal - expected));
    }
}
