namespace PixelMend.Calibration;

/// <summary>
/// Limits from a stated rate of false alarms, and the numbers of frames that such limits need. A rate is a probability per photosite.
/// </summary>
public static class FalseAlarmLimits
{
    /// <summary>Photosites of the sensor for which users state their rate.</summary>
    public const double Photosites = 24e6;

    /// <summary>Visits to a level that prove it.</summary>
    public const int Visits = 3;

    private const double MostChance = 0.01;

    /// <summary>How many standard deviations a Gaussian passes, to one side, with this probability.</summary>
    /// <param name="rate">Probability, above 0 and below ½.</param>
    public static double Sigmas(double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rate, 0.5);
        // Rational approximation 26.2.23 of Abramowitz and Stegun, error below 4.5e-4, where the limits' own meaning is far less sharp.
        double t = Math.Sqrt(-2 * Math.Log(rate));
        return t - ((2.515517 + (t * (0.802853 + (t * 0.010328)))) / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308)))))));
    }

    /// <summary>How many times its true value a standard deviation measured from so many frames passes with this probability (Wilson and Hilferty 1931).</summary>
    public static double DeviationRatio(int frames, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 2);
        double part = 2.0 / (9 * (frames - 1));
        return Math.Pow(1 - part + (Sigmas(rate) * Math.Sqrt(part)), 1.5);
    }

    /// <summary>Frames needed to see a level that a photosite takes for a share <paramref name="duty"/> of the time at least three times, with 99 % certainty.</summary>
    public static int FramesForTelegraph(double duty)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(duty);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(duty, 1);
        int frames = Visits;
        while (ChanceOfFewer(frames, duty) > MostChance)
        {
            frames++;
        }

        return frames;
    }

    private static double ChanceOfFewer(int frames, double duty)
    {
        double term = Math.Pow(1 - duty, frames);
        double sum = term;
        for (int k = 1; k < Visits; k++)
        {
            term *= (frames - k + 1.0) / k * duty / (1 - duty);
            sum += term;
        }

        return sum;
    }
}
