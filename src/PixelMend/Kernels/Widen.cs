using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>Codes to floats, exactly. Conversions change the lane size, so this kernel steps by 128 bits on every machine.</summary>
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

    internal static void Reference(ReadOnlySpan<ushort> codes, Span<float> floats)
    {
        for (int i = 0; i < codes.Length; i++)
        {
            floats[i] = codes[i];
        }
    }
}
