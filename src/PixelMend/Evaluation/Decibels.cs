namespace PixelMend.Evaluation;

/// <summary>Errors on a logarithmic scale.</summary>
public static class Decibels
{
    /// <summary>What an exact repair gets: means and tables need a number.</summary>
    public const double Most = 120;

    /// <summary>Peak signal-to-noise ratio of errors given as parts of the range, at most <see cref="Most"/>.</summary>
    /// <param name="squaredSum">Sum of squared errors.</param>
    /// <param name="count">How many there were.</param>
    public static double OfError(double squaredSum, int count) =>
        count == 0 || squaredSum == 0 ? Most : Math.Min(Most, -10 * Math.Log10(squaredSum / count));
}
