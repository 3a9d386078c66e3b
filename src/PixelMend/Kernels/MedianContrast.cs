using System.Runtime.CompilerServices;

namespace PixelMend.Kernels;

/// <summary>result[i] = plane[origin + i] − the median of six others, which lies between the middle two.</summary>
internal readonly ref struct MedianContrast : IRowKernel
{
    public const int Others = 6;

    private readonly ref readonly float source;
    private readonly ReadOnlySpan<int> offsets;
    private readonly ref float result;

    private MedianContrast(ref readonly float source, ReadOnlySpan<int> offsets, ref float result)
    {
        this.source = ref source;
        this.offsets = offsets;
        this.result = ref result;
    }

    /// <summary>There are six offsets, each leading to result.Length floats inside the plane.</summary>
    public static void Run(ReadOnlySpan<float> plane, int origin, ReadOnlySpan<int> offsets, Span<float> result)
    {
        MedianContrast kernel = Create(plane, origin, offsets, result);
        RowKernel.Run(ref kernel, result.Length);
    }

    internal static MedianContrast Create(ReadOnlySpan<float> plane, int origin, ReadOnlySpan<int> offsets, Span<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(offsets.Length, Others);
        Neighborhood.Check(plane, origin, offsets, result.Length);
        return new MedianContrast(in plane[origin], offsets, ref result[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(nint i)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float at = ref Unsafe.Add(ref Unsafe.AsRef(in source), i);
        (TLanes a, TLanes b, TLanes c) = Triple.Sort(Load<TLanes>(ref at, 0), Load<TLanes>(ref at, 1), Load<TLanes>(ref at, 2));
        (TLanes d, TLanes e, TLanes f) = Triple.Sort(Load<TLanes>(ref at, 3), Load<TLanes>(ref at, 4), Load<TLanes>(ref at, 5));

        // The fourth lowest of two sorted triples has four below or at it: one and three of them, two and two, or three and one. The third is its mirror image.
        TLanes upper = TLanes.Min(TLanes.Min(TLanes.Max(a, f), TLanes.Max(b, e)), TLanes.Max(c, d));
        TLanes lower = TLanes.Max(TLanes.Max(TLanes.Min(a, f), TLanes.Min(b, e)), TLanes.Min(c, d));
        (TLanes.Load(in at) - (TLanes.Broadcast(0.5f) * (lower + upper))).Store(ref Unsafe.Add(ref result, i));
    }

    internal static void Reference(ReadOnlySpan<float> plane, int origin, ReadOnlySpan<int> offsets, Span<float> result)
    {
        var six = new float[Others];
        for (int i = 0; i < result.Length; i++)
        {
            for (int t = 0; t < Others; t++)
            {
                six[t] = plane[origin + offsets[t] + i];
            }

            Array.Sort(six);
            result[i] = plane[origin + i] - (0.5f * (six[2] + six[3]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Load<TLanes>(ref float at, int other)
        where TLanes : struct, ILanes<TLanes> => TLanes.Load(in Unsafe.Add(ref at, offsets[other]));
}
