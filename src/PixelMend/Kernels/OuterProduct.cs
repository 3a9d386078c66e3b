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

    /// <param name="rows">Four padded rows and their weights; a weight of 0 leaves its row out.</param>
    /// <param name="values">Values of a row; zeros follow.</param>
    /// <param name="moments">Sums in raster order, each row padded too.</param>
    public static void Add(in FourRows rows, int values, Span<float> moments)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Add<Lanes16>(rows, values, moments);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Add<Lanes8>(rows, values, moments);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Add<Lanes4>(rows, values, moments);
        }
        else
        {
            Add<Lane>(rows, values, moments);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add<TLanes>(in FourRows rows, int values, Span<float> moments)
        where TLanes : struct, ILanes<TLanes>
    {
        int length = Check(rows, values, moments);
        ref float a = ref MemoryMarshal.GetReference(rows.A);
        ref float b = ref MemoryMarshal.GetReference(rows.B);
        ref float c = ref MemoryMarshal.GetReference(rows.C);
        ref float d = ref MemoryMarshal.GetReference(rows.D);
        ref float sums = ref MemoryMarshal.GetReference(moments);
        for (int i = 0; i < values; i++)
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

    internal static void Reference(in FourRows rows, int values, Span<float> moments)
    {
        int length = Check(rows, values, moments);
        for (int i = 0; i < values; i++)
        {
            for (int j = i / Alignment * Alignment; j < length; j++)
            {
                float first = (rows.WeightA * rows.A[i] * rows.A[j]) + (rows.WeightB * rows.B[i] * rows.B[j]);
                float second = (rows.WeightC * rows.C[i] * rows.C[j]) + (rows.WeightD * rows.D[i] * rows.D[j]);
                moments[(i * length) + j] += first + second;
            }
        }
    }

    private static int Check(in FourRows rows, int values, ReadOnlySpan<float> moments)
    {
        int length = Padded(values);
        ArgumentOutOfRangeException.ThrowIfNotEqual(moments.Length, length * length);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.A.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.B.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.C.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.D.Length, length);
        return length;
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
