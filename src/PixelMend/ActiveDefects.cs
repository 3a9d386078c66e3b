using PixelMend.Defects;
using PixelMend.Evaluation;
using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend;

/// <summary>
/// The entries of a map that show in a frame: those without an <see cref="Activation"/> always, the others where their expected excess is beyond the noise
/// of a good photosite there, or cannot be told. What leaks only in long exposures reads as well as any other photosite in short ones.
/// </summary>
internal static class ActiveDefects
{
    /// <summary>Excess that shows, in standard deviations of the frame's noise.</summary>
    private const double LeastSigmas = 1;

    /// <summary>A line shows by far less than one of its photosites alone would.</summary>
    private const double LeastSigmasOfLine = 0.25;

    /// <summary>Photosites of a region that tell how bright it is.</summary>
    private const int Looked = 64;

    public static DefectMap In(RawFrame frame, DefectMap map, ParallelOptions options)
    {
        bool depends = map.Points.Any(p => p.Details?.Activation is not null) || map.Regions.Any(r => r.Details?.Activation is not null);
        if (!depends)
        {
            return map;
        }

        Func<double, double> noise = NoiseOf(frame, map, options);
        var active = new DefectMap.Builder(map.Width, map.Height) { Provenance = map.Provenance };
        active.AddRange(map.Points.Where(p => Shows(frame, noise, new Area(p.X, p.Y, 1, 1), p.Details?.Activation)));
        foreach (DefectRegion region in map.Regions)
        {
            if (Shows(frame, noise, region.Area, region.Details?.Activation))
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

    private static bool Shows(RawFrame frame, Func<double, double> noise, Area area, Activation? activation)
    {
        if (activation?.ExcessIn(frame.Info) is not { } excess)
        {
            return true;
        }

        double expected = Math.Abs(excess) / frame.Levels.Span(area.Left, area.Top);
        double signal = SignalOf(frame, area);
        double least = area.Count == 1 ? LeastSigmas : LeastSigmasOfLine;
        // What the photosite would read without its leakage has the least noise; a missing reading shows.
        return !double.IsFinite(signal) || expected > least * noise(Math.Max(0, signal - expected));
    }

    /// <summary>The middle signal of some photosites of an area; not a number where there is none.</summary>
    private static double SignalOf(RawFrame frame, Area area)
    {
        long apart = Math.Max(1, area.Count / Looked);
        float[] signals =
        [
            .. Enumerable
                .Range(0, (int)(area.Count / apart))
                .Select(i => frame.Signal(area.Left + (int)(i * apart % area.Width), area.Top + (int)(i * apart / area.Width)))
                .Where(float.IsFinite),
        ];
        return signals.Length == 0 ? double.NaN : Quantiles.Median(signals);
    }
}
