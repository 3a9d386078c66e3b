using System.Buffers.Binary;

namespace PixelMend.Formats.Png;

/// <summary>The IHDR chunk of a grey image of whole bytes.</summary>
internal readonly record struct PngHeader(int Width, int Height, int Depth, bool Interlaced)
{
    private const int Length = 13;

    public SampleCoding Coding => new(Depth / 8, BigEndian: true);

    /// <exception cref="RawDataException">Not a header, or a kind of image that is not read.</exception>
    public static PngHeader Read(PngChunks chunks)
    {
        PngChunk first = chunks.List[0];
        ReadOnlySpan<byte> data = chunks.Content(first);
        if (first.Type != PngChunks.Header || data.Length != Length)
        {
            throw new RawDataException(RawDataError.Malformed, PngFormat.FormatName, "the first chunk is not a header", first.Start);
        }

        (int depth, int color, int interlace) = (data[8], data[9], data[12]);
        if (color != 0 || depth is not (8 or 16))
        {
            throw new RawDataException(
                RawDataError.Unsupported,
                PngFormat.FormatName,
                $"only grey images of 8 and 16 bits are read, this has colour type {color} and {depth} bits",
                first.Start
            );
        }

        if (data[10] != 0 || data[11] != 0 || interlace > 1)
        {
            throw new RawDataException(
                RawDataError.Unsupported,
                PngFormat.FormatName,
                $"compression {data[10]}, filter {data[11]}, interlace {interlace} are not defined",
                first.Start
            );
        }

        int width = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(data), int.MaxValue);
        int height = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(data[4..]), int.MaxValue);
        return new PngHeader(width, height, depth, interlace == 1);
    }

    public byte[] ToBytes()
    {
        var data = new byte[Length];
        BinaryPrimitives.WriteInt32BigEndian(data, Width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), Height);
        data[8] = (byte)Depth;
        data[12] = Interlaced ? (byte)1 : (byte)0;
        return data;
    }
}
