using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>
/// Adds a row of floats to running totals: sums and squares in double precision, and the least and the three largest values of each place. Doubling the
/// lane size, it steps by 256 bits on every machine, like <see cref="Widen"/> element by element, so that all machines give the same bits.
/// </summary>
internal static class Accumulate
{
    /// <summary>All spans are as long as <paramref name="row"/>, whose values must be numbers.</summary>
    public static void Run(ReadOnlySpan<float> row, TotalsRow<float, double, double> totals)
    {
        totals.CheckLengths(row.Length);
        ref float source = ref MemoryMarshal.GetReference(row);
        ref double sum = ref MemoryMarshal.GetReference(totals.Sums);
        ref double square = ref MemoryMarshal.GetReference(totals.Squares);
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= row.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var at = (nuint)i;
                Vector256<float> x = Vector256.LoadUnsafe(ref source, at);
                Extremes.Update(x, totals, at);
                (Vector256<double> first, Vector256<double> second) = Vector256.Widen(x);
                Add(first, ref sum, ref square, at);
                Add(second, ref sum, ref square, at + (nuint)Vector256<double>.Count);
            }
        }

        Reference(row[i..], totals[i..]);
    }

    /// <summary>The same one by one.</summary>
    internal static void Reference(ReadOnlySpan<float> row, TotalsRow<float, double, double> totals)
    {
        for (int i = 0; i < row.Length; i++)
        {
            double x = row[i];
            totals.Sums[i] += x;
            totals.Squares[i] += x * x;
            Extremes.Update(row[i], totals, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<double> x, ref double sum, ref double square, nuint at)
    {
        (Vector256.LoadUnsafe(ref sum, at) + x).StoreUnsafe(ref sum, at);
        (Vector256.LoadUnsafe(ref square, at) + (x * x)).StoreUnsafe(ref square, at);
    }
}
