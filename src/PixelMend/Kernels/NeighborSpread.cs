using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PixelMend.Kernels;

/// <summary>
/// Mean and standard deviation of the neighbourhoods of a row's photosites: mean[i] = c + Σ d[t] / n and spread[i]² = Σ d[t]² / n − (Σ d[t] / n)², where
/// c = plane[origin + i] and d[t] = plane[origin + offset[t] + i] − c. Differences to the centre keep the sums small, so that one pass in single precision is exact
/// enough. NaN where a neighbour is one.
/// </summary>
internal readonly ref struct NeighborSpread : IRowKernel
{
    private readonly ref readonly float source;
    private readonly ReadOnlySpan<int> offsets;
    private readonly ref float mean;
    private readonly ref float spread;

    private NeighborSpread(ref readonly float source, ReadOnlySpan<int> offsets, ref float mean, ref float spread)
    {
        this.source = ref source;
        this.offsets = offsets;
        this.mean = ref mean;
        this.spread = ref spread;
    }

    /// <summary>Every offset must lead to mean.Length floats inside the plane.</summary>
    public static void Run(ReadOnlySpan<float> plane, int origin, ReadOnlySpan<int> offsets, Span<float> mean, Span<float> spread)
    {
        NeighborSpread kernel = Create(plane, origin, offsets, mean, spread);
        RowKernel.RunWide(ref kernel, mean.Length);
    }

    internal static NeighborSpread Create(
        ReadOnlySpan<float> plane,
        int origin,
        ReadOnlySpan<int> offsets,
        Span<float> mean,
        Span<float> spread
    )
    {
        Neighborhood.Check(plane, origin, offsets, mean.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(spread.Length, mean.Length);
        return new NeighborSpread(in plane[origin], offsets, ref mean[0], ref spread[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(nint i)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float at = ref Unsafe.Add(ref Unsafe.AsRef(in source), i);
        ref int offset = ref MemoryMarshal.GetReference(offsets);
        TLanes center = TLanes.Load(in at);
        TLanes sum = TLanes.Broadcast(0);
        TLanes squares = sum;
        for (nint t = 0; t < offsets.Length; t++)
        {
            TLanes difference = TLanes.Load(in Unsafe.Add(ref at, Unsafe.Add(ref offset, t))) - center;
            sum += difference;
            squares += difference * difference;
        }

        TLanes count = TLanes.Broadcast(offsets.Length);
        TLanes beyond = sum / count;
        (center + beyond).Store(ref Unsafe.Add(ref mean, i));
        TLanes.Sqrt(TLanes.Max(TLanes.Broadcast(0), (squares / count) - (beyond * beyond))).Store(ref Unsafe.Add(ref spread, i));
    }

    internal static void Reference(ReadOnlySpan<float> plane, int origin, ReadOnlySpan<int> offsets, Span<float> mean, Span<float> spread)
    {
        for (int i = 0; i < mean.Length; i++)
        {
            float center = plane[origin + i];
            float sum = 0;
            float squares = 0;
            foreach (int offset in offsets)
            {
                float difference = plane[origin + offset + i] - center;
                sum += difference;
                squares += difference * difference;
            }

            float beyond = sum / offsets.Length;
            mean[i] = center + beyond;
            spread[i] = MathF.Sqrt(MathF.Max(0, (squares / offsets.Length) - (beyond * beyond)));
        }
    }
}
