using System.Runtime.CompilerServices;

namespace PixelMend.Kernels;

/// <summary>row[i] = (row[i] − (black[i] + row black)) · gain[i]: linear samples to signals, black at 0, white at 1.</summary>
internal readonly ref struct ToSignal : IRowKernel
{
    private readonly ref readonly float black;
    private readonly float rowBlack;
    private readonly ref readonly float gain;
    private readonly ref float row;

    private ToSignal(ref readonly float black, float rowBlack, ref readonly float gain, ref float row)
    {
        this.black = ref black;
        this.rowBlack = rowBlack;
        this.gain = ref gain;
        this.row = ref row;
    }

    /// <summary>Works in place on row.Length samples.</summary>
    public static void Run(ReadOnlySpan<float> black, float rowBlack, ReadOnlySpan<float> gain, Span<float> row)
    {
        ToSignal kernel = Create(black, rowBlack, gain, row);
        RowKernel.Run(ref kernel, row.Length);
    }

    internal static ToSignal Create(ReadOnlySpan<float> black, float rowBlack, ReadOnlySpan<float> gain, Span<float> row)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(black.Length, row.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(gain.Length, row.Length);
        return new ToSignal(in black[0], rowBlack, in gain[0], ref row[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(nint i)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float at = ref Unsafe.Add(ref row, i);
        TLanes above = TLanes.Load(in at) - (TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in black), i)) + TLanes.Broadcast(rowBlack));
        (above * TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in gain), i))).Store(ref at);
    }

    internal static void Reference(ReadOnlySpan<float> black, float rowBlack, ReadOnlySpan<float> gain, Span<float> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = (row[i] - (black[i] + rowBlack)) * gain[i];
        }
    }
}
