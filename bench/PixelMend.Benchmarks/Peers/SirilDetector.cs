using PixelMend.Algorithms;
using PixelMend.Benchmarks.Statistics;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>
/// Siril 1.0, "cosmetic correction" with automatic detection (Siril documentation, Processing, Cosmetic correction; after PixInsight's CosmeticCorrection):
/// deviation from the median of the 24 same-colour photosites in a 5 × 5 window, in mean absolute deviations of the whole frame, with a second look at the
/// mean of the nearest eight so that stars stay. Bayer and mono. Re-expressed from its description; not the peer's code.
/// </summary>
internal sealed class SirilDetector(Settings settings) : IDefectDetector
{
    private const string HotSigma = "hot-sigma";
    private const string ColdSigma = "cold-sigma";

    public static Peer<IDefectDetector> Registration { get; } =
        new(
            new(
                "Siril*",
                "Deviation from the median of 5 × 5 same-colour photosites in deviations of the frame.",
                "Siril documentation, cosmetic correction",
                [
                    new Parameter(HotSigma, 3, 0, 100, "deviations above the median from which a photosite is hot"),
                    new Parameter(ColdSigma, 3, 0, 100, "deviations below the median from which a photosite is cold"),
                ],
                settings => new SirilDetector(settings)
            ),
            Handles
        );

    public static bool Handles(CfaPattern cfa) => PeerCfas.IsBayer(cfa) || cfa.IsMono;

    /// <summary>The mean of the eight nearest same-colour photosites, good or bad.</summary>
    public static float MeanOfEight(Plane<float> samples, int x, int y, int step)
    {
        Span<float> ring = stackalloc float[8];
        SameColorWindow.Read(samples, x, y, step, ring);
        float sum = 0;
        foreach (float other in ring)
        {
            sum += other;
        }

        return sum / ring.Length;
    }

    public void Detect(Evidence evidence, DefectMap.Builder found, ParallelOptions options)
    {
        Plane<float> samples = LinearSamples.Of(evidence.Frame);
        int step = evidence.Frame.Cfa.IsMono ? 1 : 2;
        (float background, float deviation) = Statistics(evidence.Frame, samples);
        float hot = (float)Math.Max(1, settings[HotSigma]) * deviation;
        float cold = (float)settings[ColdSigma] * deviation;
        WindowScan.Run(
            evidence,
            found,
            2 * step,
            options,
            (x, y) =>
            {
                float own = samples[x, y];
                if (own > background + deviation)
                {
                    float median = MedianAround(samples, x, y, step);
                    return own > median + hot && MeanOfEight(samples, x, y, step) < median + (deviation / 2) ? (own - median) / hot : 0;
                }

                return own < background - cold ? Math.Min(0, own - MedianAround(samples, x, y, step)) / cold : 0;
            }
        );
    }

    private static float MedianAround(Plane<float> samples, int x, int y, int step)
    {
        Span<float> around = stackalloc float[24];
        SameColorWindow.Read(samples, x, y, step, around);
        return Middle.Of(around);
    }

    /// <summary>Median and mean absolute deviation from it, of all colours together: so the peer, too.</summary>
    private static (float Median, float Deviation) Statistics(RawFrame frame, Plane<float> samples)
    {
        Area active = frame.ActiveArea;
        float[] all =
        [
            .. Enumerable.Range(active.Top, active.Height).SelectMany(y => samples.Row(y).Slice(active.Left, active.Width).ToArray()),
        ];
        float median = Middle.Of(all);
        return (median, (float)all.Average(v => Math.Abs((double)v - median)));
    }
}
