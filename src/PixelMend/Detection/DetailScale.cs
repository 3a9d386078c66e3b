using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// How much residuals of good photosites vary, in units of noise, by how much those around them do: read from the frame itself, so that deviations
/// in quiet and in busy places mean the same.
/// </summary>
internal sealed class DetailScale
{
    private const int Bins = 24;
    private const int FirstBin = -4;
    private const int BinsPerOctave = 2;

    /// <summary>Residuals that a bin needs to speak for itself.</summary>
    private const int LeastResiduals = 200;

    /// <summary>Most residuals lie within this quantile; a Gaussian's would within so many standard deviations.</summary>
    private const double Quantile = 0.95;
    private const float QuantileDeviations = 1.96f;

    /// <summary>What bins without a word of their own assume: residuals vary somewhat more than those around on average.</summary>
    private const float UsualPart = 1.6f;

    private readonly float[] deviations;

    /// <param name="samples">Activity around, and absolute residual, of many photosites; both in units of noise.</param>
    public DetailScale(IEnumerable<(float Activity, float Residual)> samples)
    {
        var bins = new List<float>[Bins];
        for (int b = 0; b < Bins; b++)
        {
            bins[b] = [];
        }

        foreach ((float activity, float residual) in samples)
        {
            bins[(int)Position(activity)].Add(residual);
        }

        deviations = [.. bins.Select((bin, b) => Deviation(bin, b))];
    }

    /// <summary>Standard deviation of a good photosite's residual where those around are <paramref name="activity"/> on average, in units of noise.</summary>
    public float At(float activity)
    {
        // Bins speak for their middle; between two middles the scale is continuous.
        float position = Math.Clamp(Position(activity) - 0.5f, 0, Bins - 1.001f);
        int bin = (int)position;
        return deviations[bin] + ((position - bin) * (deviations[bin + 1] - deviations[bin]));
    }

    private static float Position(float activity) => Math.Clamp((MathF.Log2(activity) * BinsPerOctave) - FirstBin, 0, Bins - 0.001f);

    private static float Deviation(List<float> residuals, int bin)
    {
        float[] values = [.. residuals];
        return values.Length < LeastResiduals
            ? UsualPart * MathF.Pow(2, (bin + 0.5f + FirstBin) / BinsPerOctave)
            : MathF.Max(Quantiles.MadToSigma * Quantiles.Median(values), Quantiles.Select(values, Quantile) / QuantileDeviations);
    }
}
