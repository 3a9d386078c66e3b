using System.Runtime.CompilerServices;

namespace PixelMend.Kernels;

/// <summary>
/// result[i] = plane[origin + i] − the median of it and its eight ring neighbours: how far a photosite stands out in its own colour.
/// The median of nine needs nineteen exchanges (Paeth, "Median finding on a 3×3 grid", Graphics Gems, 1990).
/// </summary>
internal readonly ref struct RingExcess : IRowKernel
{
    private readonly ref readonly float source;
    private readonly ReadOnlySpan<int> ring;
    private readonly ref float result;

    private RingExcess(ref readonly float source, ReadOnlySpan<int> ring, ref float result)
    {
        this.source = ref source;
        this.ring = ring;
        this.result = ref result;
    }

    /// <summary>The ring has eight offsets, each leading to result.Length floats inside the plane.</summary>
    public static void Run(ReadOnlySpan<float> plane, int origin, ReadOnlySpan<int> ring, Span<float> result)
    {
        RingExcess kernel = Create(plane, origin, ring, result);
        RowKernel.Run(ref kernel, result.Length);
    }

    internal static RingExcess Create(ReadOnlySpan<float> plane, int origin, ReadOnlySpan<int> ring, Span<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(ring.Length, 8);
        Neighborhood.Check(plane, origin, ring, result.Length);
        return new RingExcess(in plane[origin], ring, ref result[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(nint i)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float at = ref Unsafe.Add(ref Unsafe.AsRef(in source), i);
        TLanes center = TLanes.Load(in at);
        (TLanes a, TLanes b, TLanes c) = Triple.Sort(Load<TLanes>(ref at, 0), Load<TLanes>(ref at, 1), Load<TLanes>(ref at, 2));
        (TLanes d, TLanes e, TLanes f) = Triple.Sort(Load<TLanes>(ref at, 3), Load<TLanes>(ref at, 4), Load<TLanes>(ref at, 5));
        (TLanes g, TLanes h, TLanes k) = Triple.Sort(Load<TLanes>(ref at, 6), Load<TLanes>(ref at, 7), center);

        // The median of nine is the median of: the largest minimum, the median middle, the smallest maximum of three sorted triples.
        TLanes low = TLanes.Max(TLanes.Max(a, d), g);
        TLanes high = TLanes.Min(TLanes.Min(c, f), k);
        TLanes middle = Middle(b, e, h);
        (center - Middle(low, middle, high)).Store(ref Unsafe.Add(ref result, i));
    }

    internal static void Reference(ReadOnlySpan<float> plane, int origin, ReadOnlySpan<int> ring, Span<float> result)
    {
        Span<float> nine = stackalloc float[9];
        for (int i = 0; i < result.Length; i++)
        {
            nine[8] = plane[origin + i];
            for (int t = 0; t < 8; t++)
            {
                nine[t] = plane[origin + ring[t] + i];
            }

            nine.Sort();
            result[i] = plane[origin + i] - nine[4];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Load<TLanes>(ref float at, int neighbor)
        where TLanes : struct, ILanes<TLanes> => TLanes.Load(in Unsafe.Add(ref at, ring[neighbor]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Middle<TLanes>(TLanes a, TLanes b, TLanes c)
        where TLanes : struct, ILanes<TLanes> => TLanes.Max(TLanes.Min(a, b), TLanes.Min(TLanes.Max(a, b), c));
}
