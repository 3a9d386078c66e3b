using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>Finds the codes of a row that are far from what their photosites usually read.</summary>
internal static class Departures
{
    /// <summary>Writes the places of such codes, in order.</summary>
    /// <param name="row">Codes.</param>
    /// <param name="usual">What each photosite usually reads.</param>
    /// <param name="drift">By how much this row is above all others, below 65,536 either way.</param>
    /// <param name="limit">What lies farther off is far, 0 to 65,535.</param>
    /// <param name="places">Receives the places; as long as the row.</param>
    /// <returns>How many there are.</returns>
    public static int Run(ReadOnlySpan<ushort> row, ReadOnlySpan<ushort> usual, int drift, int limit, Span<int> places)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Run<Samples512<ushort>>(row, usual, drift, limit, places);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            return Run<Samples256<ushort>>(row, usual, drift, limit, places);
        }

        return Vector128.IsHardwareAccelerated
            ? Run<Samples128<ushort>>(row, usual, drift, limit, places)
            : Run<Sample<ushort>>(row, usual, drift, limit, places);
    }

    /// <summary>The same with the given width.</summary>
    internal static int Run<TLanes>(ReadOnlySpan<ushort> row, ReadOnlySpan<ushort> usual, int drift, int limit, Span<int> places)
        where TLanes : struct, ISampleLanes<TLanes, ushort>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(usual.Length, row.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(places.Length, row.Length);
        ref ushort source = ref MemoryMarshal.GetReference(row);
        ref ushort middle = ref MemoryMarshal.GetReference(usual);
        var shift = new Shift<TLanes>(drift);
        TLanes limits = TLanes.Broadcast((ushort)limit);
        int found = 0;
        int i = 0;
        for (; i <= row.Length - TLanes.Count; i += TLanes.Count)
        {
            TLanes x = TLanes.Load(in Unsafe.Add(ref source, i));
            TLanes shifted = shift.Of(TLanes.Load(in Unsafe.Add(ref middle, i)));
            // One of the two is zero.
            TLanes distance = TLanes.Max(TLanes.Above(x, shifted), TLanes.Above(shifted, x));
            if (TLanes.Greater(distance, limits) != 0)
            {
                found += Reference(row, usual, i, i + TLanes.Count, drift, limit, places[found..]);
            }
        }

        return found + Reference(row, usual, i, row.Length, drift, limit, places[found..]);
    }

    /// <summary>The same one by one, for the places from <paramref name="from"/> to before <paramref name="to"/>.</summary>
    internal static int Reference(
        ReadOnlySpan<ushort> row,
        ReadOnlySpan<ushort> usual,
        int from,
        int to,
        int drift,
        int limit,
        Span<int> places
    )
    {
        int found = 0;
        for (int i = from; i < to; i++)
        {
            if (Math.Abs(row[i] - Math.Clamp(usual[i] + drift, 0, ushort.MaxValue)) > limit)
            {
                places[found++] = i;
            }
        }

        return found;
    }

    /// <summary>Adds a number, above or below zero, and stays within what codes can be.</summary>
    private readonly struct Shift<TLanes>(int by)
        where TLanes : struct, ISampleLanes<TLanes, ushort>
    {
        private readonly TLanes up = TLanes.Broadcast((ushort)Math.Max(by, 0));
        private readonly TLanes down = TLanes.Broadcast((ushort)Math.Max(-by, 0));
        private readonly TLanes highest = TLanes.Broadcast((ushort)(ushort.MaxValue - Math.Max(by, 0)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Of(TLanes x) => TLanes.Add(TLanes.Min(TLanes.Above(x, down), highest), up);
    }
}
