using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Correction;

/// <summary>One value from the nearest good same-colour photosites: their mean weighted by 1 / distance, or their median.</summary>
internal sealed class RingCorrector : IDefectCorrector
{
    private const int MeanOf = 4;
    private const int MedianOf = 8;

    private readonly bool median;

    private RingCorrector(bool median) => this.median = median;

    public static Algorithm<IDefectCorrector> Mean { get; } =
        new(
            "ring-mean",
            "Averages the four nearest good same-colour photosites, weighted by 1 / distance.",
            "The classic repair of image signal processors",
            [],
            _ => new RingCorrector(median: false)
        );

    public static Algorithm<IDefectCorrector> Median { get; } =
        new(
            "ring-median",
            "Takes the median of the eight nearest good same-colour photosites.",
            "The classic median repair",
            [],
            _ => new RingCorrector(median: true)
        );

    public CorrectionReport Correct(RawFrame frame, DefectMap map, ParallelOptions options)
    {
        var job = new CorrectionJob(frame, map);
        return job.Run((x, y) => Infer(frame, job, x, y), options);
    }

    private Inferred? Infer(RawFrame frame, CorrectionJob job, int x, int y)
    {
        int wanted = median ? MedianOf : MeanOf;
        Span<float> signals = stackalloc float[wanted];
        int count = 0;
        float sum = 0;
        float weights = 0;
        bool active = frame.ActiveArea.Contains(x, y);
        ReadOnlySpan<Offset> ring = frame.Cfa.Neighbors(x, y);
        foreach (Offset step in ring)
        {
            if (count < wanted && job.IsGood(x + step.Dx, y + step.Dy, active))
            {
                float signal = frame.Signal(x + step.Dx, y + step.Dy);
                float weight = 1 / MathF.Sqrt(step.SquaredLength);
                signals[count++] = signal;
                sum += weight * signal;
                weights += weight;
            }
        }

        return count < (wanted + 1) / 2
            ? null
            : new Inferred(median ? Quantiles.Median(signals[..count]) : sum / weights, (float)count / wanted * 0.9f);
    }
}
