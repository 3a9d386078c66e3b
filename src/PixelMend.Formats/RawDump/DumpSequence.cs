using PixelMend.Frames;

namespace PixelMend.Formats.RawDump;

/// <summary>Frames of one geometry that follow each other without anything between: raw video, and what files with a small header have behind it.</summary>
internal class DumpSequence : FrameSequence
{
    private readonly RawSpec spec;
    private readonly string format;
    private readonly DumpRows rows;
    private readonly Plane<ushort> codes;

    /// <summary>Of the frame just taken.</summary>
    private byte[] bytes = [];

    /// <exception cref="RawDataException">A frame is beyond the limits.</exception>
    public DumpSequence(Stream input, RawSpec spec, string format, ReadLimits limits)
    {
        limits.CheckSize(format, spec.Width, spec.Height);
        Input = input;
        this.spec = spec;
        this.format = format;
        rows = new DumpRows(spec);
        if (rows.FrameBytes > limits.MaxFileBytes)
        {
            throw new RawDataException(
                RawDataError.LimitExceeded,
                format,
                $"a frame of {rows.FrameBytes} bytes exceeds the limit of {limits.MaxFileBytes}"
            );
        }

        codes = Plane<ushort>.Unfilled(spec.Width, spec.Height);
    }

    public override int? Count => null;

    /// <summary>Where the frames come from; closed with the sequence.</summary>
    protected Stream Input { get; }

    /// <summary>Frames taken so far.</summary>
    protected int Taken { get; private set; }

    public override RawFrame? Next()
    {
        (bytes, int read) = TakeBytes();
        if (read < bytes.Length)
        {
            return read == 0 && Count is null
                ? null
                : throw new RawDataException(
                    RawDataError.Malformed,
                    format,
                    $"the input ends within frame {Taken + 1}, after {read} of its {bytes.Length} bytes"
                );
        }

        rows.Decode(bytes, codes);
        Taken++;
        return new RawFrame(codes, spec.Depth, spec.Cfa, new Levels(spec.Black, spec.EffectiveWhite)) { Info = InfoOf(Taken - 1) };
    }

    public override void Write(IReadOnlyList<SampleChange> changes, EditRecord? record, Stream output)
    {
        rows.Patch(bytes, changes);
        Pass(bytes, output);
    }

    public override void Finish(Stream output) { }

    /// <summary>A buffer for one frame.</summary>
    protected byte[] MakeBuffer() => LargeArray.Unfilled<byte>(checked((int)rows.FrameBytes));

    /// <summary>Fills a buffer from the input; how many bytes there were.</summary>
    protected int Fill(byte[] buffer) => Input.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);

    /// <summary>The next frame's bytes, and how many of them there were.</summary>
    protected virtual (byte[] Buffer, int Read) TakeBytes()
    {
        byte[] buffer = bytes.Length > 0 ? bytes : MakeBuffer();
        return (buffer, Fill(buffer));
    }

    /// <summary>Writes a frame's bytes.</summary>
    protected virtual void Pass(byte[] buffer, Stream output) => output.Write(buffer);

    /// <summary>What is known of a frame.</summary>
    protected virtual FrameInfo InfoOf(int index) => FrameInfo.Unknown;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Input.Dispose();
        }

        base.Dispose(disposing);
    }
}
