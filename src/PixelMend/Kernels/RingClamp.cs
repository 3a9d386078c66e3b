using System.Runtime.CompilerServices;

namespace PixelMend.Kernels;

/// <summary>
/// result[i] = plane[origin + i] limited to the extremes of its ring of same-colour neighbours: what an isolated defect may keep at most.
/// </summary>
internal readonly ref struct RingClamp : IRowKernel
{
    private readonly ref readonly float source;
    private readonly ReadOnlySpan<int> ring;
    private readonly ref float result;

    private RingClamp(ref readonly float source, ReadOnlySpan<int> ring, ref float result)
    {
        this.source = ref source;
        this.ring = ring;
        this.result = ref result;
    }

    /// <summary>Every offset of the ring must lead to result.Length floats inside the plane.</summary>
    public static void Run(ReadOnlySpan<float> plane, int origin, ReadOnlySpan<int> ring, Span<float> result)
    {
        RingClamp kernel = Create(plane, origin, ring, result);
        RowKernel.Run(ref kernel, result.Length);
    }

    internal static RingClamp Create(ReadOnlySpan<float> plane, int origin, ReadOnlySpan<int> ring, Span<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfZero(ring.Length);
        Neighborhood.Check(plane, origin, ring, result.Length);
        return new RingClamp(in plane[origin], ring, ref result[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(nint i)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float at = ref Unsafe.Add(ref Unsafe.AsRef(in source), i);
        TLanes least = TLanes.Load(in Unsafe.Add(ref at, ring[0]));
        TLanes most = least;
        for (int t = 1; t < ring.Length; t++)
        {
            TLanes neighbor = TLanes.Load(in Unsafe.Add(ref at, ring[t]));
            least = TLanes.Min(least, neighbor);
            most = TLanes.Max(most, neighbor);
        }

        TLanes.Min(TLanes.Max(TLanes.Load(in at), least), most).Store(ref Unsafe.Add(ref result, i));
    }

    internal static void Reference(ReadOnlySpan<float> plane, int origin, ReadOnlySpan<int> ring, Span<float> result)
    {
        for (int i = 0; i < result.Length; i++)
        {
            float least = float.PositiveInfinity;
            float most = float.NegativeInfinity;
            foreach (int offset in ring)
            {
                least = MathF.Min(least, plane[origin + offset + i]);
                most = MathF.Max(most, plane[origin + offset + i]);
            }

            result[i] = MathF.Min(MathF.Max(plane[origin + i], least), most);
        }
    }
}
