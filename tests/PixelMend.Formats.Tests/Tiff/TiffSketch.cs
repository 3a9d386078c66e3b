using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace PixelMend.Formats.Tests.Tiff;

/// <summary>
/// A small TIFF file of one directory in either byte order, with any fields, right or wrong: written apart from the product's own writer,
/// so that the two do not share mistakes.
/// </summary>
internal sealed class TiffSketch(bool bigEndian)
{
    private readonly SortedDictionary<ushort, (ushort Type, byte[] Data, int Size)> fields = [];

    /// <summary>Whether the file is big-endian.</summary>
    public bool BigEndian => bigEndian;

    public TiffSketch Shorts(ushort tag, params int[] values) => Field(tag, 3, 2, [.. values.SelectMany(v => Number((uint)v, 2))]);

    public TiffSketch Longs(ushort tag, params long[] values) => Field(tag, 4, 4, [.. values.SelectMany(v => Number((uint)v, 4))]);

    public TiffSketch Bytes(ushort tag, params byte[] values) => Field(tag, 1, 1, values);

    public TiffSketch Undefined(ushort tag, params byte[] values) => Field(tag, 7, 1, values);

    public TiffSketch Text(ushort tag, string text) => Field(tag, 2, 1, Encoding.ASCII.GetBytes(text + '\0'));

    /// <summary>Signed rationals in thousandths.</summary>
    public TiffSketch Thousandths(ushort tag, params double[] values) =>
        Field(tag, 10, 8, [.. values.SelectMany(v => Number((uint)(int)Math.Round(v * 1000), 4).Concat(Number(1000, 4)))]);

    /// <summary>The fields that every mosaic has.</summary>
    public static TiffSketch Mosaic(bool bigEndian, int width, int height, int bits, string cfa = "RGGB") =>
        new TiffSketch(bigEndian)
            .Longs(254, 0)
            .Longs(256, width)
            .Longs(257, height)
            .Shorts(258, bits)
            .Shorts(259, 1)
            .Shorts(262, 32803)
            .Text(272, "Sketch")
            .Shorts(277, 1)
            .Shorts(284, 1)
            .Bytes(50706, 1, 4, 0, 0)
            .Text(50708, "Sketch")
            .Shorts(33421, 2, 2)
            .Bytes(33422, [.. cfa.Select(c => (byte)"RGB".IndexOf(c))])
            .Longs(50717, (1L << bits) - 1);

    /// <summary>The file: header, directory, values, and the segments, which begin at odd places too.</summary>
    public byte[] Build(IReadOnlyList<byte[]> segments, bool tiled = false, bool shortOffsets = false)
    {
        ushort offsetsTag = (ushort)(tiled ? 324 : 273);
        var offsets = new long[segments.Count];
        Longs((ushort)(tiled ? 325 : 279), [.. segments.Select(s => (long)s.Length)]);
        SetOffsets();
        int data = 8 + 2 + (12 * fields.Count) + 4;
        long at = data + fields.Values.Where(f => f.Data.Length > 4).Sum(f => f.Data.Length);
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = at;
            at += segments[i].Length;
        }

        SetOffsets();
        var file = new List<byte>();
        file.AddRange(bigEndian ? "MM\0*"u8 : "II*\0"u8);
        file.AddRange([.. Number(8, 4), .. Number((uint)fields.Count, 2)]);
        foreach ((ushort tag, (ushort type, byte[] values, int size)) in fields)
        {
            file.AddRange([.. Number(tag, 2), .. Number(type, 2), .. Number((uint)(values.Length / size), 4)]);
            file.AddRange(values.Length <= 4 ? [.. values, .. new byte[4 - values.Length]] : Number((uint)data, 4));
            data += values.Length <= 4 ? 0 : values.Length;
        }

        file.AddRange(Number(0, 4));
        file.AddRange(fields.Values.Where(f => f.Data.Length > 4).SelectMany(f => f.Data));
        file.AddRange(segments.SelectMany(s => s));
        return [.. file];

        void SetOffsets()
        {
            if (shortOffsets)
            {
                Shorts(offsetsTag, [.. offsets.Select(o => (int)o)]);
            }
            else
            {
                Longs(offsetsTag, offsets);
            }
        }
    }

    /// <summary>Rows of samples as TIFF packs them, by way of one long binary numeral per row.</summary>
    public byte[] Pack(IEnumerable<ushort[]> rows, int bits)
    {
        var bytes = new List<byte>();
        foreach (ushort[] row in rows)
        {
            if (bits == 16)
            {
                bytes.AddRange(row.SelectMany(s => Number(s, 2)));
                continue;
            }

            string numeral = string.Concat(row.Select(s => s.ToString("b" + bits, CultureInfo.InvariantCulture)));
            numeral = numeral.PadRight((numeral.Length + 7) / 8 * 8, '0');
            bytes.AddRange(
                numeral.Chunk(8).Select(c => byte.Parse(new string(c), NumberStyles.BinaryNumber, CultureInfo.InvariantCulture))
            );
        }

        return [.. bytes];
    }

    private TiffSketch Field(ushort tag, ushort type, int size, byte[] data)
    {
        fields[tag] = (type, data, size);
        return this;
    }

    private byte[] Number(uint value, int size)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bigEndian ? [.. bytes[..size].Reverse()] : bytes[..size];
    }
}
