using System.Buffers.Binary;
using PixelMend.Formats.RawDump;
using PixelMend.Frames;

namespace PixelMend.Formats.Ser;

/// <summary>The frames of a SER file one by one; its header and what follows the frames go along as they are.</summary>
internal sealed class SerSequence : DumpSequence
{
    private readonly byte[] headerBytes;
    private readonly SerHeader header;
    private readonly string[] notes;

    private SerSequence(Stream file, byte[] headerBytes, SerHeader header, int count, RawSpec spec, string? note, ReadLimits limits)
        : base(file, spec, SerFormat.FormatName, limits)
    {
        this.headerBytes = headerBytes;
        this.header = header;
        notes = note is null ? [] : [note];
        Count = count;
    }

    public override int? Count { get; }

    /// <summary>The frames of a file; null where it has one.</summary>
    /// <exception cref="RawDataException">The header or the first frame is malformed.</exception>
    public static SerSequence? Open(Stream file, ReadOptions options)
    {
        var head = new byte[SerHeader.Bytes];
        int bytes = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        SerHeader read = SerHeader.Read(head.AsSpan(0, bytes), options.Limits);
        if (file.Length - SerHeader.Bytes < read.FrameBytes)
        {
            throw new RawDataException(
                RawDataError.Malformed,
                SerFormat.FormatName,
                $"the file ends after {file.Length} bytes, within its first frame",
                file.Length
            );
        }

        // A recording that was cut short does not know its frames: all that are whole count.
        int count = read.Count > 0 ? read.Count : (int)Math.Min(int.MaxValue, (file.Length - SerHeader.Bytes) / read.FrameBytes);
        if (count == 1)
        {
            return null;
        }

        var first = new byte[read.FrameBytes];
        file.ReadExactly(first);
        file.Position = SerHeader.Bytes;
        (bool bigEndian, string? note) = SerByteOrder.Of(read, first, options);
        return new SerSequence(file, head, read, count, read.ToSpec(bigEndian, options), note, options.Limits);
    }

    public override RawFrame? Next() => Taken == Count ? null : base.Next();

    public override void Write(IReadOnlyList<SampleChange> changes, EditRecord? record, Stream output)
    {
        if (Taken == 1)
        {
            output.Write(headerBytes);
        }

        base.Write(changes, record, output);
    }

    public override void Finish(Stream output) => Input.CopyTo(output);

    /// <summary>Time stamps stand behind the last frame, one for each.</summary>
    protected override FrameInfo InfoOf(int index)
    {
        long stampAt = SerHeader.Bytes + (header.FrameBytes * Count!.Value) + ((long)index * SerHeader.StampBytes);
        if (stampAt + SerHeader.StampBytes > Input.Length)
        {
            return header.InfoOf(null, notes);
        }

        long here = Input.Position;
        var stamp = new byte[SerHeader.StampBytes];
        Input.Position = stampAt;
        Input.ReadExactly(stamp);
        Input.Position = here;
        return header.InfoOf(BinaryPrimitives.ReadInt64LittleEndian(stamp), notes);
    }
}
