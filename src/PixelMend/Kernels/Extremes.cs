using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>Keeps the least and the largest values of each place of a row, as a step of the accumulating kernels.</summary>
internal static class Extremes
{
    /// <summary>Takes in the lanes that start at <paramref name="at"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Update<TSample, TSum, TSquare>(Vector256<TSample> x, in TotalsRow<TSample, TSum, TSquare> totals, nuint at)
        where TSample : unmanaged
        where TSum : unmanaged
        where TSquare : unmanaged
    {
        ref TSample least = ref MemoryMarshal.GetReference(totals.Least);
        ref TSample most = ref MemoryMarshal.GetReference(totals.Most);
        Vector256.MinNative(x, Vector256.LoadUnsafe(ref least, at)).StoreUnsafe(ref least, at);
        Vector256<TSample> known = Vector256.LoadUnsafe(ref most, at);
        Vector256.MaxNative(x, known).StoreUnsafe(ref most, at);
        if (!totals.KeepsThree)
        {
            return;
        }

        // What is not the largest may be the second, and so on.
        ref TSample second = ref MemoryMarshal.GetReference(totals.Second);
        ref TSample third = ref MemoryMarshal.GetReference(totals.Third);
        x = Vector256.MinNative(x, known);
        known = Vector256.LoadUnsafe(ref second, at);
        Vector256.MaxNative(x, known).StoreUnsafe(ref second, at);
        x = Vector256.MinNative(x, known);
        Vector256.MaxNative(x, Vector256.LoadUnsafe(ref third, at)).StoreUnsafe(ref third, at);
    }

    /// <summary>Takes in one value.</summary>
    public static void Update<TSample, TSum, TSquare>(TSample x, in TotalsRow<TSample, TSum, TSquare> totals, int at)
        where TSample : unmanaged, INumber<TSample>
        where TSum : unmanaged
        where TSquare : unmanaged
    {
        totals.Least[at] = TSample.Min(totals.Least[at], x);
        if (!totals.KeepsThree)
        {
            totals.Most[at] = TSample.Max(totals.Most[at], x);
        }
        else if (x > totals.Most[at])
        {
            (totals.Most[at], totals.Second[at], totals.Third[at]) = (x, totals.Most[at], totals.Second[at]);
        }
        else if (x > totals.Second[at])
        {
            (totals.Second[at], totals.Third[at]) = (x, totals.Second[at]);
        }
        else
        {
            totals.Third[at] = TSample.Max(totals.Third[at], x);
        }
    }
}
