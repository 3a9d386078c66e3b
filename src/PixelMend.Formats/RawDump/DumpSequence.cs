using PixelMend.Frames;

namespace PixelMend.Formats.RawDump;

/// <summary>Frames of one geometry that follow each other without anything between: raw video, and what files with a small header have behind it.</summary>
internal class DumpSequence : FrameSequence
{
    private readonly RawSpec spec;
    private readonly string format;
    private readonly DumpRows rows;
    private readonly Lazy<Plane<ushort>> unpacked;

    /// <summary>Of the frame just taken.</summary>
    private DumpBuffer? taken;

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

        unpacked = new Lazy<Plane<ushort>>(rows.MakePlane);
    }

    public override int? Count => null;

    /// <summary>Where the frames come from; closed with the sequence.</summary>
    protected Stream Input { get; }

    /// <summary>Frames taken so far.</summary>
    protected int Taken { get; private set; }

    public override RawFrame? Next()
    {
        (taken, int read) = Take(taken);
        if (read < rows.FrameBytes)
        {
            return read == 0 && Count is null
                ? null
                : throw new RawDataException(
                    RawDataError.Malformed,
                    format,
                    $"the input ends within frame {Taken + 1}, after {read} of its {rows.FrameBytes} bytes"
                );
        }

        Taken++;
        return new RawFrame(taken.Codes(), spec.Depth, spec.Cfa, new Levels(spec.Black, spec.EffectiveWhite)) { Info = InfoOf(Taken - 1) };
    }

    public override void Write(IReadOnlyList<SampleChange> changes, EditRecord? record, Stream output)
    {
        rows.Patch(taken!.Bytes, changes);
        Pass(taken, output);
    }

    public override void Finish(Stream output) { }

    /// <summary>A buffer for one frame.</summary>
    protected DumpBuffer MakeBuffer() => new(rows, unpacked);

    /// <summary>Fills a buffer from the input; how many bytes there were.</summary>
    protected int Fill(DumpBuffer buffer) => Input.ReadAtLeast(buffer.Bytes, buffer.Bytes.Length, throwOnEndOfStream: false);

    /// <summary>The next frame's bytes, and how many of them there were.</summary>
    /// <param name="last">The buffer of the frame before; null: this is the first.</param>
    protected virtual (DumpBuffer Buffer, int Read) Take(DumpBuffer? last)
    {
        DumpBuffer buffer = last ?? MakeBuffer();
        return (buffer, Fill(buffer));
    }

    /// <summary>Writes a frame's bytes.</summary>
    protected virtual void Pass(DumpBuffer buffer, Stream output) => output.Write(buffer.Bytes);

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
