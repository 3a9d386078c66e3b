using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>Whole numbers to floats and doubles, exactly below 2²⁴ and 2⁵³. Conversions change the lane size, so these kernels step by 128 or 256 bits on every machine.</summary>
internal static class Widen
{
    public static void Run(ReadOnlySpan<ushort> codes, Span<float> floats) => Run<ushort, float, CodesToFloats>(codes, floats);

    public static void Run(ReadOnlySpan<uint> numbers, Span<double> doubles) => Run<uint, double, NumbersToDoubles>(numbers, doubles);

    public static void Run(ReadOnlySpan<ulong> numbers, Span<double> doubles) => Run<ulong, double, LongNumbersToDoubles>(numbers, doubles);

    /// <summary>The means of so many codes, from their sums below 2³¹, to within one half.</summary>
    public static void Means(ReadOnlySpan<uint> sums, int count, Span<ushort> means)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(means.Length, sums.Length);
        ref uint source = ref MemoryMarshal.GetReference(sums);
        ref ushort target = ref MemoryMarshal.GetReference(means);
        float part = 1f / count;
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= sums.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
            {
                Vector256
                    .Narrow(
                        Means(Vector256.LoadUnsafe(ref source, (nuint)i), part),
                        Means(Vector256.LoadUnsafe(ref source, (nuint)(i + Vector256<uint>.Count)), part)
                    )
                    .StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < sums.Length; i++)
        {
            means[i] = (ushort)(((int)sums[i] * part) + 0.5f);
        }
    }

    internal static void Reference<TFrom, TTo>(ReadOnlySpan<TFrom> numbers, Span<TTo> floats)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            floats[i] = TTo.CreateTruncating(numbers[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Means(Vector256<uint> sums, float part) =>
        Vector256.ConvertToInt32((Vector256.ConvertToSingle(sums.AsInt32()) * part) + Vector256.Create(0.5f)).AsUInt32();

    private static void Run<TFrom, TTo, TStep>(ReadOnlySpan<TFrom> numbers, Span<TTo> floats)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
        where TStep : IStep<TFrom, TTo>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(floats.Length, numbers.Length);
        ref TFrom source = ref MemoryMarshal.GetReference(numbers);
        ref TTo target = ref MemoryMarshal.GetReference(floats);
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= numbers.Length - TStep.Count; i += TStep.Count)
            {
                TStep.Convert(ref source, ref target, (nuint)i);
            }
        }

        Reference(numbers[i..], floats[i..]);
    }

    /// <summary>Converts a few numbers at once.</summary>
    private interface IStep<TFrom, TTo>
    {
        static abstract int Count { get; }

        static abstract void Convert(ref TFrom source, ref TTo target, nuint at);
    }

    private readonly struct CodesToFloats : IStep<ushort, float>
    {
        public static int Count => Vector128<ushort>.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Convert(ref ushort source, ref float target, nuint at)
        {
            (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(Vector128.LoadUnsafe(ref source, at));

            // Sixteen bits fit an int, whose conversion is one instruction; that of an unsigned int is not.
            Vector128.ConvertToSingle(low.AsInt32()).StoreUnsafe(ref target, at);
            Vector128.ConvertToSingle(high.AsInt32()).StoreUnsafe(ref target, at + (nuint)Vector128<float>.Count);
        }
    }

    private readonly struct NumbersToDoubles : IStep<uint, double>
    {
        public static int Count => Vector256<uint>.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Convert(ref uint source, ref double target, nuint at)
        {
            (Vector256<ulong> low, Vector256<ulong> high) = Vector256.Widen(Vector256.LoadUnsafe(ref source, at));
            Vector256.ConvertToDouble(low).StoreUnsafe(ref target, at);
            Vector256.ConvertToDouble(high).StoreUnsafe(ref target, at + (nuint)Vector256<double>.Count);
        }
    }

    private readonly struct LongNumbersToDoubles : IStep<ulong, double>
    {
        public static int Count => Vector256<ulong>.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Convert(ref ulong source, ref double target, nuint at) =>
            Vector256.ConvertToDouble(Vector256.LoadUnsafe(ref source, at)).StoreUnsafe(ref target, at);
    }
}
