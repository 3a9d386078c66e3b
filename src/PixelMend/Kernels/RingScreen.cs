using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>
/// Marks the photosites of a row that stand out in their own colour: beyond every mean of two opposite neighbours by more than a margin, and beyond
/// all but one of the eight by more than half of it. What does not cannot reach the score that the margin was made for
/// (<see cref="DefectScore"/>), so that only the marked ones need to be predicted at all.
/// </summary>
internal static class RingScreen
{
    /// <summary>Ring neighbours, opposite ones side by side.</summary>
    public const int RingLength = 8;

    /// <summary>Marks: one bit per photosite, the lowest bit of the first word for the first of the row.</summary>
    /// <param name="plane">Samples as stored.</param>
    /// <param name="origin">The first photosite of the row.</param>
    /// <param name="length">Photosites of the row.</param>
    /// <param name="ring">Eight offsets, each leading to <paramref name="length"/> samples inside the plane.</param>
    /// <param name="margin">How far beyond.</param>
    /// <param name="marks">At least (length + 31) / 32 words; what they held is lost.</param>
    public static void Run<T>(
        ReadOnlySpan<T> plane,
        int origin,
        int length,
        ReadOnlySpan<int> ring,
        in ScreenMargin<T> margin,
        Span<uint> marks
    )
        where T : unmanaged, INumber<T>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run<T, Samples512<T>>(plane, origin, length, ring, margin, marks);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<T, Samples256<T>>(plane, origin, length, ring, margin, marks);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Run<T, Samples128<T>>(plane, origin, length, ring, margin, marks);
        }
        else
        {
            Run<T, Sample<T>>(plane, origin, length, ring, margin, marks);
        }
    }

    /// <summary>The same with the given width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<T, TLanes>(
        ReadOnlySpan<T> plane,
        int origin,
        int length,
        ReadOnlySpan<int> ring,
        in ScreenMargin<T> margin,
        Span<uint> marks
    )
        where T : unmanaged, INumber<T>
        where TLanes : struct, ISampleLanes<TLanes, T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(ring.Length, RingLength);
        ArgumentOutOfRangeException.ThrowIfNegative(origin);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)origin + length, plane.Length);
        foreach (int offset in ring)
        {
            ArgumentOutOfRangeException.ThrowIfNegative((long)origin + offset, nameof(ring));
            ArgumentOutOfRangeException.ThrowIfGreaterThan((long)origin + offset + length, plane.Length, nameof(ring));
        }

        const int word = 32;
        ArgumentOutOfRangeException.ThrowIfLessThan(marks.Length, (length + word - 1) / word);
        ref T start = ref Unsafe.Add(ref MemoryMarshal.GetReference(plane), origin);
        var steps = new Ring(ring);
        if (length < word)
        {
            Single(ref start, length, steps, margin, marks);
            return;
        }

        var lanes = new MarginLanes<T, TLanes>(margin);
        for (int i = 0; i < length; i += word)
        {
            // The last word's photosites once more, with as many before them as fill whole vectors.
            int from = Math.Min(i, length - word);
            marks[i / word] = Word(ref Unsafe.Add(ref start, from), steps, lanes) >> (i - from);
        }
    }

    /// <summary>The marks of less than a word; by itself, so that the loop over words is not too much for the compiler.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Single<T>(ref T start, int length, in Ring ring, in ScreenMargin<T> margin, Span<uint> marks)
        where T : unmanaged, INumber<T>
    {
        var lanes = new MarginLanes<T, Sample<T>>(margin);
        for (int i = 0; i < length; i++)
        {
            uint mark = Marks(ref Unsafe.Add(ref start, i), ring, lanes) << i;
            marks[0] = i == 0 ? mark : marks[0] | mark;
        }
    }

    /// <summary>The marks of 32 photosites.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Word<T, TLanes>(ref T at, in Ring ring, in MarginLanes<T, TLanes> margin)
        where T : unmanaged, INumber<T>
        where TLanes : struct, ISampleLanes<TLanes, T>
    {
        uint bits = 0;
        for (int lane = 0; lane < 32; lane += TLanes.Count)
        {
            bits |= Marks(ref Unsafe.Add(ref at, lane), ring, margin) << lane;
        }

        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Marks<T, TLanes>(ref T at, in Ring ring, in MarginLanes<T, TLanes> margin)
        where T : unmanaged, INumber<T>
        where TLanes : struct, ISampleLanes<TLanes, T>
    {
        TLanes center = TLanes.Load(in at);
        if (!AnyMayStandOut<T, TLanes>(center, ref at, ring, margin))
        {
            return 0;
        }

        // Two pairs at a time: the two highest and the two lowest of four, then of all eight.
        (TLanes most, TLanes second, TLanes lastButOne, TLanes last, TLanes highMean, TLanes lowMean) = Four<T, TLanes>(
            TLanes.Load(in Unsafe.Add(ref at, ring.A)),
            TLanes.Load(in Unsafe.Add(ref at, ring.B)),
            TLanes.Load(in Unsafe.Add(ref at, ring.C)),
            TLanes.Load(in Unsafe.Add(ref at, ring.D))
        );
        (TLanes most2, TLanes second2, TLanes lastButOne2, TLanes last2, TLanes highMean2, TLanes lowMean2) = Four<T, TLanes>(
            TLanes.Load(in Unsafe.Add(ref at, ring.E)),
            TLanes.Load(in Unsafe.Add(ref at, ring.F)),
            TLanes.Load(in Unsafe.Add(ref at, ring.G)),
            TLanes.Load(in Unsafe.Add(ref at, ring.H))
        );
        second = TLanes.Max(TLanes.Min(most, most2), TLanes.Max(second, second2));
        lastButOne = TLanes.Min(TLanes.Max(last, last2), TLanes.Min(lastButOne, lastButOne2));
        highMean = TLanes.Max(highMean, highMean2);
        lowMean = TLanes.Min(lowMean, lowMean2);

        TLanes high = TLanes.Min(TLanes.Twice(TLanes.Above(center, second)), TLanes.Above(center, highMean));
        TLanes low = TLanes.Min(TLanes.Twice(TLanes.Above(lastButOne, center)), TLanes.Above(lowMean, center));
        return TLanes.Greater(TLanes.Max(high, low), margin.Of(lastButOne, TLanes.Above(second, lastButOne)));
    }

    /// <summary>
    /// Whether any photosite is beyond all means of opposite neighbours by more than the margin at the lowest of them: what most are not, at half the cost of
    /// looking closer.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AnyMayStandOut<T, TLanes>(TLanes center, ref T at, in Ring ring, in MarginLanes<T, TLanes> margin)
        where T : unmanaged, INumber<T>
        where TLanes : struct, ISampleLanes<TLanes, T>
    {
        TLanes a = TLanes.Load(in Unsafe.Add(ref at, ring.A));
        TLanes b = TLanes.Load(in Unsafe.Add(ref at, ring.B));
        TLanes c = TLanes.Load(in Unsafe.Add(ref at, ring.C));
        TLanes d = TLanes.Load(in Unsafe.Add(ref at, ring.D));
        TLanes e = TLanes.Load(in Unsafe.Add(ref at, ring.E));
        TLanes f = TLanes.Load(in Unsafe.Add(ref at, ring.F));
        TLanes g = TLanes.Load(in Unsafe.Add(ref at, ring.G));
        TLanes h = TLanes.Load(in Unsafe.Add(ref at, ring.H));
        (TLanes ab, TLanes cd, TLanes ef, TLanes gh) = (TLanes.Mean(a, b), TLanes.Mean(c, d), TLanes.Mean(e, f), TLanes.Mean(g, h));
        TLanes high = TLanes.Above(center, TLanes.Max(TLanes.Max(ab, cd), TLanes.Max(ef, gh)));
        TLanes low = TLanes.Above(TLanes.Min(TLanes.Min(ab, cd), TLanes.Min(ef, gh)), center);
        TLanes lowest = TLanes.Min(TLanes.Min(TLanes.Min(a, b), TLanes.Min(c, d)), TLanes.Min(TLanes.Min(e, f), TLanes.Min(g, h)));
        return TLanes.Greater(TLanes.Max(high, low), margin.Of(lowest)) != 0;
    }

    /// <summary>Of two pairs of opposites: the highest, the next, the lowest but one, the lowest, the higher mean, the lower mean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLanes Most, TLanes Second, TLanes LastButOne, TLanes Last, TLanes HighMean, TLanes LowMean) Four<T, TLanes>(
        TLanes a,
        TLanes b,
        TLanes c,
        TLanes d
    )
        where T : unmanaged, INumber<T>
        where TLanes : struct, ISampleLanes<TLanes, T>
    {
        TLanes mean = TLanes.Mean(a, b);
        TLanes other = TLanes.Mean(c, d);
        TLanes highAb = TLanes.Max(a, b);
        TLanes lowAb = TLanes.Min(a, b);
        TLanes highCd = TLanes.Max(c, d);
        TLanes lowCd = TLanes.Min(c, d);
        TLanes lowHigh = TLanes.Min(highAb, highCd);
        TLanes highLow = TLanes.Max(lowAb, lowCd);
        return (
            TLanes.Max(highAb, highCd),
            TLanes.Max(lowHigh, highLow),
            TLanes.Min(lowHigh, highLow),
            TLanes.Min(lowAb, lowCd),
            TLanes.Max(mean, other),
            TLanes.Min(mean, other)
        );
    }

    /// <summary>The plain statement of <see cref="Run{T}"/>: eight neighbours sorted.</summary>
    internal static bool Reference<T>(ReadOnlySpan<T> plane, int at, ReadOnlySpan<int> ring, in ScreenMargin<T> margin)
        where T : unmanaged, INumber<T>
    {
        var neighbors = new T[RingLength];
        var means = new T[RingLength / 2];
        for (int t = 0; t < RingLength; t++)
        {
            neighbors[t] = plane[at + ring[t]];
            if (t % 2 == 1)
            {
                means[t / 2] = Sample<T>.Mean(new(neighbors[t - 1]), new(neighbors[t])).Value;
            }
        }

        Array.Sort(neighbors);
        (T center, T second, T lastButOne, T highMean, T lowMean) = (plane[at], neighbors[^2], neighbors[1], means.Max(), means.Min());
        T signal = lastButOne > margin.Black ? lastButOne - margin.Black : T.Zero;
        T least = new[] { margin.Dark, margin.Dim, margin.Light, margin.Bright }.Min(l =>
            l.Level + Sample<T>.Times(new(signal), new(l.Growth)).Value
        );
        least += Sample<T>.Times(new(second - lastButOne), new(margin.Texture)).Value;
        bool high = Twice(center, second) > least && center > highMean && center - highMean > least;
        bool low = Twice(lastButOne, center) > least && lowMean > center && lowMean - center > least;
        return high || low;

        static T Twice(T a, T b) => a > b ? T.CreateSaturating(2 * double.CreateTruncating(a - b)) : T.Zero;
    }

    /// <summary>Eight offsets as a value: reading them from a span in the loop would cost as much as the comparisons.</summary>
    private readonly struct Ring(ReadOnlySpan<int> offsets)
    {
        public readonly int A = offsets[0];
        public readonly int B = offsets[1];
        public readonly int C = offsets[2];
        public readonly int D = offsets[3];
        public readonly int E = offsets[4];
        public readonly int F = offsets[5];
        public readonly int G = offsets[6];
        public readonly int H = offsets[7];
    }
}
