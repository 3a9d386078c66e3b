using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>The totals of a row of photosites over several frames, as numbers; all spans are of one length.</summary>
internal readonly ref struct MomentsRow
{
    /// <summary>Sums of the readings.</summary>
    public required ReadOnlySpan<double> Sums { get; init; }

    /// <summary>Sums of their squares.</summary>
    public required ReadOnlySpan<double> Squares { get; init; }

    /// <summary>Least readings.</summary>
    public required ReadOnlySpan<float> Least { get; init; }

    /// <summary>Largest readings.</summary>
    public required ReadOnlySpan<float> Most { get; init; }

    /// <exception cref="ArgumentException">Some span is shorter than the row.</exception>
    public void CheckLengths(int length)
    {
        int shortest = Math.Min(Math.Min(Sums.Length, Squares.Length), Math.Min(Least.Length, Most.Length));
        ArgumentOutOfRangeException.ThrowIfLessThan(shortest, length);
    }
}

/// <summary>
/// Mean and standard deviation from totals, in double precision: of all readings, or of all but the least and the largest. It steps by 256 bits on every
/// machine, element by element, so that all machines give the same bits.
/// </summary>
internal static class StackMoments
{
    /// <summary>Means without the least and the largest reading.</summary>
    /// <param name="row">The totals.</param>
    /// <param name="count">Readings in the sums, 3 or more.</param>
    /// <param name="mean">Receives the means.</param>
    public static void TrimmedMean(MomentsRow row, int count, Span<float> mean)
    {
        row.CheckLengths(mean.Length);
        ref double sum = ref MemoryMarshal.GetReference(row.Sums);
        ref float least = ref MemoryMarshal.GetReference(row.Least);
        ref float most = ref MemoryMarshal.GetReference(row.Most);
        ref float target = ref MemoryMarshal.GetReference(mean);
        double n = count - 2;
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= mean.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var at = (nuint)i;
                (Vector256<double> low, Vector256<double> low2) = Vector256.Widen(Vector256.LoadUnsafe(ref least, at));
                (Vector256<double> high, Vector256<double> high2) = Vector256.Widen(Vector256.LoadUnsafe(ref most, at));
                Vector256<double> first = (Vector256.LoadUnsafe(ref sum, at) - low - high) / n;
                Vector256<double> second = (Vector256.LoadUnsafe(ref sum, at + (nuint)Vector256<double>.Count) - low2 - high2) / n;
                Vector256.Narrow(first, second).StoreUnsafe(ref target, at);
            }
        }

        for (; i < mean.Length; i++)
        {
            mean[i] = (float)((row.Sums[i] - row.Least[i] - row.Most[i]) / n);
        }
    }

    /// <summary>Standard deviations, one less than the number of readings in the denominator.</summary>
    /// <param name="row">The totals.</param>
    /// <param name="count">Readings that count, 2 or more: those in the sums, without the two outer ones where these are left out.</param>
    /// <param name="trimmed">Whether the least and the largest reading are left out.</param>
    /// <param name="deviation">Receives the deviations.</param>
    public static void Deviation(MomentsRow row, int count, bool trimmed, Span<float> deviation)
    {
        row.CheckLengths(deviation.Length);
        ref double sum = ref MemoryMarshal.GetReference(row.Sums);
        ref double square = ref MemoryMarshal.GetReference(row.Squares);
        ref float least = ref MemoryMarshal.GetReference(row.Least);
        ref float most = ref MemoryMarshal.GetReference(row.Most);
        ref float target = ref MemoryMarshal.GetReference(deviation);
        double part = trimmed ? 1 : 0;
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= deviation.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var at = (nuint)i;
                nuint next = at + (nuint)Vector256<double>.Count;
                (Vector256<double> low, Vector256<double> low2) = Vector256.Widen(Vector256.LoadUnsafe(ref least, at));
                (Vector256<double> high, Vector256<double> high2) = Vector256.Widen(Vector256.LoadUnsafe(ref most, at));
                Vector256
                    .Narrow(
                        Of(Vector256.LoadUnsafe(ref sum, at), Vector256.LoadUnsafe(ref square, at), low * part, high * part, count),
                        Of(Vector256.LoadUnsafe(ref sum, next), Vector256.LoadUnsafe(ref square, next), low2 * part, high2 * part, count)
                    )
                    .StoreUnsafe(ref target, at);
            }
        }

        for (; i < deviation.Length; i++)
        {
            double low = row.Least[i] * part;
            double high = row.Most[i] * part;
            double s = row.Sums[i] - low - high;
            double q = row.Squares[i] - (low * low) - (high * high);
            deviation[i] = (float)Math.Sqrt(Math.Max(0, (q - (s * s / count)) / (count - 1)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Of(
        Vector256<double> sum,
        Vector256<double> square,
        Vector256<double> low,
        Vector256<double> high,
        double count
    )
    {
        Vector256<double> s = sum - low - high;
        Vector256<double> q = square - (low * low) - (high * high);
        return Vector256.Sqrt(Vector256.Max(Vector256<double>.Zero, (q - (s * s / count)) / (count - 1)));
    }
}
