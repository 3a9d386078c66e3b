using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using PixelMend.Frames;

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

    /// <summary>
    /// Whether values are whole numbers from 0 to 255 or 65535, and none can be missing. The header alone decides, so that a repair
    /// cannot turn a file of floats into one of codes.
    /// </summary>
    public bool AreCodes => BitPix is 8 or 16 && Scale == 1 && Zero + SmallestStored == 0 && Blank is null;

    /// <summary>Whether values are whole numbers.</summary>
    public bool AreWhole => BitPix > 0 && Scale == 1 && Zero == Math.Truncate(Zero);

    /// <summary>Values that can be stored; null where any float can. Scaled floats are on a grid too: far from BZERO they have fewer digits than their values.</summary>
    public SampleGrid? Grid =>
        BitPix < 0 && Zero == 0 && Scale == 1
            ? null
            : new SampleGrid(Zero, Scale, SmallestStored, LargestStored, NumberOf(BitPix)) { Missing = Blank };

    private double LargestStored =>
        BitPix switch
        {
            -32 => float.MaxValue,
            -64 => double.MaxValue,
            8 => 255,
            _ => Math.ScaleB(1, BitPix - 1) - 1,
        };

    private double SmallestStored =>
        BitPix switch
        {
            < 0 => -LargestStored,
            8 => 0,
            _ => -Math.ScaleB(1, BitPix - 1),
        };

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
            double value = Stored(row.Slice(i * Bytes, Bytes)) is double stored ? ValueOf(stored) : double.NaN;
            values[i] = double.IsFinite(value) ? value : double.NaN;
        }
    }

    /// <summary>Codes of a row, where <see cref="AreCodes"/>: of 16 bits those are stored with their highest bit the other way round.</summary>
    public void Decode(ReadOnlySpan<byte> row, Span<ushort> codes)
    {
        if (BitPix == 8)
        {
            new SampleCoding(Bytes, BigEndian: true).Decode(row, codes);
            return;
        }

        int i = 0;
        var highest = new Vector<ushort>(0x8000);
        ReadOnlySpan<ushort> stored = MemoryMarshal.Cast<byte, ushort>(row[..(codes.Length * 2)]);
        for (; BitConverter.IsLittleEndian && i <= codes.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            var swapped = new Vector<ushort>(stored[i..]);
            (((swapped << 8) | (swapped >>> 8)) ^ highest).CopyTo(codes[i..]);
        }

        for (; i < codes.Length; i++)
        {
            codes[i] = (ushort)(BinaryPrimitives.ReadInt16BigEndian(row[(i * 2)..]) - short.MinValue);
        }
    }

    /// <summary>Stores a row of codes, where <see cref="AreCodes"/> and they are of 16 bits: the other way round than they are decoded.</summary>
    public static void Encode(ReadOnlySpan<ushort> codes, Span<byte> row)
    {
        for (int i = 0; i < codes.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(row[(i * 2)..], (ushort)(codes[i] ^ 0x8000));
        }
    }

    /// <summary>Stores a row of floats as they are, where <see cref="Grid"/> is null and they are of 32 bits.</summary>
    public static void Encode(ReadOnlySpan<float> values, Span<byte> row) =>
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(values), MemoryMarshal.Cast<byte, int>(row));

    /// <summary>Stores a value in place of a sample: the nearest that can be stored.</summary>
    public void Patch(Span<byte> row, int x, double value)
    {
        Span<byte> sample = row.Slice(x * Bytes, Bytes);
        double stored = Grid?.IndexOf(value) ?? value;
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
            // Conversion from double saturates, so that the largest number of 64 bits, which a double rounds up, does no harm.
            long whole = (long)stored;
            for (int i = Bytes - 1; i >= 0; i--, whole >>= 8)
            {
                sample[i] = (byte)whole;
            }
        }
    }

    private static StoredNumber NumberOf(int bitPix) =>
        bitPix switch
        {
            -32 => StoredNumber.Single,
            -64 => StoredNumber.Double,
            _ => StoredNumber.Whole,
        };

    /// <summary>Adding a zero offset would turn -0 into 0.</summary>
    private double ValueOf(double stored) => BitPix < 0 && Zero == 0 ? Scale * stored : Zero + (Scale * stored);

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
