using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Evaluation;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>
/// Rank and clamp with a noise table, as defect pixel correction in camera processors does it (libcamera 0.3, rkisp1 DPCC: rank order and rank neighbour
/// difference): a photosite that would be clamped to the second largest or second smallest of its eight same-colour neighbours by more than a number of
/// standard deviations of the noise at that level. Bayer only. The hardware's register values are tuned for each camera; six deviations stand in for them,
/// with the noise that the file states or the frame shows. Re-expressed from its description; not the peer's code.
/// </summary>
internal sealed class RankNoiseDetector(Settings settings) : IDefectDetector
{
    private const int TableSize = 257;

    public static Peer<IDefectDetector> Registration { get; } =
        new(
            new(
                "rank + noise*",
                "Beyond the second extreme of the eight same-colour neighbours by a number of deviations of the noise.",
                "libcamera, rkisp1 defect pixel cluster correction",
                [new Parameter("sigmas", 6, 0, 100, "deviations of the noise that are tolerated")],
                settings => new RankNoiseDetector(settings)
            ),
            PeerCfas.IsBayer
        );

    public void Detect(Evidence evidence, DefectMap.Builder found, ParallelOptions options)
    {
        RawFrame frame = evidence.Frame;
        Plane<float> samples = LinearSamples.Of(frame);
        float[] noise = Table(frame, options);
        WindowScan.Run(
            evidence,
            found,
            2,
            options,
            (x, y) =>
            {
                Span<float> ring = stackalloc float[8];
                SameColorWindow.Read(samples, x, y, 2, ring);

                (float low, float high) = SecondExtremes(ring);
                float clamped = Math.Clamp(samples[x, y], low, high);
                int level = (int)(LinearSamples.ToSignal(frame, x, y, clamped) * (TableSize - 1));
                float limit = noise[Math.Clamp(level, 0, TableSize - 1)] * frame.Levels.Span(x, y);
                return (samples[x, y] - clamped) / limit;
            }
        );
    }

    private static (float Low, float High) SecondExtremes(ReadOnlySpan<float> values)
    {
        (float least, float low) = (float.PositiveInfinity, float.PositiveInfinity);
        (float most, float high) = (float.NegativeInfinity, float.NegativeInfinity);
        foreach (float value in values)
        {
            low = MathF.Min(low, MathF.Max(least, value));
            least = MathF.Min(least, value);
            high = MathF.Max(high, MathF.Min(most, value));
            most = MathF.Max(most, value);
        }

        return (low, high);
    }

    /// <summary>The margin by signal, from black to white.</summary>
    private float[] Table(RawFrame frame, ParallelOptions options)
    {
        var own = FrameNoise.Of(frame, DefectMap.Empty(frame.Width, frame.Height), options);
        return [.. Enumerable.Range(0, TableSize).Select(i => (float)(settings["sigmas"] * Sigma((double)i / (TableSize - 1))))];

        double Sigma(double signal) =>
            frame.Info.Noise is [var stated, ..] ? Math.Sqrt((stated.Scale * signal) + stated.Offset) : own.Sigma(signal);
    }
}
