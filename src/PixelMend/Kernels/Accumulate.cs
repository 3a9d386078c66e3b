using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>
/// Adds a row of samples to running totals: sums, squares, and the least and the three largest of each place. One body for codes, whose totals are exact,
/// and for floats. Doubling the lane size, it steps by 256 bits on every machine, element by element, so that all machines give the same bits.
/// </summary>
internal static class Accumulate
{
    /// <summary>All spans are as long as <paramref name="row"/>, whose values must be numbers. Sums of codes hold 65,537 rows.</summary>
    public static void Run<TSample, TSum, TSquare, TMoments>(ReadOnlySpan<TSample> row, TotalsRow<TSample, TSum, TSquare> totals)
        where TSample : unmanaged, INumber<TSample>
        where TSum : unmanaged
        where TSquare : unmanaged
        where TMoments : IMoments<TSample, TSum, TSquare>
    {
        totals.CheckLengths(row.Length);
        ref TSample source = ref MemoryMarshal.GetReference(row);
        ref TSum sum = ref MemoryMarshal.GetReference(totals.Sums);
        ref TSquare square = ref MemoryMarshal.GetReference(totals.Squares);
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= row.Length - Vector256<TSample>.Count; i += Vector256<TSample>.Count)
            {
                var at = (nuint)i;
                Vector256<TSample> x = Vector256.LoadUnsafe(ref source, at);
                Extremes.Update(x, totals, at);
                TMoments.Add(x, ref sum, ref square, at);
            }
        }

        Reference<TSample, TSum, TSquare, TMoments>(row[i..], totals[i..]);
    }

    /// <summary>The same one by one.</summary>
    internal static void Reference<TSample, TSum, TSquare, TMoments>(ReadOnlySpan<TSample> row, TotalsRow<TSample, TSum, TSquare> totals)
        where TSample : unmanaged, INumber<TSample>
        where TSum : unmanaged
        where TSquare : unmanaged
        where TMoments : IMoments<TSample, TSum, TSquare>
    {
        for (int i = 0; i < row.Length; i++)
        {
            TMoments.Add(row[i], ref totals.Sums[i], ref totals.Squares[i]);
            Extremes.Update(row[i], totals, i);
        }
    }
}

/// <summary>How samples of one sort are summed up.</summary>
internal interface IMoments<TSample, TSum, TSquare>
    where TSample : unmanaged
    where TSum : unmanaged
    where TSquare : unmanaged
{
    /// <summary>Adds the samples of 256 bits and their squares to the totals from <paramref name="at"/> on.</summary>
    static abstract void Add(Vector256<TSample> x, ref TSum sum, ref TSquare square, nuint at);

    /// <summary>Adds one.</summary>
    static abstract void Add(TSample x, ref TSum sum, ref TSquare square);
}

/// <summary>Codes of 16 bits, summed in whole numbers.</summary>
internal readonly struct CodeMoments : IMoments<ushort, uint, ulong>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector256<ushort> x, ref uint sum, ref ulong square, nuint at)
    {
        (Vector256<uint> first, Vector256<uint> second) = Vector256.Widen(x);
        Add(first, ref sum, ref square, at);
        Add(second, ref sum, ref square, at + (nuint)Vector256<uint>.Count);
    }

    /// <inheritdoc/>
    public static void Add(ushort x, ref uint sum, ref ulong square)
    {
        sum += x;
        square += (uint)x * x;
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

/// <summary>Floats, summed in double precision.</summary>
internal readonly struct ValueMoments : IMoments<float, double, double>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector256<float> x, ref double sum, ref double square, nuint at)
    {
        (Vector256<double> first, Vector256<double> second) = Vector256.Widen(x);
        Add(first, ref sum, ref square, at);
        Add(second, ref sum, ref square, at + (nuint)Vector256<double>.Count);
    }

    /// <inheritdoc/>
    public static void Add(float x, ref double sum, ref double square)
    {
        double wide = x;
        sum += wide;
        square += wide * wide;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<double> x, ref double sum, ref double square, nuint at)
    {
        (Vector256.LoadUnsafe(ref sum, at) + x).StoreUnsafe(ref sum, at);
        (Vector256.LoadUnsafe(ref square, at) + (x * x)).StoreUnsafe(ref square, at);
    }
}
