using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>
/// Adds rows of samples to running totals: sums, squares, and the least and the three largest of each place. What is known of some places is fetched once, and
/// put back when all rows have been added. One body for codes, whose totals are exact, and for floats. Doubling the lane size, it steps by 256 bits on
/// every machine, element by element, so that all machines give the same bits.
/// </summary>
internal static class Accumulate
{
    /// <summary>Adds rows that stand one after the other, each as long as all spans of the totals. Values must be numbers. Sums of codes hold 65,537 rows.</summary>
    public static void Run<TSample, TSum, TSquare, TMoments>(ReadOnlySpan<TSample> rows, TotalsRow<TSample, TSum, TSquare> totals)
        where TSample : unmanaged, INumber<TSample>
        where TSum : unmanaged
        where TSquare : unmanaged
        where TMoments : struct, IMoments<TMoments, TSample, TSum, TSquare>
    {
        int length = totals.Sums.Length;
        totals.CheckLengths(length);
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref TSample source = ref MemoryMarshal.GetReference(rows);
            ref TSum sum = ref MemoryMarshal.GetReference(totals.Sums);
            ref TSquare square = ref MemoryMarshal.GetReference(totals.Squares);
            for (; i <= length - Vector256<TSample>.Count; i += Vector256<TSample>.Count)
            {
                var at = (nuint)i;
                var extremes = Extremes<TSample>.Load(totals, at);
                var moments = TMoments.Load(ref sum, ref square, at);
                for (nuint next = at; next < (nuint)rows.Length; next += (nuint)length)
                {
                    var x = Vector256.LoadUnsafe(ref source, next);
                    extremes.Update(x, totals.KeepsThree);
                    moments.Add(x);
                }

                extremes.Store(totals, at);
                moments.Store(ref sum, ref square, at);
            }
        }

        for (int start = 0; start < rows.Length; start += length)
        {
            Reference<TSample, TSum, TSquare, TMoments>(rows[(start + i)..(start + length)], totals[i..]);
        }
    }

    /// <summary>The same for one row, value by value.</summary>
    internal static void Reference<TSample, TSum, TSquare, TMoments>(ReadOnlySpan<TSample> row, TotalsRow<TSample, TSum, TSquare> totals)
        where TSample : unmanaged, INumber<TSample>
        where TSum : unmanaged
        where TSquare : unmanaged
        where TMoments : struct, IMoments<TMoments, TSample, TSum, TSquare>
    {
        for (int i = 0; i < row.Length; i++)
        {
            TMoments.Add(row[i], ref totals.Sums[i], ref totals.Squares[i]);
            Extremes<TSample>.Update(row[i], totals, i);
        }
    }
}
