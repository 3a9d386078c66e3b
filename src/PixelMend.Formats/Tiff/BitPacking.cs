using PixelMend.Frames;

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
        int done = BitGroups.Packed(bits)?.Unpack(packed, samples) ?? 0;
        for (int x = done; x < samples.Length; x++)
        {
            samples[x] = Get(packed, bits, x);
        }
    }

    /// <summary>All rows of a plane: bytes, little-endian words, or packed bits.</summary>
    public static byte[] Pack(Plane<ushort> plane, int bits)
    {
        int stride = RowBytes(plane.Width, bits);
        byte[] bytes = LargeArray.Zeros<byte>(checked(stride * plane.Height));
        BitPacker? packer = BitGroups.Packed(bits) is null ? null : new BitPacker(bits);
        for (int y = 0; y < plane.Height; y++)
        {
            ReadOnlySpan<ushort> samples = plane.Row(y);
            Span<byte> row = bytes.AsSpan(y * stride, stride);
            if (bits == 16)
            {
                new SampleCoding(sizeof(ushort), BigEndian: false).Encode(samples, row);
                continue;
            }

            for (int x = packer?.Pack(samples, row) ?? 0; x < samples.Length; x++)
            {
                Set(row, bits, x, samples[x]);
            }
        }

        return bytes;
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
}
