using PixelMend.Frames;

namespace PixelMend.Formats.Fits;

/// <summary>
/// Black and white of a FITS image. The standard has no keyword for black; SATURATE is the customary one for white.
/// </summary>
internal static class FitsLevels
{
    /// <summary>Larger values than this many times the brightest thousandth are garbage, not light.</summary>
    private const float Garbage = 1e6f;

    private const int MostSorted = 1 << 18;

    /// <summary>Codes: black 0; white SATURATE where it is within the codes, else the largest code of the depth.</summary>
    public static Levels OfCodes(FitsHeader header, int depth)
    {
        int largest = (1 << depth) - 1;
        double? saturation = header.Number("SATURATE");
        return new Levels(0, saturation >= 1 && saturation <= largest ? (float)saturation : largest);
    }

    /// <summary>
    /// Floats: white is SATURATE, else the largest value that is not garbage; black is 0, or where nearly nothing is above 0 the smallest value.
    /// A constant image gets a range of 1.
    /// </summary>
    public static Levels OfValues(FitsHeader header, ReadOnlySpan<float> values)
    {
        float[] sorted = SomeSorted(values);
        if (sorted.Length == 0)
        {
            return new Levels(0, 1);
        }

        float bright = sorted[(sorted.Length - 1) - (sorted.Length / 1000)];
        float black = bright > 0 ? 0 : sorted[0];
        float bound = black + Math.Max((bright - black) * Garbage, float.Epsilon);
        float white = black;
        foreach (float value in values)
        {
            // Comparisons with NaN are false: missing values do not count.
            white = value > white && value <= bound ? value : white;
        }

        if (header.Number("SATURATE") is double saturation && saturation > black && saturation <= float.MaxValue)
        {
            white = (float)saturation;
        }

        return new Levels(black, white > black ? white : Next(black));
    }

    /// <summary>Black plus 1, or the next float where 1 is lost in rounding.</summary>
    private static float Next(float black) => black + 1 > black ? black + 1 : MathF.BitIncrement(black);

    /// <summary>Evenly spread values, enough for a quantile, missing ones left out.</summary>
    private static float[] SomeSorted(ReadOnlySpan<float> values)
    {
        int step = Math.Max(values.Length / MostSorted, 1);
        var some = new List<float>(values.Length / step);
        for (int i = 0; i < values.Length; i += step)
        {
            if (!float.IsNaN(values[i]))
            {
                some.Add(values[i]);
            }
        }

        some.Sort();
        return [.. some];
    }
}
