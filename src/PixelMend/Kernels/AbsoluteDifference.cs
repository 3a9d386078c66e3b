using System.Runtime.CompilerServices;

namespace PixelMend.Kernels;

/// <summary>result[i] = |a[i] − b[i]|.</summary>
internal readonly ref struct AbsoluteDifference : IRowKernel
{
    private readonly ref readonly float a;
    private readonly ref readonly float b;
    private readonly ref float result;

    private AbsoluteDifference(ref readonly float a, ref readonly float b, ref float result)
    {
        this.a = ref a;
        this.b = ref b;
        this.result = ref result;
    }

    /// <summary>Works on the first result.Length values of both rows.</summary>
    public static void Run(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
    {
        AbsoluteDifference kernel = Create(a, b, result);
        RowKernel.Run(ref kernel, result.Length);
    }

    internal static AbsoluteDifference Create(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(a.Length, result.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(b.Length, result.Length);
        return new AbsoluteDifference(in a[0], in b[0], ref result[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(nint i)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes
            .Abs(TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in a), i)) - TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in b), i)))
            .Store(ref Unsafe.Add(ref result, i));

    internal static void Reference(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
    {
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = MathF.Abs(a[i] - b[i]);
        }
    }
}
