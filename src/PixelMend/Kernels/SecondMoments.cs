using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>
/// moments[i, j] += Σ samples[i][k] · samples[j][k] for all values i ≤ j of many samples k. The samples of one value lie side by side, so that sums run along
/// vectors and eight of them at a time stay in registers. Vectors have 256 bits on every machine, so that all add up in the same order.
/// </summary>
internal static class SecondMoments
{
    /// <summary>Samples come in multiples of this; such as are left over are zeros.</summary>
    public const int Lanes = 8;

    /// <summary>Values are worked on four by two.</summary>
    private const int Tall = 4;
    private const int Wide = 2;

    /// <summary>The number of values to make room for: some zeros, or anything else that is finite, follow the last.</summary>
    public static int Padded(int values) => (values + Tall - 1) / Tall * Tall;

    /// <param name="samples">The samples of the first value, <paramref name="stride"/> places later those of the next, and so on.</param>
    /// <param name="stride">From a value to the next.</param>
    /// <param name="count">Samples; a multiple of <see cref="Lanes"/>.</param>
    /// <param name="values">Values of a sample, padded.</param>
    /// <param name="moments">Sums in raster order; what lies left of the diagonal is undefined.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<float> samples, int stride, int count, int values, Span<double> moments)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(count % Lanes, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values % Tall, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, stride);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples.Length, values * stride);
        ArgumentOutOfRangeException.ThrowIfLessThan(moments.Length, values * values);
        ref float start = ref MemoryMarshal.GetReference(samples);
        for (int i = 0; i < values; i += Tall)
        {
            ref float rows = ref Unsafe.Add(ref start, i * stride);
            for (int j = i; j < values; j += Wide)
            {
                Tile(ref rows, ref Unsafe.Add(ref start, j * stride), stride, count, moments[((i * values) + j)..], values);
            }
        }
    }

    /// <summary>Adds the products of four values with two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile(ref float rows, ref float columns, int stride, int count, Span<double> moments, int values)
    {
        ref float row1 = ref Unsafe.Add(ref rows, stride);
        ref float row2 = ref Unsafe.Add(ref row1, stride);
        ref float row3 = ref Unsafe.Add(ref row2, stride);
        ref float column1 = ref Unsafe.Add(ref columns, stride);
        Vector256<float> sum00 = default;
        Vector256<float> sum01 = default;
        Vector256<float> sum10 = default;
        Vector256<float> sum11 = default;
        Vector256<float> sum20 = default;
        Vector256<float> sum21 = default;
        Vector256<float> sum30 = default;
        Vector256<float> sum31 = default;
        for (nuint k = 0; k < (nuint)count; k += Lanes)
        {
            var left = Vector256.LoadUnsafe(ref columns, k);
            var right = Vector256.LoadUnsafe(ref column1, k);
            var row = Vector256.LoadUnsafe(ref rows, k);
            sum00 += row * left;
            sum01 += row * right;
            row = Vector256.LoadUnsafe(ref row1, k);
            sum10 += row * left;
            sum11 += row * right;
            row = Vector256.LoadUnsafe(ref row2, k);
            sum20 += row * left;
            sum21 += row * right;
            row = Vector256.LoadUnsafe(ref row3, k);
            sum30 += row * left;
            sum31 += row * right;
        }

        moments[0] += Vector256.Sum(sum00);
        moments[1] += Vector256.Sum(sum01);
        moments[values] += Vector256.Sum(sum10);
        moments[values + 1] += Vector256.Sum(sum11);
        moments[2 * values] += Vector256.Sum(sum20);
        moments[(2 * values) + 1] += Vector256.Sum(sum21);
        moments[3 * values] += Vector256.Sum(sum30);
        moments[(3 * values) + 1] += Vector256.Sum(sum31);
    }

    internal static void Reference(ReadOnlySpan<float> samples, int stride, int count, int values, Span<double> moments)
    {
        for (int i = 0; i < values; i++)
        {
            for (int j = i; j < values; j++)
            {
                for (int k = 0; k < count; k++)
                {
                    moments[(i * values) + j] += (double)samples[(i * stride) + k] * samples[(j * stride) + k];
                }
            }
        }
    }
}
