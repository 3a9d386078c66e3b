using PixelMend.Frames;

namespace PixelMend.Formats.RawDump;

/// <summary>Frames of one geometry that follow each other without anything between: raw video, and what files with a small header have behind it.</summary>
internal class DumpSequence : FrameSequence
{
    private readonly RawSpec spec;
    private readonly string format;
    private readonly DumpRows rows;
    private readonly byte[] bytes;
    private readonly Plane<ushort> codes;

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

        bytes = new byte[rows.FrameBytes];
        codes = new Plane<ushort>(spec.Width, spec.Height);
    }

    public override int? Count => null;

    /// <summary>Where the frames come from; closed with the sequence.</summary>
    protected Stream Input { get; }

    /// <summary>Frames taken so far.</summary>
    protected int Taken { get; private set; }

    public override RawFrame? Next()
    {
        int read = Input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
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
        output.Write(bytes);
    }

    public override void Finish(Stream output) { }

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
