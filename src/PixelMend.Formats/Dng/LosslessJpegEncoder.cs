using System.Buffers;

namespace PixelMend.Formats.Dng;

/// <summary>Shape of a lossless JPEG image to encode.</summary>
/// <param name="Precision">Bits per sample, 2 to 16.</param>
/// <param name="Columns">Samples per row of one component.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Components">Interleaved components, 1 to 4.</param>
/// <param name="Predictor">Predictor, 1 to 7.</param>
/// <param name="RestartRows">Rows between restart markers; 0 for none.</param>
internal readonly record struct LosslessJpegShape(int Precision, int Columns, int Rows, int Components, int Predictor, int RestartRows = 0)
{
    /// <summary>Samples of all components in a row.</summary>
    public int RowLength => Columns * Components;
}

/// <summary>Encodes lossless JPEG with Huffman tables made for the data: one per component.</summary>
internal static class LosslessJpegEncoder
{
    private const int Classes = DifferenceCode.Classes;

    /// <summary>A complete stream.</summary>
    /// <param name="shape">What to encode.</param>
    /// <param name="samples">Rows of interleaved components.</param>
    public static byte[] Encode(LosslessJpegShape shape, ReadOnlySpan<ushort> samples)
    {
        ushort[] row = ArrayPool<ushort>.Shared.Rent(shape.RowLength);
        try
        {
            // Once for the tables and once for the bits: to form differences again costs less than to keep them all.
            Span<ushort> differences = row.AsSpan(0, shape.RowLength);
            var counts = new long[shape.Components][];
            for (int c = 0; c < counts.Length; c++)
            {
                counts[c] = new long[Classes];
            }

            for (int y = 0; y < shape.Rows; y++)
            {
                Subtract(shape, samples, y, differences);
                Count(differences, counts);
            }

            HuffmanCode[] codes = [.. counts.Select(c => new HuffmanCode(c))];
            DifferenceCode[] symbols = [.. codes.Select(c => new DifferenceCode(c))];
            var writer = new JpegBitWriter(samples.Length);
            WriteHeader(writer, shape, codes);
            for (int y = 0; y < shape.Rows; y++)
            {
                if (y > 0 && IsStart(shape, y))
                {
                    writer.Align();
                    writer.Marker((byte)(0xD0 + (((y / shape.RestartRows) - 1) & 7)));
                }

                Subtract(shape, samples, y, differences);
                writer.Write(differences, symbols);
            }

            writer.Align();
            writer.Marker(0xD9);
            return writer.ToArray();
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(row);
        }
    }

    private static bool IsStart(LosslessJpegShape shape, int y) => y == 0 || (shape.RestartRows > 0 && y % shape.RestartRows == 0);

    /// <summary>The differences of a row.</summary>
    private static void Subtract(LosslessJpegShape shape, ReadOnlySpan<ushort> samples, int y, Span<ushort> differences)
    {
        int length = shape.RowLength;
        ReadOnlySpan<ushort> row = samples.Slice(y * length, length);
        if (IsStart(shape, y))
        {
            JpegPredictor.SubtractFirst(row, shape.Components, shape.Precision, differences);
        }
        else
        {
            JpegPredictor.Number(shape.Predictor).Subtract(row, samples.Slice((y - 1) * length, length), shape.Components, differences);
        }
    }

    /// <summary>Adds the classes of a row's differences up, component by component.</summary>
    private static void Count(ReadOnlySpan<ushort> differences, long[][] counts)
    {
        for (int c = 0; c < counts.Length; c++)
        {
            long[] own = counts[c];
            for (int i = c; i < differences.Length; i += counts.Length)
            {
                own[DifferenceCode.Class((short)differences[i])]++;
            }
        }
    }

    private static void WriteHeader(JpegBitWriter writer, LosslessJpegShape shape, HuffmanCode[] codes)
    {
        writer.Marker(0xD8);
        writer.Marker(
            0xC3,
            [(byte)shape.Precision, .. Word(shape.Rows), .. Word(shape.Columns), (byte)codes.Length, .. Frame(codes.Length)]
        );
        for (int c = 0; c < codes.Length; c++)
        {
            writer.Marker(0xC4, [(byte)c, .. codes[c].Counts, .. codes[c].Symbols]);
        }

        if (shape.RestartRows > 0)
        {
            writer.Marker(0xDD, Word(shape.RestartRows * shape.Columns));
        }

        writer.Marker(0xDA, [(byte)codes.Length, .. Scan(codes.Length), (byte)shape.Predictor, 0, 0]);

        static byte[] Word(int value) => [(byte)(value >> 8), (byte)value];
        static IEnumerable<byte> Frame(int components) => Enumerable.Range(0, components).SelectMany(c => (byte[])[(byte)c, 0x11, 0]);
        static IEnumerable<byte> Scan(int components) => Enumerable.Range(0, components).SelectMany(c => (byte[])[(byte)c, (byte)(c << 4)]);
    }
}
