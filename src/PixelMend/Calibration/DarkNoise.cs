using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Calibration;

/// <summary>How readings of good photosites spread in the dark: by the noise of all of them, and by the shot noise of what one leaks.</summary>
/// <param name="Still">Noise of one that does not leak, ADU.</param>
/// <param name="Middle">What it reads, ADU.</param>
/// <param name="Gain">ADU per electron; 0 where leaking photosites do not tell.</param>
internal sealed record DarkNoise(float Still, float Middle, float Gain)
{
    /// <summary>Readings this many times the noise away from the usual one are no noise.</summary>
    public const float Jump = 6;

    /// <summary>Where the converter hides the noise, one code up is no jump.</summary>
    private const float Least = 1 / 3f;

    /// <summary>Photosites this many times the noise above the middle are where leakage is read for the gain.</summary>
    private const float Leaking = 20;

    /// <summary>Readings beyond this part of the range may be clipped.</summary>
    private const float Clipped = 0.7f;

    /// <summary>What a stack tells so far.</summary>
    public static DarkNoise Of(StackStatistics stack, ParallelOptions options)
    {
        float still = Math.Max(Least, PlaneSamples.Median(PlaneSamples.Rows(stack.Width, stack.Height, stack.Cfa, stack.ReadDeviation)));
        float middle = PlaneSamples.Median(PlaneSamples.Rows(stack.Width, stack.Height, stack.Cfa, stack.ReadTrimmedMean));
        return new DarkNoise(still, middle, (float)(NoiseModel.GainFromLeaks(Leaks(stack, still, middle, options)) ?? 0));
    }

    /// <summary>Noise of a photosite that usually reads this, ADU.</summary>
    public float At(float usual) => MathF.Sqrt((Still * Still) + (Gain * MathF.Max(0, usual - Middle)));

    private static List<TransferPoint> Leaks(StackStatistics stack, float still, float middle, ParallelOptions options)
    {
        // The median of so few squared deviations lies below their mean.
        double median = Math.Pow(DarkCalibration.MedianOfDeviation(stack.Count), 2);
        float far = Leaking * still;
        return RowFindings.Of<TransferPoint, float[]>(
            stack.Height,
            options,
            () => new float[stack.Width],
            (y, mean, found) =>
            {
                stack.ReadTrimmedMean(y, mean);
                for (int x = 0; x < mean.Length; x++)
                {
                    float excess = mean[x] - middle;
                    if (MathF.Abs(excess) > far && excess < Clipped * stack.Levels.Span(x, y))
                    {
                        double deviation = stack.DeviationAt(x, y);
                        found.Add(new TransferPoint(excess, Math.Max(0, (deviation * deviation / median) - (still * still))));
                    }
                }
            }
        );
    }
}
