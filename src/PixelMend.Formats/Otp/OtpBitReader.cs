namespace PixelMend.Formats.Otp;

/// <summary>Reads what <see cref="OtpBitWriter"/> writes.</summary>
internal ref struct OtpBitReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>A Golomb code with more zeros than this overflows every coordinate.</summary>
    private const int MostZeros = 40;

    private readonly ReadOnlySpan<byte> bytes = bytes;
    private long position;

    /// <summary>The next bits as a number; false at the end.</summary>
    public bool TryRead(int count, out ulong value)
    {
        value = 0;
        if (position + count > bytes.Length * 8L)
        {
            return false;
        }

        for (int i = 0; i < count; i++, position++)
        {
            value = (value << 1) | (uint)(bytes[(int)(position >> 3)] >> (int)(7 - (position & 7)) & 1);
        }

        return true;
    }

    /// <summary>The next exponential Golomb code; false at the end or where it is none.</summary>
    public bool TryReadGolomb(int order, out ulong value)
    {
        value = 0;
        int zeros = 0;
        ulong bit;
        while (TryRead(1, out bit) && bit == 0)
        {
            if (++zeros > MostZeros)
            {
                return false;
            }
        }

        if (bit == 0 || !TryRead(zeros + order, out ulong rest) || zeros + order >= 63)
        {
            return false;
        }

        value = (1UL << (zeros + order)) + rest - (1UL << order);
        return true;
    }
}
