using System.Buffers.Binary;

namespace PixelMend.Formats.Tiff;

/// <summary>
/// Samples of 1 to 16 bits side by side without gaps, most significant bit first, as TIFF and DNG store depths other than 8 and 16
/// whatever the file's byte order; a row begins at a byte.
/// </summary>
internal static class BitPacking
{
    /// <summary>Bytes of a row.</summary>
    public static int RowBytes(int width, int bits) => (int)((((long)width * bits) + 7) / 8);

    /// <summary>Unpacks a row.</summary>
    public static void Unpack(ReadOnlySpan<byte> packed, int bits, Span<ushort> samples)
    {
        int x = bits switch
        {
            10 => Unpack10(packed, samples),
            12 => Unpack12(packed, samples),
            14 => Unpack14(packed, samples),
            _ => 0,
        };
        for (; x < samples.Length; x++)
        {
            samples[x] = Get(packed, bits, x);
        }
    }

    /// <summary>The sample at index <paramref name="x"/> of a row.</summary>
    public static ushort Get(ReadOnlySpan<byte> packed, int bits, int x)
    {
        long first = (long)x * bits;
        int at = (int)(first >> 3);
        int end = (int)((first + bits + 7) >> 3);
        uint word = 0;
        for (int i = at; i < end; i++)
        {
            word = (word << 8) | packed[i];
        }

        int surplus = (int)(((long)end << 3) - first - bits);
        return (ushort)((word >> surplus) & ((1u << bits) - 1));
    }

    /// <summary>Sets the sample at index <paramref name="x"/> of a row; all other bits stay.</summary>
    public static void Set(Span<byte> packed, int bits, int x, ushort sample)
    {
        long first = (long)x * bits;
        int at = (int)(first >> 3);
        int end = (int)((first + bits + 7) >> 3);
        int surplus = (int)(((long)end << 3) - first - bits);
        uint mask = ((1u << bits) - 1) << surplus;
        uint word = (uint)sample << surplus;
        for (int i = end - 1; i >= at; i--)
        {
            packed[i] = (byte)((packed[i] & ~mask) | (word & mask));
            mask >>= 8;
            word >>= 8;
        }
    }

    private static int Unpack10(ReadOnlySpan<byte> packed, Span<ushort> samples)
    {
        int x = 0;
        for (; x + 4 <= samples.Length && packed.Length >= 8; x += 4, packed = packed[5..])
        {
            ulong word = BinaryPrimitives.ReadUInt64BigEndian(packed);
            samples[x] = (ushort)(word >> 54);
            samples[x + 1] = (ushort)((word >> 44) & 0x3FF);
            samples[x + 2] = (ushort)((word >> 34) & 0x3FF);
            samples[x + 3] = (ushort)((word >> 24) & 0x3FF);
        }

        return x;
    }

    private static int Unpack12(ReadOnlySpan<byte> packed, Span<ushort> samples)
    {
        int x = 0;
        for (; x + 4 <= samples.Length && packed.Length >= 8; x += 4, packed = packed[6..])
        {
            ulong word = BinaryPrimitives.ReadUInt64BigEndian(packed);
            samples[x] = (ushort)(word >> 52);
            samples[x + 1] = (ushort)((word >> 40) & 0xFFF);
            samples[x + 2] = (ushort)((word >> 28) & 0xFFF);
            samples[x + 3] = (ushort)((word >> 16) & 0xFFF);
        }

        return x;
    }

    private static int Unpack14(ReadOnlySpan<byte> packed, Span<ushort> samples)
    {
        int x = 0;
        for (; x + 4 <= samples.Length && packed.Length >= 8; x += 4, packed = packed[7..])
        {
            ulong word = BinaryPrimitives.ReadUInt64BigEndian(packed);
            samples[x] = (ushort)(word >> 50);
            samples[x + 1] = (ushort)((word >> 36) & 0x3FFF);
            samples[x + 2] = (ushort)((word >> 22) & 0x3FFF);
            samples[x + 3] = (ushort)((word >> 8) & 0x3FFF);
        }

        return x;
    }
}
