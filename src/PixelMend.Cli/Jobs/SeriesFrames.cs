using System.IO.Hashing;
using PixelMend.Calibration;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Jobs;

/// <summary>A frame of a series, or why its file gave none.</summary>
internal sealed record SeriesFrame(string File, FrameFormat? Format, RawFrame? Frame, Failure? Failure)
{
    /// <summary>The frame's level as of <see cref="StackStatistics.LevelOf"/>.</summary>
    public float Level { get; init; }

    /// <summary>Digest of the file's bytes, where it holds this frame alone.</summary>
    public UInt128? Digest { get; init; }

    /// <summary>An earlier file of the series with the same bytes, which tells nothing new; null: there is none.</summary>
    public string? Twin { get; init; }
}

/// <summary>Reads the files of a series one after the other; the next ones are read while the last is worked on.</summary>
internal sealed class SeriesFrames(ReadOptions reading)
{
    private readonly Dictionary<UInt128, string> seen = [];

    /// <summary>Notes a file of the series that was read before.</summary>
    public void Know(UInt128 digest, string file) => seen.TryAdd(digest, file);

    /// <summary>The frames of files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <param name="ahead">How many files are read while one is worked on.</param>
    public IEnumerable<SeriesFrame> Read(IReadOnlyList<string> files, CancellationToken stop, int ahead = 1)
    {
        var next = new Queue<Task<Opened>>(files.Take(ahead).Select(f => Begin(f, stop)));
        for (int i = 0; i < files.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            using Opened now = next.Dequeue().GetAwaiter().GetResult();
            if (i + ahead < files.Count)
            {
                next.Enqueue(Begin(files[i + ahead], stop));
            }

            foreach (SeriesFrame frame in now.Frames(files[i]))
            {
                bool isTwin = frame.Digest is { } digest && !seen.TryAdd(digest, files[i]);
                yield return isTwin ? frame with { Twin = seen[frame.Digest!.Value] } : frame;
            }
        }
    }

    private Task<Opened> Begin(string file, CancellationToken stop) => Task.Run(() => Open(file), stop);

    private Opened Open(string file)
    {
        byte[] bytes = [];
        try
        {
            if (InputFile.OpenSequence(file, reading) is { } several)
            {
                return new Opened(several.Format, Single: null, several.Frames, Failure: null, Digest: null);
            }

            if (InputFile.ReadPassing(file, reading) is var (recognised, frame, passed))
            {
                return new Opened(recognised, frame, Several: null, Failure: null, passed);
            }

            var digest = new XxHash128();
            bytes = InputFile.Read(file, reading.Limits, reading.Memory, digest.Append);
            FrameFormat format = FormatSet.FrameFormatFor(bytes, file, reading);
            return new Opened(format, format.Read(bytes, reading), Several: null, Failure: null, digest.GetCurrentHashAsUInt128());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new Opened(Format: null, Single: null, Several: null, Failure.Of(e, file), Digest: null);
        }
        finally
        {
            reading.Memory?.Give(bytes);
        }
    }

    /// <summary>A file with one frame in memory, or one with several that are taken as they are needed.</summary>
    private sealed record Opened(FrameFormat? Format, RawFrame? Single, FrameSequence? Several, Failure? Failure, UInt128? Digest)
        : IDisposable
    {
        /// <summary>Found where the file is read, beside other work.</summary>
        private readonly float level = Single is null ? 0 : StackStatistics.LevelOf(Single);

        public IEnumerable<SeriesFrame> Frames(string file)
        {
            if (Several is null)
            {
                yield return new SeriesFrame(file, Format, Single, Failure) { Digest = Digest, Level = level };
                yield break;
            }

            while (true)
            {
                SeriesFrame? frame = Next(file);
                if (frame is not null)
                {
                    yield return frame;
                }

                if (frame?.Frame is null)
                {
                    yield break;
                }
            }
        }

        public void Dispose() => Several?.Dispose();

        private SeriesFrame? Next(string file)
        {
            try
            {
                return Several!.Next() is { } frame
                    ? new SeriesFrame(file, Format, frame, Failure: null) { Level = StackStatistics.LevelOf(frame) }
                    : null;
            }
            catch (RawDataException e)
            {
                return new SeriesFrame(file, Format, Frame: null, Failure.Of(e, file));
            }
        }
    }
}
