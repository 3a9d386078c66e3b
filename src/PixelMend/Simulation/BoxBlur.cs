namespace PixelMend.Simulation;

/// <summary>A wide blur whose cost does not grow with its width: three running means in a row come close to a Gaussian.</summary>
internal static class BoxBlur
{
    private const int Passes = 3;

    /// <summary>Blurs one row or column in place; beyond its ends it goes on with its last value.</summary>
    /// <param name="samples">All samples.</param>
    /// <param name="start">Index of the line's first sample.</param>
    /// <param name="step">From one of its samples to the next.</param>
    /// <param name="length">Number of its samples.</param>
    /// <param name="sigma">Standard deviation of the Gaussian, samples.</param>
    public static void Smooth(float[] samples, int start, int step, int length, double sigma)
    {
        var line = new double[length];
        var mean = new double[length];
        for (int i = 0; i < length; i++)
        {
            line[i] = samples[start + (i * step)];
        }

        double variance = sigma * sigma;
        for (int pass = 0; pass < Passes; pass++)
        {
            // A mean of w values has variance (w² − 1) / 12 and variances add up: each pass takes its part of what is left.
            int reach = (int)Math.Round((Math.Sqrt((12 * Math.Max(0, variance) / (Passes - pass)) + 1) - 1) / 2);
            variance -= reach * (reach + 1) / 3.0;
            double sum = 0;
            for (int i = -reach; i <= reach; i++)
            {
                sum += line[Math.Clamp(i, 0, length - 1)];
            }

            for (int i = 0; i < length; i++)
            {
                mean[i] = sum / ((2 * reach) + 1);
                sum += line[Math.Min(i + reach + 1, length - 1)] - line[Math.Max(i - reach, 0)];
            }

            (line, mean) = (mean, line);
        }

        for (int i = 0; i < length; i++)
        {
            samples[start + (i * step)] = (float)line[i];
        }
    }
}
