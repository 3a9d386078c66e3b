using System.Numerics;

namespace PixelMend.Kernels;

/// <summary>
/// How far a photosite must stand out for <see cref="RingScreen"/>, in samples as stored. It grows with the signal as the root of its variance does;
/// two straight lines, of which the lower counts, stay below that.
/// </summary>
/// <typeparam name="T"><see cref="ushort"/> or <see cref="float"/>.</typeparam>
/// <param name="Black">Sample without light.</param>
/// <param name="Dark">Margin at black.</param>
/// <param name="DarkGrowth">Its growth from there per signal; of codes in 65536ths.</param>
/// <param name="Bright">Where the line for bright places meets black.</param>
/// <param name="BrightGrowth">Its growth.</param>
/// <param name="Texture">What is added, as a part of the range of the neighbours without the highest and lowest.</param>
internal readonly record struct ScreenMargin<T>(T Black, T Dark, T DarkGrowth, T Bright, T BrightGrowth, T Texture)
    where T : unmanaged, INumber<T>;

/// <summary>Margins that spare nothing which reaches a score.</summary>
internal static class ScreenMargin
{
    /// <summary>Samples are compared with means that were rounded: no more than this is lost.</summary>
    private const double Rounding = 0.501;

    private const double CodeFraction = 65536;

    /// <summary>The part of the range of codes that each term of a margin may take, so that no sum exceeds it.</summary>
    private const double ThirdOfCodes = 21845;

    /// <summary>For codes.</summary>
    /// <param name="scale">What residuals are measured against.</param>
    /// <param name="score">Least score of interest.</param>
    /// <param name="black">Code of black.</param>
    /// <param name="span">Codes from black to white.</param>
    public static ScreenMargin<ushort> OfCodes(in DefectScale scale, float score, float black, float span)
    {
        double range = ushort.MaxValue - Math.Max(0, black);
        Lines lines = Chords(scale, score, span, range);
        return new ScreenMargin<ushort>(
            (ushort)Math.Clamp(Math.Ceiling(black), 0, ushort.MaxValue),
            Level(lines.Dark),
            Growth(lines.DarkGrowth),
            Level(lines.Bright),
            Growth(lines.BrightGrowth),
            Growth(score * scale.Excuses.Texture)
        );

        static ushort Level(double level) => (ushort)Math.Clamp(Math.Floor(level - Rounding), 0, ThirdOfCodes);
        static ushort Growth(double growth) => (ushort)Math.Clamp(Math.Floor(growth * CodeFraction), 0, ThirdOfCodes);
    }

    /// <summary>For signals, black 0 and white 1.</summary>
    public static ScreenMargin<float> OfSignals(in DefectScale scale, float score)
    {
        const double brightest = 4; // beyond white only defects are, and floats that were scaled
        const double safe = 1 - 1e-5;
        Lines lines = Chords(scale, score, 1, brightest);
        return new ScreenMargin<float>(
            0,
            (float)(safe * lines.Dark),
            (float)(safe * lines.DarkGrowth),
            (float)(safe * lines.Bright),
            (float)(safe * lines.BrightGrowth),
            (float)(safe * score * scale.Excuses.Texture)
        );
    }

    /// <summary>Score · σ, from below: from black to the bend, and from there on.</summary>
    private static Lines Chords(in DefectScale scale, float score, double span, double range)
    {
        (double offset, double slope) = (scale.NoiseOffset, scale.NoiseSlope);
        double Margin(double signal) => score * span * Math.Sqrt(offset + (slope * signal / span));

        // The two chords miss the root least, as a ratio, where the variances at both ends and at the bend are in geometric progression.
        double bend = slope <= 0 ? range / 2 : span * (Math.Sqrt(offset * (offset + (slope * range / span))) - offset) / slope;
        bend = Math.Clamp(bend, range * 1e-6, range * 0.9);
        double dark = (Margin(bend) - Margin(0)) / bend;
        double bright = (Margin(range) - Margin(bend)) / (range - bend);
        return new Lines(Margin(0), dark, Margin(bend) - (bright * bend), bright);
    }

    private readonly record struct Lines(double Dark, double DarkGrowth, double Bright, double BrightGrowth);
}
