namespace PixelMend.Prediction;

/// <summary>
/// Poisson–Gaussian noise: variance = Offset + Slope · signal, in signal² (black 0, white 1). What remains unexplained in quiet places of the frame.
/// </summary>
internal readonly record struct NoiseScale(double Offset, double Slope)
{
    private const int Bins = 16;

    /// <summary>Fits residual spread against level.</summary>
    /// <param name="levels">Signals.</param>
    /// <param name="residuals">Absolute residuals at them.</param>
    /// <param name="quantisation">Distance between two codes, as a signal.</param>
    public static NoiseScale Fit(float[] levels, float[] residuals, double quantisation)
    {
        double floor = quantisation * quantisation / 12;
        int[] order = [.. Enumerable.Range(0, levels.Length)];
        Array.Sort((float[])levels.Clone(), order);
        double sumW = 0,
            sumX = 0,
            sumY = 0,
            sumXX = 0,
            sumXY = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            int from = (int)((long)order.Length * bin / Bins);
            int to = (int)((long)order.Length * (bin + 1) / Bins);
            if (to - from < 8)
            {
                continue;
            }

            float sigma = Quantiles.MadToSigma * Quantiles.Median([.. order[from..to].Select(k => residuals[k])]);
            double x = Math.Max(0, levels[order[(from + to) / 2]]);
            double y = Math.Max((double)sigma * sigma, floor);
            double w = 1 / (y * y);
            sumW += w;
            sumX += w * x;
            sumY += w * y;
            sumXX += w * x * x;
            sumXY += w * x * y;
        }

        if (sumW == 0)
        {
            return new NoiseScale(floor, 0);
        }

        double determinant = (sumW * sumXX) - (sumX * sumX);
        double slope = determinant > 1e-12 * sumW * sumXX ? Math.Max(0, ((sumW * sumXY) - (sumX * sumY)) / determinant) : 0;
        double offset = Math.Max(floor, (sumY - (slope * sumX)) / sumW);
        return new NoiseScale(offset, slope);
    }

    public double Sigma(double signal) => Math.Sqrt(Offset + (Slope * Math.Max(0, signal)));
}
