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
            Run<TKernel, Lanes16>(ref kernel, length);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<TKernel, Lanes8>(ref kernel, length);
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

    /// <summary>Runs with the given width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TKernel, TLanes>(ref TKernel kernel, int length)
        where TKernel : struct, IRowKernel, allows ref struct
        where TLanes : struct, ILanes<TLanes>
    {
        nint i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            kernel.At<TLanes>(i);
        }

        for (; i < length; i++)
        {
            kernel.At<Lane>(i);
        }
    }
}
