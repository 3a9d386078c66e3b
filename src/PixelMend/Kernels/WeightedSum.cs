using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PixelMend.Kernels;

/// <summary>
/// result[i] = Σ weight[t] · plane[origin + offset[t] + i]: one row predicted from its neighbourhood, the offsets leading to the neighbours' rows.
/// Terms are added in the order given.
/// </summary>
internal readonly ref struct WeightedSum : IRowKernel
{
    private readonly ref readonly float source;
    private readonly ReadOnlySpan<int> offsets;
    private readonly ReadOnlySpan<float> weights;
    private readonly ref float result;

    private WeightedSum(ref readonly float source, ReadOnlySpan<int> offsets, ReadOnlySpan<float> weights, ref float result)
    {
        this.source = ref source;
        this.offsets = offsets;
        this.weights = weights;
        this.result = ref result;
    }

    /// <summary>Every offset must lead to result.Length floats inside the plane.</summary>
    public static void Run(
        ReadOnlySpan<float> plane,
        int origin,
        ReadOnlySpan<int> offsets,
        ReadOnlySpan<float> weights,
        Span<float> result
    )
    {
        WeightedSum kernel = Create(plane, origin, offsets, weights, result);
        RowKernel.RunWide(ref kernel, result.Length);
    }

    internal static WeightedSum Create(
        ReadOnlySpan<float> plane,
        int origin,
        ReadOnlySpan<int> offsets,
        ReadOnlySpan<float> weights,
        Span<float> result
    )
    {
        Neighborhood.Check(plane, origin, offsets, result.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, offsets.Length);
        return new WeightedSum(in plane[origin], offsets, weights, ref result[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(nint i)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float at = ref Unsafe.Add(ref Unsafe.AsRef(in source), i);
        ref int offset = ref MemoryMarshal.GetReference(offsets);
        ref float weight = ref MemoryMarshal.GetReference(weights);
        TLanes sum = TLanes.Broadcast(0);
        for (nint t = 0; t < offsets.Length; t++)
        {
            sum += TLanes.Broadcast(Unsafe.Add(ref weight, t)) * TLanes.Load(in Unsafe.Add(ref at, Unsafe.Add(ref offset, t)));
        }

        sum.Store(ref Unsafe.Add(ref result, i));
    }

    internal static void Reference(
        ReadOnlySpan<float> plane,
        int origin,
        ReadOnlySpan<int> offsets,
        ReadOnlySpan<float> weights,
        Span<float> result
    )
    {
        for (int i = 0; i < result.Length; i++)
        {
            float sum = 0;
            for (int t = 0; t < offsets.Length; t++)
            {
                sum += weights[t] * plane[origin + offsets[t] + i];
            }

            result[i] = sum;
        }
    }
}
