using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>
/// Infinite-ISP 1 (and openISP), "dead pixel correction" (algorithm description of the reference model; Yongji and Xiaojun, ITNEC 2020): a photosite is bad
/// when it lies outside the range of its eight same-colour neighbours and differs from each of them by more than a threshold. Bayer only.
/// Re-expressed from its description; not the peer's code.
/// </summary>
internal sealed class InfiniteIspDetector(Settings settings) : IDefectDetector
{
    public static Peer<IDefectDetector> Registration { get; } =
        new(
            new(
                "Infinite-ISP*",
                "Beyond all eight same-colour neighbours by more than a threshold.",
                "Infinite-ISP algorithm description, dead pixel correction",
                [new Parameter("threshold", 80.0 / 1023, 0, 1, "margin as a part of the range; 80 of ten bits")],
                settings => new InfiniteIspDetector(settings)
            ),
            PeerCfas.IsBayer
        );

    public void Detect(Evidence evidence, DefectMap.Builder found, ParallelOptions options)
    {
        Plane<float> samples = LinearSamples.Of(evidence.Frame);
        float margin = (float)settings["threshold"] * evidence.Frame.Levels.Range;
        WindowScan.Run(
            evidence,
            found,
            2,
            options,
            (x, y) =>
            {
                Span<float> ring = stackalloc float[8];
                SameColorWindow.Read(samples, x, y, 2, ring);
                (float least, float most) = (ring[0], ring[0]);
                foreach (float other in ring)
                {
                    least = MathF.Min(least, other);
                    most = MathF.Max(most, other);
                }

                float own = samples[x, y];
                return own > most ? (own - most) / margin
                    : own < least ? (own - least) / margin
                    : 0;
            }
        );
    }
}
