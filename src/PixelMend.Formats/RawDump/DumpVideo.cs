namespace PixelMend.Formats.RawDump;

/// <summary>
/// Raw video from one pipe into another: while a frame is worked on, the next is read and the one before written. A frame leaves as soon as it is
/// repaired, whether the next has come or not.
/// </summary>
/// <exception cref="RawDataException">A frame is beyond the limits.</exception>
internal sealed class DumpVideo(Stream input, RawSpec spec, string format, ReadLimits limits) : DumpSequence(input, spec, format, limits)
{
    private readonly Errand reading = new();
    private readonly Errand writing = new();

    /// <summary>Of the frames that are read, worked on and written.</summary>
    private readonly DumpBuffer?[] buffers = new DumpBuffer[3];
    private int turn;
    private int read;
    private bool ended;

    public override void Finish(Stream output)
    {
        writing.End();
        base.Finish(output);
    }

    protected override (DumpBuffer Buffer, int Read) Take(DumpBuffer? last)
    {
        if (last is null || ended)
        {
            ReadAhead();
        }

        reading.End();
        DumpBuffer buffer = buffers[turn]!;
        int here = read;
        turn = (turn + 1) % buffers.Length;
        ended = here < buffer.Bytes.Length;
        if (!ended)
        {
            ReadAhead();
        }

        return (buffer, here);
    }

    /// <summary>Begins when the frame before has been written, whose failure comes out of here.</summary>
    protected override void Pass(DumpBuffer buffer, Stream output) => writing.Begin(() => output.Write(buffer.Bytes));

    /// <summary>What was repaired is still written, whatever ends the video; how that fails is no news then.</summary>
    protected override void Dispose(bool disposing)
    {
        try
        {
            writing.End();
        }
        catch (IOException)
        {
            // The video has ended for another reason, or for this one.
        }

        writing.Dispose();
        reading.Dispose();

        base.Dispose(disposing);
    }

    private void ReadAhead()
    {
        DumpBuffer buffer = buffers[turn] ??= MakeBuffer();
        reading.Begin(() => read = Fill(buffer));
    }
}
