using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>Takes a row of pairs apart: even places into one row, odd ones into another, as the columns of a Bayer mosaic are.</summary>
internal static class Deinterleave
{
    /// <param name="row">Pairs; a last value without a partner counts as even.</param>
    /// <param name="even">Gets (row.Length + 1) / 2 values.</param>
    /// <param name="odd">Gets row.Length / 2 values.</param>
    public static void Run(ReadOnlySpan<float> row, Span<float> even, Span<float> odd)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(even.Length, (row.Length + 1) / 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(odd.Length, row.Length / 2);
        int i = 0;
        if (Vector256.IsHardwareAccelerated && BitConverter.IsLittleEndian)
        {
            // A pair as one number of 64 bits: its lower half is the even place.
            const int half = 32;
            ref uint pairs = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(row));
            ref uint evens = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(even));
            ref uint odds = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(odd));
            for (; i <= row.Length - (2 * Vector256<uint>.Count); i += 2 * Vector256<uint>.Count)
            {
                Vector256<ulong> first = Vector256.LoadUnsafe(ref pairs, (nuint)i).AsUInt64();
                Vector256<ulong> second = Vector256.LoadUnsafe(ref pairs, (nuint)(i + Vector256<uint>.Count)).AsUInt64();
                Vector256.Narrow(first, second).StoreUnsafe(ref evens, (nuint)(i / 2));
                Vector256.Narrow(first >>> half, second >>> half).StoreUnsafe(ref odds, (nuint)(i / 2));
            }
        }

        Reference(row[i..], even[(i / 2)..], odd[(i / 2)..]);
    }

    /// <summary>The same for codes, as floats.</summary>
    /// <param name="row">Pairs; a last value without a partner counts as even.</param>
    /// <param name="even">Gets (row.Length + 1) / 2 values.</param>
    /// <param name="odd">Gets row.Length / 2 values.</param>
    public static void Run(ReadOnlySpan<ushort> row, Span<float> even, Span<float> odd)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(even.Length, (row.Length + 1) / 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(odd.Length, row.Length / 2);
        int i = 0;
        if (Vector256.IsHardwareAccelerated && BitConverter.IsLittleEndian)
        {
            // A pair as one number of 32 bits; halves fit an int, whose conversion is one instruction.
            const int half = 16;
            ref ushort source = ref MemoryMarshal.GetReference(row);
            ref float evens = ref MemoryMarshal.GetReference(even);
            ref float odds = ref MemoryMarshal.GetReference(odd);
            for (; i <= row.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
            {
                Vector256<uint> pairs = Vector256.LoadUnsafe(ref source, (nuint)i).AsUInt32();
                Vector256
                    .ConvertToSingle((pairs & Vector256.Create((uint)ushort.MaxValue)).AsInt32())
                    .StoreUnsafe(ref evens, (nuint)(i / 2));
                Vector256.ConvertToSingle((pairs >>> half).AsInt32()).StoreUnsafe(ref odds, (nuint)(i / 2));
            }
        }

        for (; i < row.Length; i++)
        {
            (i % 2 == 0 ? even : odd)[i / 2] = row[i];
        }
    }

    internal static void Reference(ReadOnlySpan<float> row, Span<float> even, Span<float> odd)
    {
        for (int i = 0; i < row.Length; i++)
        {
            (i % 2 == 0 ? even : odd)[i / 2] = row[i];
        }
    }
}
