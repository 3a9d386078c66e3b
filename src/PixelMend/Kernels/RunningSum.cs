using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PixelMend.Kernels;

/// <summary>sums[i] += value[i]: rows added up place by place.</summary>
internal readonly ref struct RunningSum : IRowKernel
{
    private readonly ref readonly float value;
    private readonly ref float sums;

    private RunningSum(ref readonly float value, ref float sums)
    {
        this.value = ref value;
        this.sums = ref sums;
    }

    /// <summary>Adds the first sums.Length values.</summary>
    public static void Run(ReadOnlySpan<float> value, Span<float> sums)
    {
        RunningSum kernel = Create(value, sums);
        RowKernel.Run(ref kernel, sums.Length);
    }

    /// <summary>The sum of all values, added up in several lanes.</summary>
    public static float Total(ReadOnlySpan<float> values)
    {
        ref float first = ref MemoryMarshal.GetReference(values);
        Vector<float> lanes = Vector<float>.Zero;
        nint i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            lanes += Vector.LoadUnsafe(ref first, (nuint)i);
        }

        float sum = Vector.Sum(lanes);
        for (; i < values.Length; i++)
        {
            sum += Unsafe.Add(ref first, i);
        }

        return sum;
    }

    internal static RunningSum Create(ReadOnlySpan<float> value, Span<float> sums)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value.Length, sums.Length);
        return new RunningSum(in value[0], ref sums[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(nint i)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float sum = ref Unsafe.Add(ref sums, i);
        (TLanes.Load(in sum) + TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in value), i))).Store(ref sum);
    }

    internal static void Reference(ReadOnlySpan<float> value, Span<float> sums)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += value[i];
        }
    }
}
