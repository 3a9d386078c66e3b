using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>
/// moments[i, j] += Σ weight · row[i] · row[j] over four rows at a time, so that each sum is loaded and stored once for four samples.
/// Rows are padded with zeros to a multiple of the widest lanes, so that there are no narrow ends; whole lanes on and right of the diagonal
/// are computed, what lies left of them is left to symmetry.
/// </summary>
internal static class OuterProduct
{
    /// <summary>Rows must have a multiple of this many values.</summary>
    public const int Alignment = 16;

    /// <summary>The padded length of a row of <paramref name="values"/> values.</summary>
    public static int Padded(int values) => (values + Alignment - 1) / Alignment * Alignment;

    /// <param name="rows">Four rows of <paramref name="length"/> values and their weights; a weight of 0 leaves its row out.</param>
    /// <param name="length">Values of a row, a multiple of <see cref="Alignment"/>.</param>
    /// <param name="moments">length² sums, raster order.</param>
    public static void Add(in FourRows rows, int length, Span<float> moments)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Add<Lanes16>(rows, length, moments);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Add<Lanes8>(rows, length, moments);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Add<Lanes4>(rows, length, moments);
        }
        else
        {
            Add<Lane>(rows, length, moments);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add<TLanes>(in FourRows rows, int length, Span<float> moments)
        where TLanes : struct, ILanes<TLanes>
    {
        Check(rows, length, moments);
        ref float a = ref MemoryMarshal.GetReference(rows.A);
        ref float b = ref MemoryMarshal.GetReference(rows.B);
        ref float c = ref MemoryMarshal.GetReference(rows.C);
        ref float d = ref MemoryMarshal.GetReference(rows.D);
        ref float sums = ref MemoryMarshal.GetReference(moments);
        for (int i = 0; i < length; i++)
        {
            TLanes factorA = TLanes.Broadcast(rows.WeightA * Unsafe.Add(ref a, i));
            TLanes factorB = TLanes.Broadcast(rows.WeightB * Unsafe.Add(ref b, i));
            TLanes factorC = TLanes.Broadcast(rows.WeightC * Unsafe.Add(ref c, i));
            TLanes factorD = TLanes.Broadcast(rows.WeightD * Unsafe.Add(ref d, i));
            ref float target = ref Unsafe.Add(ref sums, i * length);
            for (int j = i / Alignment * Alignment; j < length; j += TLanes.Count)
            {
                TLanes first = (factorA * TLanes.Load(in Unsafe.Add(ref a, j))) + (factorB * TLanes.Load(in Unsafe.Add(ref b, j)));
                TLanes second = (factorC * TLanes.Load(in Unsafe.Add(ref c, j))) + (factorD * TLanes.Load(in Unsafe.Add(ref d, j)));
                ref float at = ref Unsafe.Add(ref target, j);
                (TLanes.Load(in at) + (first + second)).Store(ref at);
            }
        }
    }

    internal static void Reference(in FourRows rows, int length, Span<float> moments)
    {
        Check(rows, length, moments);
        for (int i = 0; i < length; i++)
        {
            for (int j = i / Alignment * Alignment; j < length; j++)
            {
                float first = (rows.WeightA * rows.A[i] * rows.A[j]) + (rows.WeightB * rows.B[i] * rows.B[j]);
                float second = (rows.WeightC * rows.C[i] * rows.C[j]) + (rows.WeightD * rows.D[i] * rows.D[j]);
                moments[(i * length) + j] += first + second;
            }
        }
    }

    private static void Check(in FourRows rows, int length, ReadOnlySpan<float> moments)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(length % Alignment, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(moments.Length, length * length);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.A.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.B.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.C.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.D.Length, length);
    }
}

/// <summary>Four samples and their weights.</summary>
internal ref struct FourRows
{
    public required ReadOnlySpan<float> A { get; init; }

    public required ReadOnlySpan<float> B { get; init; }

    public required ReadOnlySpan<float> C { get; init; }

    public required ReadOnlySpan<float> D { get; init; }

    public required float WeightA { get; init; }

    public required float WeightB { get; init; }

    public required float WeightC { get; init; }

    public required float WeightD { get; init; }
}
