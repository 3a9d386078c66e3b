using System.Runtime.CompilerServices;

namespace PixelMend.Kernels;

/// <summary>target[i] += factor · row[i].</summary>
internal readonly ref struct AddScaled : IRowKernel
{
    private readonly ref readonly float row;
    private readonly float factor;
    private readonly ref float target;

    private AddScaled(ref readonly float row, float factor, ref float target)
    {
        this.row = ref row;
        this.factor = factor;
        this.target = ref target;
    }

    public static void Run(ReadOnlySpan<float> row, float factor, Span<float> target)
    {
        AddScaled kernel = Create(row, factor, target);
        RowKernel.Run(ref kernel, target.Length);
    }

    internal static AddScaled Create(ReadOnlySpan<float> row, float factor, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(row.Length, target.Length);
        return new AddScaled(in row[0], factor, ref target[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(nint i)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float at = ref Unsafe.Add(ref target, i);
        (TLanes.Load(in at) + (TLanes.Broadcast(factor) * TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in row), i)))).Store(ref at);
    }

    internal static void Reference(ReadOnlySpan<float> row, float factor, Span<float> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += factor * row[i];
        }
    }
}
