using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Formats;

/// <summary>
/// Packs samples of 9 to 15 bits without gaps, most significant bit first, eight at a time: neighbours are joined to pairs, pairs to fours, and the bytes
/// of the two fours put in order.
/// </summary>
internal sealed class BitPacker
{
    private readonly int bits;

    /// <summary>Where the output's bytes are found among those of the first four samples, and of the second four.</summary>
    private readonly Vector128<byte> first;
    private readonly Vector128<byte> second;

    /// <param name="bits">9 to 15.</param>
    public BitPacker(int bits)
    {
        this.bits = bits;
        Span<byte> ofFirst = stackalloc byte[Vector128<byte>.Count];
        Span<byte> ofSecond = stackalloc byte[Vector128<byte>.Count];
        ofFirst.Fill(byte.MaxValue);
        ofSecond.Fill(byte.MaxValue);
        int secondAt = bits / 2;
        for (int i = 0; i < sizeof(ulong); i++)
        {
            ofFirst[i] = (byte)(7 - i);
            ofSecond[secondAt + i] = (byte)(15 - i);
        }

        first = Vector128.Create<byte>(ofFirst);
        second = Vector128.Create<byte>(ofSecond);
    }

    /// <summary>Packs as many whole groups as 16 bytes can be written for.</summary>
    /// <returns>How many samples that are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Pack(ReadOnlySpan<ushort> samples, Span<byte> packed)
    {
        if (!ByteLanes16.IsSupported)
        {
            return 0;
        }

        ref ushort source = ref MemoryMarshal.GetReference(samples);
        ref byte target = ref MemoryMarshal.GetReference(packed);
        Vector128<ushort> mask = Vector128.Create((ushort)((1 << bits) - 1));

        // Fours of an odd depth end within a byte, in which the second four begins.
        Vector128<ulong> moved = Vector128.Create(0, (bits & 1) == 0 ? 0 : ulong.MaxValue);
        int x = 0;
        int at = 0;
        for (; x <= samples.Length - BitGroups.Samples && at <= packed.Length - Vector128<byte>.Count; x += BitGroups.Samples, at += bits)
        {
            Vector128<uint> words = (Vector128.LoadUnsafe(ref source, (nuint)x) & mask).AsUInt32();
            Vector128<ulong> pairs = (((words & Vector128.Create(0xFFFFu)) << bits) | (words >>> 16)).AsUInt64();
            Vector128<ulong> fours = ((pairs & Vector128.Create(0xFFFFFFFFul)) << (2 * bits)) | (pairs >>> 32);
            fours <<= 64 - (4 * bits);
            Vector128<byte> bytes = Vector128.ConditionalSelect(moved, fours >>> 4, fours).AsByte();
            (Vector128.ShuffleNative(bytes, first) | Vector128.ShuffleNative(bytes, second)).StoreUnsafe(ref target, (nuint)at);
        }

        return x;
    }
}
