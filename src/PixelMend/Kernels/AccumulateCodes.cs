using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>
/// Adds a row of codes to running totals: sums, squares, and the least and the three largest codes of each place, all exact. Doubling the lane size
/// twice, it steps by 256 bits on every machine.
/// </summary>
internal static class AccumulateCodes
{
    /// <summary>All spans are as long as <paramref name="row"/>. Sums hold 65,537 rows.</summary>
    public static void Run(ReadOnlySpan<ushort> row, TotalsRow<ushort, uint, ulong> totals)
    {
        totals.CheckLengths(row.Length);
        ref ushort source = ref MemoryMarshal.GetReference(row);
        ref uint sum = ref MemoryMarshal.GetReference(totals.Sums);
        ref ulong square = ref MemoryMarshal.GetReference(totals.Squares);
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= row.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
            {
                var at = (nuint)i;
                Vector256<ushort> x = Vector256.LoadUnsafe(ref source, at);
                Extremes.Update(x, totals, at);
                (Vector256<uint> first, Vector256<uint> second) = Vector256.Widen(x);
                Add(first, ref sum, ref square, at);
                Add(second, ref sum, ref square, at + (nuint)Vector256<uint>.Count);
            }
        }

        Reference(row[i..], totals[i..]);
    }

    /// <summary>The same one by one.</summary>
    internal static void Reference(ReadOnlySpan<ushort> row, TotalsRow<ushort, uint, ulong> totals)
    {
        for (int i = 0; i < row.Length; i++)
        {
            uint x = row[i];
            totals.Sums[i] += x;
            totals.Squares[i] += x * x;
            Extremes.Update(row[i], totals, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<uint> x, ref uint sum, ref ulong square, nuint at)
    {
        (Vector256.LoadUnsafe(ref sum, at) + x).StoreUnsafe(ref sum, at);
        (Vector256<ulong> first, Vector256<ulong> second) = Vector256.Widen(x * x);
        (Vector256.LoadUnsafe(ref square, at) + first).StoreUnsafe(ref square, at);
        nuint next = at + (nuint)Vector256<ulong>.Count;
        (Vector256.LoadUnsafe(ref square, next) + second).StoreUnsafe(ref square, next);
    }
}
