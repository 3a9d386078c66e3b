using System.Text;

namespace PixelMend.Formats.Tiff;

/// <summary>
/// Collects the fields of a directory of a new little-endian TIFF file, its image and its sub-directories, and writes the file.
/// </summary>
internal sealed class TiffBuilder
{
    private const int HeaderLength = 8;
    private static readonly ByteOrder Order = new(BigEndian: false);

    private readonly SortedDictionary<ushort, (TiffType Type, int Count, byte[] Data)> fields = [];
    private readonly Dictionary<ushort, TiffBuilder> children = [];
    private IReadOnlyList<byte[]> segments = [];
    private ushort segmentOffsets;
    private long offset;

    private int TableLength => 2 + (fields.Count * TiffEntry.Size) + 4;

    private int Length => TableLength + fields.Values.Sum(f => OutOfLine(f.Data));

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

    /// <summary>A field that points to a directory; nothing for one without fields.</summary>
    public void Set(ushort tag, TiffBuilder child)
    {
        if (child.fields.Count > 0)
        {
            children[tag] = child;
            SetLong(tag, 0);
        }
    }

    /// <summary>The image's strips or tiles.</summary>
    /// <param name="data">Raster order.</param>
    /// <param name="offsetsTag">Field for their offsets.</param>
    /// <param name="lengthsTag">Field for their byte counts.</param>
    public void SetSegments(IReadOnlyList<byte[]> data, ushort offsetsTag, ushort lengthsTag)
    {
        segments = data;
        segmentOffsets = offsetsTag;
        SetLong(offsetsTag, new uint[data.Count]);
        SetLong(lengthsTag, [.. data.Select(s => (uint)s.Length)]);
    }

    /// <summary>Writes the file: all directories, then the data of their images.</summary>
    /// <exception cref="NotSupportedException">The file would be larger than TIFF allows.</exception>
    public void Write(Stream output)
    {
        TiffBuilder[] directories = [.. Family()];
        long end = HeaderLength;
        foreach (TiffBuilder directory in directories)
        {
            directory.offset = end;
            end += directory.Length;
        }

        foreach (TiffBuilder directory in directories)
        {
            end = directory.SetPointers(end);
        }

        var header = new byte[HeaderLength];
        "II*\0"u8.CopyTo(header);
        Order.Write(header.AsSpan(4), (uint)HeaderLength);
        output.Write(header);
        foreach (TiffBuilder directory in directories)
        {
            output.Write(directory.Table());
            foreach (byte[] values in directory.fields.Values.Select(f => f.Data).Where(d => d.Length > 4))
            {
                WriteEven(output, values);
            }
        }

        foreach (byte[] segment in directories.SelectMany(d => d.segments))
        {
            WriteEven(output, segment);
        }
    }

    /// <summary>This directory and all below it.</summary>
    private IEnumerable<TiffBuilder> Family() => children.Values.SelectMany(c => c.Family()).Prepend(this);

    /// <summary>Points to sub-directories, and to the image's data from <paramref name="end"/> on.</summary>
    /// <returns>Where that data ends.</returns>
    private long SetPointers(long end)
    {
        foreach ((ushort tag, TiffBuilder child) in children)
        {
            SetLong(tag, (uint)child.offset);
        }

        var offsets = new uint[segments.Count];
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = (uint)end;
            end += Even(segments[i].Length);
        }

        if (end > uint.MaxValue)
        {
            throw new NotSupportedException("The file would be larger than the 4 GiB that TIFF allows.");
        }

        if (offsets.Length > 0)
        {
            SetLong(segmentOffsets, offsets);
        }

        return end;
    }

    /// <summary>The directory's table, its longer values right behind it.</summary>
    private byte[] Table()
    {
        var bytes = new byte[TableLength];
        Order.Write(bytes, (ushort)fields.Count);
        int at = 2;
        long data = offset + bytes.Length;
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

    private static void WriteEven(Stream output, byte[] bytes)
    {
        output.Write(bytes);
        output.Write(new byte[Even(bytes.Length) - bytes.Length]);
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
