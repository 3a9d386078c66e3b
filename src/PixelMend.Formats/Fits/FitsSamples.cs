using System.Buffers.Binary;

namespace PixelMend.Formats.Fits;

/// <summary>
/// How samples are stored: BITPIX, big-endian, value = BZERO + BSCALE × stored; BLANK (integers) and NaN (floats) stand for missing values.
/// </summary>
/// <param name="BitPix">8, 16, 32, 64 for integers, -32 and -64 for floats.</param>
/// <param name="Zero">BZERO.</param>
/// <param name="Scale">BSCALE.</param>
/// <param name="Blank">BLANK, or null.</param>
internal readonly record struct FitsSamples(int BitPix, double Zero, double Scale, long? Blank)
{
    public int Bytes => Math.Abs(BitPix) / 8;

    /// <summary>Whether values are whole numbers that need no scaling beyond a whole offset.</summary>
    public bool IsWhole => BitPix > 0 && Scale == 1 && Zero == Math.Truncate(Zero);

    /// <summary>Largest value that can be stored.</summary>
    private double LargestStored => BitPix == 8 ? 255 : Math.ScaleB(1, BitPix - 1) - 1;

    private double SmallestStored => BitPix == 8 ? 0 : -Math.ScaleB(1, BitPix - 1);

    /// <summary>Bits of the largest code that can be stored, for values that are codes.</summary>
    public int LargestCodeBits => (int)Math.Clamp(Math.Log2(LargestStored + Zero + 1), 1, 16);

    /// <exception cref="RawDataException">BITPIX is not defined, or BSCALE is 0.</exception>
    public static FitsSamples From(FitsHeader header)
    {
        long bitPix = header.Whole("BITPIX");
        double scale = header.Number("BSCALE") ?? 1;
        if (bitPix is not (8 or 16 or 32 or 64 or -32 or -64) || scale == 0)
        {
            throw new RawDataException(
                RawDataError.Malformed,
                FitsFormat.FormatName,
                $"BITPIX = {bitPix} with BSCALE = {scale} is not defined",
                header.Start
            );
        }

        long? blank = bitPix > 0 && header.Text("BLANK") is not null ? header.Whole("BLANK") : null;
        return new FitsSamples((int)bitPix, header.Number("BZERO") ?? 0, scale, blank);
    }

    /// <summary>Values of a row; NaN for missing ones and those without a finite value.</summary>
    public void Decode(ReadOnlySpan<byte> row, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            double value = Stored(row.Slice(i * Bytes, Bytes)) is double stored ? Zero + (Scale * stored) : double.NaN;
            values[i] = double.IsFinite(value) ? value : double.NaN;
        }
    }

    /// <summary>Stores a value in place of a sample: the nearest whole number in range for integers.</summary>
    public void Patch(Span<byte> row, int x, double value)
    {
        Span<byte> sample = row.Slice(x * Bytes, Bytes);
        double stored = (value - Zero) / Scale;
        if (BitPix == -32)
        {
            BinaryPrimitives.WriteSingleBigEndian(sample, (float)stored);
        }
        else if (BitPix == -64)
        {
            BinaryPrimitives.WriteDoubleBigEndian(sample, stored);
        }
        else
        {
            // Conversion from double saturates, so that the clamp's rounding at 64 bits does no harm.
            long whole = (long)Math.Clamp(Math.Round(stored), SmallestStored, LargestStored);
            for (int i = Bytes - 1; i >= 0; i--, whole >>= 8)
            {
                sample[i] = (byte)whole;
            }
        }
    }

    private double? Stored(ReadOnlySpan<byte> sample)
    {
        if (BitPix < 0)
        {
            return BitPix == -32 ? BinaryPrimitives.ReadSingleBigEndian(sample) : BinaryPrimitives.ReadDoubleBigEndian(sample);
        }

        long whole = BitPix switch
        {
            8 => sample[0],
            16 => BinaryPrimitives.ReadInt16BigEndian(sample),
            32 => BinaryPrimitives.ReadInt32BigEndian(sample),
            _ => BinaryPrimitives.ReadInt64BigEndian(sample),
        };
        return whole == Blank ? null : whole;
    }
}
