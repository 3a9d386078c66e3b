using System.Numerics;

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
    /// <summary>Differences have 0 to 16 bits.</summary>
    private const int Classes = 17;

    /// <summary>A complete stream.</summary>
    /// <param name="shape">What to encode.</param>
    /// <param name="samples">Rows of interleaved components.</param>
    public static byte[] Encode(LosslessJpegShape shape, ReadOnlySpan<ushort> samples)
    {
        ushort[] differences = Differences(shape, samples);
        HuffmanCode[] codes =
        [
            .. Enumerable.Range(0, shape.Components).Select(c => new HuffmanCode(Histogram(differences, c, shape.Components))),
        ];
        var writer = new JpegBitWriter(samples.Length);
        WriteHeader(writer, shape, codes);
        int perStart = (shape.RestartRows == 0 ? shape.Rows : shape.RestartRows) * shape.RowLength;
        for (int at = 0, restart = 0; at < differences.Length; at += perStart, restart++)
        {
            if (at > 0)
            {
                writer.Marker((byte)(0xD0 + ((restart - 1) & 7)));
            }

            WriteSamples(writer, differences.AsSpan(at, Math.Min(perStart, differences.Length - at)), codes);
            writer.Align();
        }

        writer.Marker(0xD9);
        return writer.ToArray();
    }

    private static ushort[] Differences(LosslessJpegShape shape, ReadOnlySpan<ushort> samples)
    {
        JpegPredictor predictor = JpegPredictor.Number(shape.Predictor);
        var differences = new ushort[samples.Length];
        int length = shape.RowLength;
        for (int y = 0; y < shape.Rows; y++)
        {
            ReadOnlySpan<ushort> row = samples.Slice(y * length, length);
            Span<ushort> target = differences.AsSpan(y * length, length);
            if (y == 0 || (shape.RestartRows > 0 && y % shape.RestartRows == 0))
            {
                JpegPredictor.SubtractFirst(row, shape.Components, shape.Precision, target);
            }
            else
            {
                predictor.Subtract(row, samples.Slice((y - 1) * length, length), shape.Components, target);
            }
        }

        return differences;
    }

    private static long[] Histogram(ushort[] differences, int component, int components)
    {
        var counts = new long[Classes];
        for (int i = component; i < differences.Length; i += components)
        {
            counts[Class((short)differences[i])]++;
        }

        return counts;
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

    private static void WriteSamples(JpegBitWriter writer, ReadOnlySpan<ushort> differences, HuffmanCode[] codes)
    {
        int component = 0;
        foreach (ushort difference in differences)
        {
            HuffmanCode code = codes[component];
            component = component + 1 == codes.Length ? 0 : component + 1;
            int value = (short)difference;
            int bits = Class(value);
            writer.Write(code.Code(bits), code.Length(bits));
            if (bits is > 0 and < 16)
            {
                writer.Write((value < 0 ? value - 1 : value) & ((1 << bits) - 1), bits);
            }
        }
    }

    /// <summary>Bits of a difference's magnitude.</summary>
    private static int Class(int difference) => 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(difference));
}
