namespace PixelMend.Formats.Otp;

/// <summary>Bits, the most significant of each byte first; the last byte is filled up with ones, which cost no programming.</summary>
internal sealed class OtpBitWriter
{
    private readonly List<byte> bytes = [];
    private int used = 8;

    /// <summary>The bytes so far.</summary>
    public byte[] ToBytes() => [.. bytes];

    /// <summary>Appends the low bits of a number.</summary>
    public void Write(uint value, int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            if (used == 8)
            {
                bytes.Add(byte.MaxValue);
                used = 0;
            }

            if ((value >> i & 1) == 0)
            {
                bytes[^1] &= (byte)~(0x80 >> used);
            }

            used++;
        }
    }

    /// <summary>Appends an exponential Golomb code: n zeros, a one, and n + <paramref name="order"/> bits.</summary>
    public void WriteGolomb(ulong value, int order)
    {
        ulong shifted = value + (1UL << order);
        int length = 64 - System.Numerics.BitOperations.LeadingZeroCount(shifted);
        Write(0, length - 1 - order);
        Write((uint)(shifted >> 32), Math.Max(0, length - 32));
        Write((uint)shifted, Math.Min(32, length));
    }

    /// <summary>Bits that <see cref="WriteGolomb"/> takes.</summary>
    public static int GolombLength(ulong value, int order)
    {
        int length = 64 - System.Numerics.BitOperations.LeadingZeroCount(value + (1UL << order));
        return (2 * length) - 1 - order;
    }
}
