using System.Numerics;
using System.Runtime.CompilerServices;

namespace PixelMend.Kernels;

/// <summary>
/// How far a photosite must stand out for <see cref="RingScreen"/>, in samples as stored. It grows with the signal as the root of its variance does;
/// straight lines, of which the lowest counts, stay below that.
/// </summary>
/// <typeparam name="T"><see cref="ushort"/> or <see cref="float"/>.</typeparam>
/// <param name="Black">Sample without light.</param>
/// <param name="Dark">The line for the darkest places.</param>
/// <param name="Dim">For brighter ones.</param>
/// <param name="Light">For still brighter ones.</param>
/// <param name="Bright">For the brightest.</param>
/// <param name="Texture">What is added, as a part of the range of the neighbours without the highest and lowest.</param>
internal readonly record struct ScreenMargin<T>(
    T Black,
    MarginLine<T> Dark,
    MarginLine<T> Dim,
    MarginLine<T> Light,
    MarginLine<T> Bright,
    T Texture
)
    where T : unmanaged, INumber<T>
{
    /// <summary>The margin at black, whatever the neighbours read.</summary>
    public ScreenMargin<T> AtBlack()
    {
        var flat = new MarginLine<T>(Dark.Level, T.Zero);
        return new ScreenMargin<T>(Black, flat, flat, flat, flat, T.Zero);
    }
}

/// <summary>A straight line.</summary>
/// <typeparam name="T"><see cref="ushort"/> or <see cref="float"/>.</typeparam>
/// <param name="Level">Margin at black.</param>
/// <param name="Growth">Its growth from there per signal; of codes in 65536ths.</param>
internal readonly record struct MarginLine<T>(T Level, T Growth)
    where T : unmanaged, INumber<T>;

/// <summary>A margin for many photosites at a time.</summary>
internal readonly struct MarginLanes<T, TLanes>(in ScreenMargin<T> margin)
    where T : unmanaged, INumber<T>
    where TLanes : struct, ISampleLanes<TLanes, T>
{
    private readonly TLanes black = TLanes.Broadcast(margin.Black);
    private readonly TLanes texture = TLanes.Broadcast(margin.Texture);
    private readonly Line dark = new(margin.Dark);
    private readonly Line dim = new(margin.Dim);
    private readonly Line light = new(margin.Light);
    private readonly Line bright = new(margin.Bright);

    /// <summary>Margins without texture.</summary>
    /// <param name="samples">What tells how much light there is.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of(TLanes samples)
    {
        TLanes signal = TLanes.Above(samples, black);
        return TLanes.Min(TLanes.Min(dark.At(signal), dim.At(signal)), TLanes.Min(light.At(signal), bright.At(signal)));
    }

    /// <summary>Margins.</summary>
    /// <param name="samples">What tells how much light there is.</param>
    /// <param name="range">How far neighbours differ.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of(TLanes samples, TLanes range) => TLanes.Add(Of(samples), TLanes.Times(range, texture));

    private readonly struct Line(MarginLine<T> line)
    {
        private readonly TLanes level = TLanes.Broadcast(line.Level);
        private readonly TLanes growth = TLanes.Broadcast(line.Growth);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes At(TLanes signal) => TLanes.Add(level, TLanes.Times(signal, growth));
    }
}

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
        MarginLine<ushort>[] lines =
        [
            .. Chords(scale, score, span, range).Select(l => new MarginLine<ushort>(Level(l.Level), Growth(l.Growth))),
        ];
        return new ScreenMargin<ushort>(
            (ushort)Math.Clamp(Math.Ceiling(black), 0, ushort.MaxValue),
            lines[0],
            lines[1],
            lines[2],
            lines[3],
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
        MarginLine<float>[] lines =
        [
            .. Chords(scale, score, 1, brightest).Select(l => new MarginLine<float>((float)(safe * l.Level), (float)(safe * l.Growth))),
        ];
        return new ScreenMargin<float>(0, lines[0], lines[1], lines[2], lines[3], (float)(safe * score * scale.Excuses.Texture));
    }

    /// <summary>Score · σ, from below: chords from black to the end of the range.</summary>
    private static IEnumerable<MarginLine<double>> Chords(DefectScale scale, float score, double span, double range)
    {
        const int count = 4;
        (double offset, double slope) = (scale.NoiseOffset, scale.NoiseSlope * range / span);
        double growth = 1 + (slope / offset);
        double start = 0;
        for (int i = 1; i <= count; i++)
        {
            // The chords miss the root least, as a ratio, where the variances at their ends are in geometric progression.
            double end = growth > 1.001 ? range * (Math.Pow(growth, (double)i / count) - 1) / (growth - 1) : range * i / count;
            double rise = (Margin(end) - Margin(start)) / (end - start);
            yield return new MarginLine<double>(Margin(start) - (rise * start), rise);
            start = end;
        }

        double Margin(double signal) => score * span * Math.Sqrt(offset + (slope * signal / range));
    }
}
