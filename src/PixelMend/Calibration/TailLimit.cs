using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Calibration;

/// <summary>
/// Where the upper tail of good photosites' scores ends. Tails of sensors are heavier than a Gaussian's (read noise has a few loud readings, dark current
/// is nearly log-normal), so the tail is read from the scores themselves: score = a · g^b, g the Gaussian quantile of its rank, is fitted to the last
/// percent and continued to the stated rate. For Gaussian scores b is 1 and the limit is that of <see cref="FalseAlarmLimits.Sigmas"/>.
/// </summary>
internal static class TailLimit
{
    /// <summary>
    /// Scores beyond this are defects, whatever the tail: it may be made of nothing else, as on a sensor that leaks in one photosite of a hundred. What is
    /// 8 spreads off is so for certain; one less, so that another series of the same sensor, with noise of its own, names the same ones.
    /// </summary>
    public const float Beyond = 7;

    private const double Near = 0.01;
    private const double Far = 0.003;

    /// <summary>More than this would be defects taken for the tail.</summary>
    private const double Steepest = 2;

    /// <summary>The limit; reorders <paramref name="scores"/>, of which good photosites have a spread of 1.</summary>
    /// <param name="scores">Scores of a sample of all photosites.</param>
    /// <param name="rate">False alarms per photosite.</param>
    /// <param name="most">What no tail moves it beyond.</param>
    public static float Of(Span<float> scores, double rate, float most = Beyond)
    {
        double gaussian = FalseAlarmLimits.Sigmas(rate);
        double near = Quantiles.Select(scores, 1 - Near);
        double far = Quantiles.Select(scores, 1 - Far);
        if (near <= 0 || far <= near)
        {
            return (float)gaussian;
        }

        double farGaussian = FalseAlarmLimits.Sigmas(Far);
        double exponent = Math.Log(far / near) / Math.Log(farGaussian / FalseAlarmLimits.Sigmas(Near));
        double tail = far * Math.Pow(gaussian / farGaussian, Math.Clamp(exponent, 1, Steepest));
        return (float)Math.Max(gaussian, Math.Min(tail, most));
    }

    /// <summary>The same for deviations from frame to frame, as a multiple of their median.</summary>
    /// <param name="deviation">Of each photosite, the least and the largest reading left out.</param>
    /// <param name="median">Its median.</param>
    /// <param name="frames">Frames that went into it.</param>
    /// <param name="rate">False alarms per photosite.</param>
    public static float OfDeviations(Plane<float> deviation, float median, int frames, double rate)
    {
        float[] logs = PlaneSamples.Take(deviation, static (_, _) => true, (value, _, _) => MathF.Log(MathF.Max(value, 1e-6f) / median));
        float spread = Quantiles.MadToSigma * Quantiles.Median([.. logs.Select(MathF.Abs)]);
        for (int i = 0; i < logs.Length; i++)
        {
            logs[i] /= spread;
        }

        double tail = Math.Exp(spread * Of(logs, rate, most: float.PositiveInfinity));
        // Two readings are left out of the deviation, and one more went into its mean.
        return (float)Math.Max(tail, FalseAlarmLimits.DeviationRatio(frames - 2, rate));
    }
}
