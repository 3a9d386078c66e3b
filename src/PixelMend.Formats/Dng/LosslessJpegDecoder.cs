using System.Buffers;
using System.Buffers.Binary;

namespace PixelMend.Formats.Dng;

/// <summary>Decodes lossless JPEG: Huffman-coded differences of a row, then the predictor over the row.</summary>
internal static class LosslessJpegDecoder
{
    /// <summary>Samples in scan order: rows of interleaved components.</summary>
    /// <param name="header">The stream's parsed header.</param>
    /// <param name="bytes">The whole stream.</param>
    /// <exception cref="RawDataException">The coded data are damaged or end early.</exception>
    public static ushort[] Decode(LosslessJpegHeader header, ReadOnlySpan<byte> bytes)
    {
        // A sample takes at least one bit: nothing larger is allocated on the header's word.
        if (header.Count > 8L * bytes.Length)
        {
            throw header.Malformed($"{header.Count} samples cannot be coded in {bytes.Length} bytes", 0);
        }

        var samples = new ushort[header.Count];
        byte[] clean = ArrayPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            int at = header.DataStart;
            int rowsPerStart = header.RestartRows == 0 ? header.Rows : header.RestartRows;
            for (int y = 0; y < header.Rows; y += rowsPerStart)
            {
                int start = at;
                int length = Unstuff(bytes, ref at, clean);
                int rows = Math.Min(rowsPerStart, header.Rows - y);
                DecodeRows(header, clean.AsSpan(0, length), samples.AsSpan(y * header.RowLength, rows * header.RowLength), start);
                at = SkipRestart(bytes, at);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(clean);
        }

        return samples;
    }

    /// <summary>Copies coded data up to the next marker, without the zero bytes that are stuffed after 0xFF.</summary>
    private static int Unstuff(ReadOnlySpan<byte> bytes, ref int at, Span<byte> clean)
    {
        int length = 0;
        while (true)
        {
            ReadOnlySpan<byte> rest = bytes[at..];
            int run = rest.IndexOf((byte)0xFF);
            run = run < 0 ? rest.Length : run;
            rest[..run].CopyTo(clean[length..]);
            length += run;
            at += run;
            if (at + 1 >= bytes.Length || bytes[at + 1] != 0)
            {
                return length;
            }

            clean[length++] = 0xFF;
            at += 2;
        }
    }

    private static int SkipRestart(ReadOnlySpan<byte> bytes, int at) =>
        at + 1 < bytes.Length && bytes[at] == 0xFF && bytes[at + 1] is >= 0xD0 and <= 0xD7 ? at + 2 : at;

    private static void DecodeRows(LosslessJpegHeader header, ReadOnlySpan<byte> data, Span<ushort> samples, int start)
    {
        JpegPredictor predictor = JpegPredictor.Number(header.Predictor);
        Bits bits = default;
        for (int at = 0; at < samples.Length; at += header.RowLength)
        {
            Span<ushort> row = samples.Slice(at, header.RowLength);
            bool valid = ReadDifferences(ref bits, data, header.Tables, row);
            if (!valid || ((long)bits.Position * 8) - bits.Count > (long)data.Length * 8)
            {
                throw header.Malformed("the coded samples are damaged or end early", start);
            }

            if (at == 0)
            {
                JpegPredictor.RestoreFirst(row, header.Components, header.Precision);
            }
            else
            {
                predictor.Restore(row, samples.Slice(at - header.RowLength, header.RowLength), header.Components);
            }
        }
    }

    private static bool ReadDifferences(ref Bits state, ReadOnlySpan<byte> data, HuffmanTable[] tables, Span<ushort> row)
    {
        Bits bits = state;
        int component = 0;
        for (int i = 0; i < row.Length; i++)
        {
            bits.Refill(data);
            HuffmanTable table = tables[component];
            component = component + 1 == tables.Length ? 0 : component + 1;
            int entry = table.Lookup[(int)(bits.Buffer >> (64 - HuffmanTable.LookupBits))];
            if (entry == 0)
            {
                entry = table.Search((int)(bits.Buffer >> 48));
                if (entry == 0)
                {
                    return false;
                }
            }

            bits.Skip(entry & 31);
            int extra = (entry >> 5) & 31;
            if (extra == 0)
            {
                row[i] = (ushort)(entry >> 16);
            }
            else
            {
                row[i] = (ushort)HuffmanTable.Extend((int)(bits.Buffer >> (64 - extra)), extra);
                bits.Skip(extra);
            }
        }

        state = bits;
        return true;
    }

    /// <summary>The next bits of the data, first at the top; zeros follow its end, and whoever reads them notices by the position.</summary>
    private struct Bits
    {
        public ulong Buffer;
        public int Count;
        public int Position;

        /// <summary>Makes at least 32 bits available: the longest code and its extra bits.</summary>
        public void Refill(ReadOnlySpan<byte> data)
        {
            if (Count >= 32)
            {
                return;
            }

            if (Position + 8 <= data.Length)
            {
                Buffer |= BinaryPrimitives.ReadUInt64BigEndian(data[Position..]) >> Count;
                Position += (63 - Count) >> 3;
                Count |= 56;
                return;
            }

            for (; Count <= 56; Count += 8, Position++)
            {
                Buffer |= (ulong)(Position < data.Length ? data[Position] : 0) << (56 - Count);
            }
        }

        public void Skip(int count)
        {
            Buffer <<= count;
            Count -= count;
        }
    }
}
