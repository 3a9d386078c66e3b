using PixelMend.Algorithms;
using PixelMend.Benchmarks.Statistics;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>
/// RawTherapee 5, "hot/dead pixel filter" (RawPedia, Preprocessing; Emil Martinec's test): a photosite is bad when its distance from the median of its
/// colour in 5 × 5 exceeds a share of the summed distances of the 24 photosites around it. Bayer only; X-Trans has no such filter.
/// Re-expressed from its description; not the peer's code.
/// </summary>
internal sealed class RawTherapeeDetector(Settings settings) : IDefectDetector
{
    private const int Reach = 2;

    public static Peer<IDefectDetector> Registration { get; } =
        new(
            new(
                "RawTherapee*",
                "Distance from the median of nine same-colour photosites, against such distances around.",
                "RawPedia, Preprocessing: hot/dead pixel filter",
                [new Parameter("threshold", 100, 0, 1000, "the slider's value")],
                settings => new RawTherapeeDetector(settings)
            ),
            PeerCfas.IsBayer
        );

    public void Detect(Evidence evidence, DefectMap.Builder found, ParallelOptions options)
    {
        Plane<float> distance = Distances(evidence.Frame, options);
        float share = (float)((settings["threshold"] / 5) + 1) / 24;
        WindowScan.Run(
            evidence,
            found,
            Reach,
            options,
            (x, y) =>
            {
                float own = distance[x, y];
                float around = -MathF.Abs(own);
                for (int dy = -Reach; dy <= Reach; dy++)
                {
                    foreach (float other in distance.Row(y + dy).Slice(x - Reach, (2 * Reach) + 1))
                    {
                        around += MathF.Abs(other);
                    }
                }

                return own == 0 ? 0 : own / (share * around);
            }
        );
    }

    /// <summary>Each photosite less its median; zero at the borders, whose windows are cut.</summary>
    private static Plane<float> Distances(RawFrame frame, ParallelOptions options)
    {
        Plane<float> samples = LinearSamples.Of(frame);
        var distance = new Plane<float>(frame.Width, frame.Height);
        Area active = frame.ActiveArea;
        Parallel.For(
            active.Top + Reach,
            Math.Max(active.Top + Reach, active.Bottom - Reach),
            options,
            y =>
            {
                Span<float> nine = stackalloc float[9];
                for (int x = active.Left + Reach; x < active.Right - Reach; x++)
                {
                    SameColorWindow.Read(samples, x, y, 2, nine);
                    distance[x, y] = samples[x, y] - Middle.Of(nine);
                }
            }
        );
        return distance;
    }
}
