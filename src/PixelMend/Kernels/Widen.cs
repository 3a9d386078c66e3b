using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>Whole numbers to floats and doubles, exactly. Conversions change the lane size, so these kernels step by 128 or 256 bits on every machine.</summary>
internal static class Widen
{
    public static void Run(ReadOnlySpan<ushort> codes, Span<float> floats)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(floats.Length, codes.Length);
        ref ushort source = ref MemoryMarshal.GetReference(codes);
        ref float target = ref MemoryMarshal.GetReference(floats);
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= codes.Length - Vector128<ushort>.Count; i += Vector128<ushort>.Count)
            {
                (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(Vector128.LoadUnsafe(ref source, (nuint)i));

                // Sixteen bits fit an int, whose conversion is one instruction; that of an unsigned int is not.
                Vector128.ConvertToSingle(low.AsInt32()).StoreUnsafe(ref target, (nuint)i);
                Vector128.ConvertToSingle(high.AsInt32()).StoreUnsafe(ref target, (nuint)i + (nuint)Vector128<float>.Count);
            }
        }

        for (; i < codes.Length; i++)
        {
            Unsafe.Add(ref target, i) = Unsafe.Add(ref source, i);
        }
    }

    /// <summary>Whole numbers below 2³² to doubles, exactly.</summary>
    public static void Run(ReadOnlySpan<uint> numbers, Span<double> doubles)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(doubles.Length, numbers.Length);
        ref uint source = ref MemoryMarshal.GetReference(numbers);
        ref double target = ref MemoryMarshal.GetReference(doubles);
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= numbers.Length - Vector256<uint>.Count; i += Vector256<uint>.Count)
            {
                (Vector256<ulong> low, Vector256<ulong> high) = Vector256.Widen(Vector256.LoadUnsafe(ref source, (nuint)i));
                Vector256.ConvertToDouble(low).StoreUnsafe(ref target, (nuint)i);
                Vector256.ConvertToDouble(high).StoreUnsafe(ref target, (nuint)i + (nuint)Vector256<double>.Count);
            }
        }

        for (; i < numbers.Length; i++)
        {
            Unsafe.Add(ref target, i) = Unsafe.Add(ref source, i);
        }
    }

    /// <summary>Whole numbers to the nearest doubles, exactly below 2⁵³.</summary>
    public static void Run(ReadOnlySpan<ulong> numbers, Span<double> doubles)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(doubles.Length, numbers.Length);
        ref ulong source = ref MemoryMarshal.GetReference(numbers);
        ref double target = ref MemoryMarshal.GetReference(doubles);
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= numbers.Length - Vector256<ulong>.Count; i += Vector256<ulong>.Count)
            {
                Vector256.ConvertToDouble(Vector256.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < numbers.Length; i++)
        {
            Unsafe.Add(ref target, i) = Unsafe.Add(ref source, i);
        }
    }

    internal static void Reference(ReadOnlySpan<ushort> codes, Span<float> floats)
    {
        for (int i = 0; i < codes.Length; i++)
        {
            floats[i] = codes[i];
        }
    }
}
