using PixelMend.Frames;

namespace PixelMend.Prediction;

/// <summary>
/// Poisson–Gaussian noise: variance = Offset + Slope · signal, in signal² (black 0, white 1). What remains unexplained where there is little to explain.
/// </summary>
internal readonly record struct NoiseScale(double Offset, double Slope)
{
    private const int Bins = 16;
    private const int LeastInBin = 8;
    private const int Rounds = 6;

    /// <summary>The power to which a level's own variance lessens its weight; the fitted one makes it up to the square.</summary>
    private const double OwnWord = 0.5;

    /// <summary>
    /// Fits residual spread against level where a scene is calmer than usual for its level. Calm must be told from others than the photosites that are judged: those
    /// with small residuals are not calm but lucky.
    /// </summary>
    /// <param name="levels">Signals.</param>
    /// <param name="residuals">Absolute residuals at them.</param>
    /// <param name="activities">How much goes on around each.</param>
    /// <param name="quantisation">Distance between two codes, as a signal.</param>
    public static NoiseScale FitCalm(LevelOrder levels, float[] residuals, float[] activities, double quantisation) =>
        Fit(levels, residuals, quantisation, bin => Calmer(bin, activities));

    /// <summary>Fits residual spread against level.</summary>
    /// <param name="levels">Signals.</param>
    /// <param name="residuals">Absolute residuals at them.</param>
    /// <param name="quantisation">Distance between two codes, as a signal.</param>
    public static NoiseScale Fit(LevelOrder levels, float[] residuals, double quantisation) =>
        Fit(levels, residuals, quantisation, bin => bin);

    private static int[] Calmer(int[] bin, float[] activities)
    {
        float usual = Quantiles.Median([.. bin.Select(k => activities[k])]);
        return [.. bin.Where(k => activities[k] <= usual)];
    }

    private static NoiseScale Fit(LevelOrder levels, float[] residuals, double quantisation, Func<int[], int[]> choose)
    {
        double floor = Rounding(quantisation);
        int[] order = levels.Order;
        var seen = new List<(double Level, double Variance)>();
        for (int bin = 0; bin < Bins; bin++)
        {
            int from = (int)((long)order.Length * bin / Bins);
            int to = (int)((long)order.Length * (bin + 1) / Bins);
            if (to - from >= LeastInBin)
            {
                float sigma = Quantiles.MadToSigma * Quantiles.Median([.. choose(order[from..to]).Select(k => residuals[k])]);
                seen.Add((Math.Max(0, levels.Sorted[(from + to) / 2]), Math.Max((double)sigma * sigma, floor)));
            }
        }

        if (seen.Count == 0)
        {
            return new NoiseScale(floor, 0);
        }

        // Places without noise and busy ones are both exceptions. Weights from the fit alone would follow the busy ones, from what is seen alone the others.
        NoiseScale fit = Line(seen, s => 1 / (s.Variance * s.Variance), floor);
        for (int round = 0; round < Rounds; round++)
        {
            NoiseScale before = fit;
            fit = Line(seen, s => 1 / (Math.Pow(s.Variance, OwnWord) * Math.Pow(before.Variance(s.Level), 2 - OwnWord)), floor);
        }

        return fit;
    }

    /// <summary>Least squares, with neither offset nor slope below what can be.</summary>
    private static NoiseScale Line(
        List<(double Level, double Variance)> seen,
        Func<(double Level, double Variance), double> weight,
        double floor
    )
    {
        double sumW = 0,
            sumX = 0,
            sumY = 0,
            sumXX = 0,
            sumXY = 0;
        foreach ((double Level, double Variance) s in seen)
        {
            double w = weight(s);
            sumW += w;
            sumX += w * s.Level;
            sumY += w * s.Variance;
            sumXX += w * s.Level * s.Level;
            sumXY += w * s.Level * s.Variance;
        }

        double determinant = (sumW * sumXX) - (sumX * sumX);
        double slope = determinant > 1e-12 * sumW * sumXX ? Math.Max(0, ((sumW * sumXY) - (sumX * sumY)) / determinant) : 0;
        double offset = (sumY - (slope * sumX)) / sumW;
        if (offset < floor)
        {
            // Levels that hardly differ leave the slope open: with the least offset that can be, it is the other that gives way.
            (offset, slope) = (floor, sumXX > 0 ? Math.Max(0, (sumXY - (floor * sumX)) / sumXX) : 0);
        }

        return new NoiseScale(offset, slope);
    }

    /// <summary>
    /// The noise that the file declares, where that can be: what is seen also holds some detail, so that it is an upper bound, and the only one where a
    /// sensor's noise was filtered away. Where a profile is far below, there is detail everywhere, which is what photosites must be measured against.
    /// </summary>
    /// <param name="declared">Profiles by colour; empty for none.</param>
    /// <param name="level">A usual signal of the frame.</param>
    /// <param name="quantisation">Distance between two codes, as a signal.</param>
    public NoiseScale Given(IReadOnlyList<NoiseProfile> declared, double level, double quantisation)
    {
        const double least = 1.0 / 4;
        if (declared.Count == 0)
        {
            return this;
        }

        var scale = new NoiseScale(
            Math.Max(Rounding(quantisation), declared.Average(n => n.Offset)),
            Math.Max(0, declared.Average(n => n.Scale))
        );
        double ratio = scale.Variance(level) / Variance(level);
        return ratio is >= least and <= 1 ? scale : this;
    }

    /// <summary>Variance of what rounding to codes adds.</summary>
    private static double Rounding(double quantisation) => quantisation * quantisation / 12;

    private double Variance(double signal) => Offset + (Slope * Math.Max(0, signal));

    public double Sigma(double signal) => Math.Sqrt(Variance(signal));
}

/// <summary>Signals sorted once, for the two noise scales of a frame.</summary>
internal sealed class LevelOrder
{
    public LevelOrder(float[] levels)
    {
        Sorted = (float[])levels.Clone();
        Order = [.. Enumerable.Range(0, levels.Length)];
        Array.Sort(Sorted, Order);
    }

    public float[] Sorted { get; }

    /// <summary>Where each of the sorted ones was.</summary>
    public int[] Order { get; }
}
