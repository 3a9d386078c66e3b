using System.Runtime.CompilerServices;

namespace PixelMend.Kernels;

/// <summary>Three lanes in order: what medians of several are made of.</summary>
internal static class Triple
{
    /// <summary>Sorts three values, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TLanes Low, TLanes Middle, TLanes High) Sort<TLanes>(TLanes a, TLanes b, TLanes c)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes low = TLanes.Min(a, b);
        TLanes high = TLanes.Max(a, b);
        TLanes next = TLanes.Max(low, c);
        low = TLanes.Min(low, c);
        return (low, TLanes.Min(high, next), TLanes.Max(high, next));
    }
}
