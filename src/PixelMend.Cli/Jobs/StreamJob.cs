using PixelMend.Defects;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Jobs;

/// <summary>The main job on frames that come and go through pipes: each leaves as soon as it is repaired, while the next is read, so that the delay is one frame.</summary>
internal sealed class StreamJob
{
    private const int BrokenPipe = 32;

    /// <summary>What to find and how to infer.</summary>
    public required Repair Repair { get; init; }

    /// <summary>Maps given by the user.</summary>
    public required KnownMaps Maps { get; init; }

    /// <summary>Repairs frames until there are no more, or nobody wants them any more: the reader's end of the output is then closed.</summary>
    /// <param name="frames">The input.</param>
    /// <param name="output">Receives each frame as soon as it is repaired.</param>
    /// <param name="options">Threads, and the request to stop.</param>
    public void Run(FrameSequence frames, Stream output, ParallelOptions options)
    {
        try
        {
            while (frames.Next() is { } frame)
            {
                RepairReport report = Repair.Run(frame, [.. Maps.For(frame)], options);
                frames.Write(report.Correction.Changes, record: null, output);
            }

            frames.Finish(output);
        }
        catch (IOException e) when (e.HResult == BrokenPipe)
        {
            // As with any filter whose reader has seen enough, there is nothing to tell.
        }
    }
}
