using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PixelMend.Formats.Dng;

/// <summary>Decodes lossless JPEG: Huffman-coded differences of a row, then the predictor over the row.</summary>
internal static class LosslessJpegDecoder
{
    /// <summary>Makes sure that nothing large is allocated on the header's word: a sample takes at least one bit.</summary>
    /// <exception cref="RawDataException">The stream is too short for its samples.</exception>
    public static void CheckCount(LosslessJpegHeader header, ReadOnlySpan<byte> bytes)
    {
        if (header.Count > 8L * bytes.Length)
        {
            throw header.Malformed($"{header.Count} samples cannot be coded in {bytes.Length} bytes", 0);
        }
    }

    /// <summary>Samples in scan order: rows of interleaved components.</summary>
    /// <param name="header">The stream's parsed header.</param>
    /// <param name="bytes">The whole stream.</param>
    /// <param name="samples">Receives them: <see cref="LosslessJpegHeader.Count"/>.</param>
    /// <exception cref="RawDataException">The coded data are damaged or end early.</exception>
    public static void Decode(LosslessJpegHeader header, ReadOnlySpan<byte> bytes, Span<ushort> samples)
    {
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
                DecodeRows(header, clean.AsSpan(0, length), samples.Slice(y * header.RowLength, rows * header.RowLength), start);
                at = SkipRestart(bytes, at);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(clean);
        }
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
        HuffmanTable[] tables = Cycle(header.Tables);
        Bits bits = default;
        for (int at = 0; at < samples.Length; at += header.RowLength)
        {
            Span<ushort> row = samples.Slice(at, header.RowLength);
            bool valid = ReadDifferences(ref bits, data, tables, row);
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

    /// <summary>The tables of samples that follow each other, twice where they are odd in number: samples are read in twos.</summary>
    private static HuffmanTable[] Cycle(HuffmanTable[] tables) => tables.Length % 2 == 0 ? tables : [.. tables, .. tables];

    private static bool ReadDifferences(ref Bits state, ReadOnlySpan<byte> data, HuffmanTable[] cycle, Span<ushort> row)
    {
        Bits bits = state;
        int next = 0;
        for (int i = 0; i < row.Length; i++)
        {
            // Enough for two samples from the tables.
            if ((i & 1) == 0)
            {
                bits.Refill(data);
            }

            HuffmanTable table = cycle[next];
            next = next + 1 == cycle.Length ? 0 : next + 1;
            int entry = table.Lookup[(int)(bits.Buffer >> (64 - HuffmanTable.LookupBits))];
            if (entry == 0)
            {
                if (!ReadAny(ref bits, data, table, out row[i]))
                {
                    return false;
                }

                continue;
            }

            int taken = entry & 31;
            int extra = entry >> 5;
            row[i] = Difference(bits.Buffer << (taken - extra), extra);
            bits.Skip(taken);
        }

        state = bits;
        return true;
    }

    /// <summary>A difference of any code; leaves as many bits as two short ones need.</summary>
    private static bool ReadAny(ref Bits bits, ReadOnlySpan<byte> data, HuffmanTable table, out ushort difference)
    {
        bits.Refill(data);
        (int length, int extra) = table.Search((int)(bits.Buffer >> 48));
        bits.Skip(length);
        difference = extra == 16 ? (ushort)0x8000 : Difference(bits.Buffer, extra);
        bits.Skip(extra == 16 ? 0 : extra);
        bits.Refill(data);
        return length > 0;
    }

    /// <summary>The difference that the first <paramref name="count"/> bits stand for: those that begin with 0 are negative, and 1 more than they seem.</summary>
    private static ushort Difference(ulong bits, int count)
    {
        // In two steps, for a shift by 64 is none.
        int value = (int)(bits >> 1 >> (63 - count));
        int negative = (int)(~(long)bits >> 63);
        return (ushort)(value + (negative & (1 - (1 << count))));
    }

    /// <summary>The next bits of the data, first at the top; zeros follow its end, and whoever reads them notices by the position.</summary>
    private struct Bits
    {
        public ulong Buffer;
        public int Count;
        public int Position;

        /// <summary>Makes at least 56 bits available.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Refill(ReadOnlySpan<byte> data)
        {
            if (Position + 8 <= data.Length)
            {
                // Bits beyond the count are there already, and the same.
                Buffer |= BinaryPrimitives.ReadUInt64BigEndian(data[Position..]) >> Count;
                Position += (63 - Count) >> 3;
                Count |= 56;
            }
            else
            {
                RefillAtEnd(data);
            }
        }

        public void Skip(int count)
        {
            Buffer <<= count;
            Count -= count;
        }

        private void RefillAtEnd(ReadOnlySpan<byte> data)
        {
            for (; Count <= 56; Count += 8, Position++)
            {
                Buffer |= (ulong)(Position < data.Length ? data[Position] : 0) << (56 - Count);
            }
        }
    }
}
