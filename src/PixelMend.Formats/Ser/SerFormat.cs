using System.Buffers.Binary;
using PixelMend.Formats.RawDump;
using PixelMend.Frames;

namespace PixelMend.Formats.Ser;

/// <summary>SER video of planetary cameras: a header, frames, and time stamps behind them. Mono and every Bayer mosaic, 8 to 16 bits.</summary>
public sealed class SerFormat : FrameFormat
{
    internal const string FormatName = "SER";

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override string Summary =>
        "Read, rewritten in place and written: video of 8 to 16 bits, mono or Bayer, frame by frame; header and time stamps kept; either byte order, whatever the mark says. New files of one frame.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".ser"];

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> head, string name) => head.StartsWith(SerHeader.Magic);

    /// <inheritdoc/>
    public override RawFrame Read(ReadOnlyMemory<byte> file, ReadOptions options)
    {
        SerHeader header = SerHeader.Read(file.Span, options.Limits);
        ReadOnlySpan<byte> first = FirstFrame(header, file.Span);
        (bool bigEndian, string? note) = SerByteOrder.Of(header, first, options);
        RawSpec spec = header.ToSpec(bigEndian, options);
        var codes = Plane<ushort>.Unfilled(spec.Width, spec.Height);
        new DumpRows(spec).Decode(first, codes);
        string[] notes =
        [
            .. header.Count > 1 ? (string[])[$"the first of {header.Count} frames"] : [],
            .. note is null ? (string[])[] : [note],
        ];
        long stampAt = SerHeader.Bytes + (header.FrameBytes * header.Count);
        long? stamp =
            header.Count > 0 && stampAt + SerHeader.StampBytes <= file.Length
                ? BinaryPrimitives.ReadInt64LittleEndian(file.Span[(int)stampAt..])
                : null;
        return new RawFrame(codes, spec.Depth, spec.Cfa, new Levels(0, spec.EffectiveWhite)) { Info = header.InfoOf(stamp, notes) };
    }

    /// <summary>Changes the first frame.</summary>
    /// <inheritdoc/>
    public override void Rewrite(
        ReadOnlyMemory<byte> original,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        ReadOptions options,
        Stream output
    )
    {
        SerHeader header = SerHeader.Read(original.Span, options.Limits);
        (bool bigEndian, _) = SerByteOrder.Of(header, FirstFrame(header, original.Span), options);
        byte[] copy = original.ToArray();
        new DumpRows(header.ToSpec(bigEndian, options)).Patch(copy.AsSpan(SerHeader.Bytes), changes);
        output.Write(copy);
    }

    /// <inheritdoc/>
    public override FrameSequence? OpenSequence(Stream file, ReadOptions options) => SerSequence.Open(file, options);

    /// <summary>Writes a video of one frame, low byte first with the mark that most programs understand.</summary>
    public override void Write(RawFrame frame, Stream output)
    {
        (Plane<ushort> codes, int bits) = CodeDepth.ForWriting(frame, FormatName);
        long ticks = frame.Info.CaptureTime?.UtcTicks ?? 0;
        int colorId = SerHeader.ColorIdOf(frame.Cfa);
        var header = new SerHeader(colorId, Mark: 0, frame.Width, frame.Height, bits, Count: 1, frame.Info.Model ?? "", ticks);
        output.Write(header.ToBytes());
        var coding = new SampleCoding(bits <= 8 ? 1 : 2, BigEndian: false);
        var row = new byte[frame.Width * coding.Bytes];
        for (int y = 0; y < frame.Height; y++)
        {
            coding.Encode(codes.Row(y), row);
            output.Write(row);
        }

        if (ticks > 0)
        {
            var stamp = new byte[SerHeader.StampBytes];
            BinaryPrimitives.WriteInt64LittleEndian(stamp, ticks);
            output.Write(stamp);
        }
    }

    private static ReadOnlySpan<byte> FirstFrame(SerHeader header, ReadOnlySpan<byte> file)
    {
        long end = SerHeader.Bytes + header.FrameBytes;
        return end <= file.Length
            ? file[SerHeader.Bytes..(int)end]
            : throw new RawDataException(
                RawDataError.Malformed,
                FormatName,
                $"the file ends after {file.Length} bytes, within its first frame",
                file.Length
            );
    }
}
