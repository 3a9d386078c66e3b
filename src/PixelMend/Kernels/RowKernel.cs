using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>A row operation written once for every width: <see cref="At{TLanes}"/> works on the lanes that start at one position.</summary>
internal interface IRowKernel
{
    /// <summary>Computes and stores the lanes that start at <paramref name="i"/>.</summary>
    void At<TLanes>(nint i)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Runs a kernel over a row: as many wide steps as fit, then narrower ones for the rest.</summary>
internal static class RowKernel
{
    /// <summary>Runs with the widest vectors of this machine.</summary>
    public static void Run<TKernel>(ref TKernel kernel, int length)
        where TKernel : struct, IRowKernel, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated)
        {
            RunDown<TKernel, Lanes16>(ref kernel, length);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            RunDown<TKernel, Lanes8>(ref kernel, length);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Run<TKernel, Lanes4>(ref kernel, length);
        }
        else
        {
            Run<TKernel, Lane>(ref kernel, length);
        }
    }

    /// <summary>
    /// The same for sums of many terms: four of the widest vectors at a time, then one, then short ones, so that hardly any single photosites are left.
    /// </summary>
    public static void RunWide<TKernel>(ref TKernel kernel, int length)
        where TKernel : struct, IRowKernel, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated)
        {
            RunWide<TKernel, Lanes16>(ref kernel, length);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            RunWide<TKernel, Lanes8>(ref kernel, length);
        }
        else
        {
            Run(ref kernel, length);
        }
    }

    /// <summary>Runs with the given width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TKernel, TLanes>(ref TKernel kernel, int length)
        where TKernel : struct, IRowKernel, allows ref struct
        where TLanes : struct, ILanes<TLanes>
    {
        nint i = 0;
        Advance<TKernel, TLanes>(ref kernel, ref i, length);
        Advance<TKernel, Lane>(ref kernel, ref i, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunDown<TKernel, TLanes>(ref TKernel kernel, int length)
        where TKernel : struct, IRowKernel, allows ref struct
        where TLanes : struct, ILanes<TLanes>
    {
        nint i = 0;
        Advance<TKernel, TLanes>(ref kernel, ref i, length);
        Advance<TKernel, Lanes4>(ref kernel, ref i, length);
        Advance<TKernel, Lane>(ref kernel, ref i, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunWide<TKernel, TLanes>(ref TKernel kernel, int length)
        where TKernel : struct, IRowKernel, allows ref struct
        where TLanes : struct, ILanes<TLanes>
    {
        nint i = 0;
        Advance<TKernel, FourLanes<TLanes>>(ref kernel, ref i, length);
        Advance<TKernel, TLanes>(ref kernel, ref i, length);
        Advance<TKernel, Lanes4>(ref kernel, ref i, length);
        Advance<TKernel, Lane>(ref kernel, ref i, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance<TKernel, TLanes>(ref TKernel kernel, ref nint i, int length)
        where TKernel : struct, IRowKernel, allows ref struct
        where TLanes : struct, ILanes<TLanes>
    {
        nint at = i;
        for (; at <= length - TLanes.Count; at += TLanes.Count)
        {
            kernel.At<TLanes>(at);
        }

        i = at;
    }
}
