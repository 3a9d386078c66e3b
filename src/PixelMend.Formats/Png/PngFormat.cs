using PixelMend.Frames;

namespace PixelMend.Formats.Png;

/// <summary>
/// Grey PNG of 8 and 16 bits, interlaced or not. PNG states no black and white: black is 0, white the largest code of the converter
/// depth inferred from the samples. Rewriting compresses the image data anew and keeps every other chunk byte for byte in its place.
/// </summary>
public sealed class PngFormat : FrameFormat
{
    internal const string FormatName = "PNG";

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override string Summary =>
        "Read, rewritten and written: grey PNG of 8 and 16 bits, interlaced or not, all other chunks kept; mono unless a mosaic is given.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".png"];

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> head, string name) => head.StartsWith(PngChunks.Signature);

    /// <inheritdoc/>
    public override RawFrame Read(ReadOnlyMemory<byte> file, ReadOptions options)
    {
        PngChunks chunks = PngChunks.Read(file);
        PngHeader header = PngHeader.Read(chunks);
        options.Limits.CheckSize(FormatName, header.Width, header.Height);
        Plane<ushort> codes = PngImage.Decode(header, chunks.ImageData());
        int depth = header.Depth == 8 ? 8 : CodeDepth.Infer(codes.Samples);
        int significant = chunks.SignificantBits();
        if (significant > depth && significant < header.Depth)
        {
            // Bits are stated for the sensor; samples that fill them without being scaled up keep that depth however dark they are.
            depth = significant;
        }

        return new RawFrame(codes, depth, options.Cfa ?? CfaPattern.Mono, new Levels(0, (1 << depth) - 1));
    }

    /// <inheritdoc/>
    public override void Rewrite(
        ReadOnlyMemory<byte> original,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        ReadOptions options,
        Stream output
    )
    {
        if (changes.Count == 0)
        {
            output.Write(original.Span);
            return;
        }

        PngChunks chunks = PngChunks.Read(original);
        byte[] data = PngImage.Encode(PngHeader.Read(chunks), frame.With(changes).Codes!);
        chunks.WriteWithImageData(data, output);
    }

    /// <summary>Writes 8 bits where samples fit, else 16; levels and mosaic have no place in the format.</summary>
    public override void Write(RawFrame frame, Stream output)
    {
        (Plane<ushort> codes, int bits) = CodeDepth.ForWriting(frame, FormatName);
        var header = new PngHeader(frame.Width, frame.Height, bits <= 8 ? 8 : 16, Interlaced: false);
        output.Write(PngChunks.Signature);
        PngChunks.WriteChunk(output, PngChunks.Header, header.ToBytes());
        PngChunks.WriteChunk(output, PngChunks.Data, PngImage.Encode(header, codes));
        PngChunks.WriteChunk(output, PngChunks.End, []);
    }
}
