using PixelMend.Prediction;

namespace PixelMend.Calibration;

/// <summary>
/// Where the upper tail of good photosites' scores ends. Tails of sensors are heavier than a Gaussian's (dark current is nearly log-normal), so the
/// tail is read from the scores themselves: score = a · g^b, g the Gaussian quantile of its rank, is fitted to the last percent and continued to the
/// stated rate. For Gaussian scores b is 1 and the limit is that of <see cref="FalseAlarmLimits.Sigmas"/>.
/// </summary>
internal static class TailLimit
{
    private const double Near = 0.01;
    private const double Far = 0.003;

    /// <summary>More than this would be defects taken for the tail.</summary>
    private const double Steepest = 2;

    /// <summary>The limit; reorders <paramref name="scores"/>, of which good photosites have a spread of 1.</summary>
    public static float Of(Span<float> scores, double rate)
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
        return (float)Math.Max(gaussian, far * Math.Pow(gaussian / farGaussian, Math.Clamp(exponent, 1, Steepest)));
    }
}
