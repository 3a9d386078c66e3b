using System.Text;

namespace PixelMend.Formats.Tiff;

/// <summary>Collects the fields of a new little-endian TIFF file of one directory, and writes it: header, directory, values, image data.</summary>
internal sealed class TiffBuilder
{
    private const int HeaderLength = 8;
    private static readonly ByteOrder Order = new(BigEndian: false);

    private readonly SortedDictionary<ushort, (TiffType Type, int Count, byte[] Data)> fields = [];

    /// <summary>A field of bytes of any type.</summary>
    public void Set(ushort tag, TiffType type, ReadOnlySpan<byte> data) => fields[tag] = (type, data.Length / type.Size(), data.ToArray());

    /// <summary>A field of text; nothing for null.</summary>
    public void Set(ushort tag, string? text)
    {
        if (text is not null)
        {
            Set(tag, TiffType.Ascii, Encoding.UTF8.GetBytes(text + '\0'));
        }
    }

    /// <summary>A field of 16-bit numbers.</summary>
    public void Set(ushort tag, params ReadOnlySpan<ushort> values)
    {
        var data = new byte[2 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Order.Write(data.AsSpan(2 * i), values[i]);
        }

        Set(tag, TiffType.Short, data);
    }

    /// <summary>A field of 32-bit numbers.</summary>
    public void SetLong(ushort tag, params ReadOnlySpan<uint> values) => Set(tag, TiffType.Long, Longs(values));

    /// <summary>A field of signed rationals, rounded to millionths at worst.</summary>
    public void SetRational(ushort tag, bool signed, params ReadOnlySpan<double> values)
    {
        var data = new byte[8 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            (long numerator, uint denominator) = Fraction(values[i], signed ? int.MaxValue : uint.MaxValue);
            Order.Write(data.AsSpan(8 * i), (uint)numerator);
            Order.Write(data.AsSpan((8 * i) + 4), denominator);
        }

        Set(tag, signed ? TiffType.SignedRational : TiffType.Rational, data);
    }

    /// <summary>Writes the file.</summary>
    /// <param name="segments">Strips or tiles, raster order.</param>
    /// <param name="offsetsTag">Field for their offsets.</param>
    /// <param name="lengthsTag">Field for their byte counts.</param>
    /// <param name="output">Receives the file.</param>
    /// <exception cref="NotSupportedException">The file would be larger than TIFF allows.</exception>
    public void Write(IReadOnlyList<byte[]> segments, ushort offsetsTag, ushort lengthsTag, Stream output)
    {
        var offsets = new uint[segments.Count];
        SetLong(lengthsTag, [.. segments.Select(s => (uint)s.Length)]);
        SetLong(offsetsTag, offsets);
        long end = HeaderLength + 2 + (fields.Count * TiffEntry.Size) + 4 + fields.Values.Sum(f => (long)OutOfLine(f.Data));
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = (uint)end;
            end += Even(segments[i].Length);
        }

        if (end > uint.MaxValue)
        {
            throw new NotSupportedException("The file would be larger than the 4 GiB that TIFF allows.");
        }

        SetLong(offsetsTag, offsets);
        output.Write(Header());
        foreach (byte[] part in fields.Values.Select(f => f.Data).Where(d => d.Length > 4).Concat(segments))
        {
            output.Write(part);
            output.Write(new byte[Even(part.Length) - part.Length]);
        }
    }

    private byte[] Header()
    {
        var bytes = new byte[HeaderLength + 2 + (fields.Count * TiffEntry.Size) + 4];
        "II*\0"u8.CopyTo(bytes);
        Order.Write(bytes.AsSpan(4), (uint)HeaderLength);
        Order.Write(bytes.AsSpan(HeaderLength), (ushort)fields.Count);
        int at = HeaderLength + 2;
        int data = bytes.Length;
        foreach ((ushort tag, (TiffType type, int count, byte[] values)) in fields)
        {
            Order.Write(bytes.AsSpan(at), tag);
            Order.Write(bytes.AsSpan(at + 2), (ushort)type);
            Order.Write(bytes.AsSpan(at + 4), (uint)count);
            if (values.Length <= 4)
            {
                values.CopyTo(bytes, at + 8);
            }
            else
            {
                Order.Write(bytes.AsSpan(at + 8), (uint)data);
            }

            data += OutOfLine(values);
            at += TiffEntry.Size;
        }

        return bytes;
    }

    private static byte[] Longs(ReadOnlySpan<uint> values)
    {
        var data = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Order.Write(data.AsSpan(4 * i), values[i]);
        }

        return data;
    }

    /// <summary>Whole numbers exactly; others with the largest power of ten that fits.</summary>
    private static (long Numerator, uint Denominator) Fraction(double value, double largest)
    {
        uint denominator = 1;
        while (
            denominator < 1_000_000
            && value * denominator != Math.Floor(value * denominator)
            && Math.Abs(value) * denominator * 10 < largest
        )
        {
            denominator *= 10;
        }

        return ((long)Math.Round(value * denominator), denominator);
    }

    private static int OutOfLine(byte[] data) => data.Length <= 4 ? 0 : Even(data.Length);

    private static int Even(int length) => length + (length & 1);
}
