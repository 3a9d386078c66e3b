using PixelMend.Prediction;

namespace PixelMend.Calibration;

/// <summary>One point of the photon-transfer curve.</summary>
/// <param name="Mean">Signal above the dark frame, ADU: EMVA 1288 µy − µy.dark.</param>
/// <param name="Variance">Temporal variance above that of the dark frame, ADU²: EMVA 1288 σ²y − σ²y.dark.</param>
public readonly record struct TransferPoint(double Mean, double Variance);

/// <summary>How a good photosite's readings spread from frame to frame: variance = read variance + gain · signal.</summary>
/// <param name="Gain">Overall system gain K of EMVA 1288, ADU per electron.</param>
/// <param name="DarkVariance">Temporal variance without light, ADU²: EMVA 1288 σ²y.dark.</param>
public readonly record struct NoiseModel(double Gain, double DarkVariance)
{
    /// <summary>Temporal dark noise σd of EMVA 1288, electrons, quantisation noise of 1/12 ADU² taken off; NaN where the gain is not known.</summary>
    public double ReadNoise => Gain > 0 ? Math.Sqrt(Math.Max(0, DarkVariance - (1.0 / 12))) / Gain : double.NaN;

    /// <summary>Variance expected at a signal above dark, ADU².</summary>
    public double VarianceAt(double signal) => DarkVariance + (Gain * Math.Max(0, signal));

    /// <summary>The gain that fits points of a photon-transfer curve best: a straight line through the origin, each point weighed by its mean alone.</summary>
    /// <returns>Null without points that tell.</returns>
    public static double? FitGain(IEnumerable<TransferPoint> points)
    {
        double up = 0;
        double across = 0;
        foreach (TransferPoint point in points)
        {
            // Each point's error is in proportion to its variance, hence nearly to its mean: the weights 1 / mean² leave mean ratios.
            if (point.Mean > 0 && point.Variance > 0)
            {
                up += point.Variance / point.Mean;
                across++;
            }
        }

        return across > 0 ? up / across : null;
    }

    /// <summary>The gain that leaking photosites tell by themselves: theirs is the same shot noise as that of light.</summary>
    /// <param name="outliers">Photosites far above and far below the middle: leakage only adds, and where as many are far below it is noise that scatters them.</param>
    /// <returns>Null where too few leak.</returns>
    internal static double? GainFromLeaks(IEnumerable<TransferPoint> outliers)
    {
        const int least = 30;
        const int highForLow = 10;
        var ratios = new List<float>();
        int low = 0;
        foreach (TransferPoint point in outliers)
        {
            if (point.Mean > 0)
            {
                ratios.Add((float)(point.Variance / point.Mean));
            }
            else
            {
                low++;
            }
        }

        return ratios.Count >= least && ratios.Count >= highForLow * low ? Math.Max(0, Quantiles.Median([.. ratios])) : null;
    }
}
