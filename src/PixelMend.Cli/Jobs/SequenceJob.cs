using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Outputs;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Jobs;

/// <summary>The main job on a file of several frames: each is repaired by itself and written before the next is read, so that one at a time is in memory.</summary>
internal sealed class SequenceJob
{
    /// <summary>Frames of which a report shows pictures, spread evenly over the file; of all others it has figures.</summary>
    private const int FramesShown = 8;

    /// <summary>What the output says of its making.</summary>
    public EditRecord? Record { get; init; }

    /// <summary>Makes the one map of all frames that is written; null: the repaired frames are.</summary>
    public Func<OutputTarget, SequenceMapOutput>? Map { get; init; }

    /// <param name="job">What to do with each frame.</param>
    /// <param name="planned">The file and its output.</param>
    /// <param name="format">The file's format.</param>
    /// <param name="frames">Its frames.</param>
    /// <param name="options">Threads, and the request to stop.</param>
    /// <param name="result">Follows the work.</param>
    public FileResult Run(
        FileJob job,
        PlannedFile planned,
        FrameFormat format,
        FrameSequence frames,
        ParallelOptions options,
        ref FileResult result
    )
    {
        var tally = new Tally(job, planned, format, frames.Count) { Result = result };
        try
        {
            if (job.Deliver is null || planned.Output is not { } target)
            {
                Work(job, frames, options, tally, (_, _) => { });
            }
            else if (Map?.Invoke(target) is { } map)
            {
                Work(job, frames, options, tally, (frame, report) => map.Collect(planned.Input, frame, report.Found));
                map.Write(together: null);
            }
            else
            {
                CheckName(planned);
                VerifiedFile.WriteLarge(
                    target,
                    output =>
                    {
                        Work(job, frames, options, tally, (_, report) => frames.Write(report.Correction.Changes, Record, output));
                        frames.Finish(output);
                    }
                );
            }

            return tally.Result with
            {
                Output = job.Deliver is null ? null : planned.Output?.Path,
            };
        }
        finally
        {
            result = tally.Result;
        }
    }

    private static void Work(
        FileJob job,
        FrameSequence frames,
        ParallelOptions options,
        Tally tally,
        Action<RawFrame, RepairReport> deliver
    )
    {
        while (frames.Next() is { } frame)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            RepairReport report = job.Repair.Run(frame, job.KnownIn(frame), options);
            tally.Add(frame, report);
            deliver(frame, report);
        }
    }

    /// <summary>Refuses a name of another format for the frames of a file.</summary>
    /// <exception cref="FailureException">The output's name asks for another format, which would have room for one frame.</exception>
    public static void CheckName(PlannedFile planned)
    {
        string wanted = FileName.Extension(planned.Output!.Path);
        if (!wanted.Equals(FileName.Extension(planned.Input), StringComparison.OrdinalIgnoreCase))
        {
            throw FailureException.BadData(
                planned.Input,
                $"holds several frames, which keep their format; let the name of the output end in {FileName.Extension(planned.Input)}, not {wanted}"
            );
        }
    }

    /// <summary>Sums up frame by frame.</summary>
    private sealed class Tally(FileJob job, PlannedFile planned, FrameFormat format, int? count)
    {
        private readonly List<FileDelta> deltas = [];
        private readonly List<FrameFigures> figures = [];

        public required FileResult Result { get; set; }

        public void Add(RawFrame frame, RepairReport report)
        {
            DefectCounts defects = Summary.Of(frame, report);
            RepairCounts? repair = job.Repair.Corrector is null ? null : Summary.Of(report.Correction);
            if (job.RecordsDelta)
            {
                deltas.Add(Summary.DeltaOf(planned, frame, report.Correction.Changes) with { Frame = figures.Count });
            }

            job.Collect?.Invoke(planned.Input, frame, report.Found);
            figures.Add(
                new FrameFigures(figures.Count, defects, repair, IsShown(figures.Count) ? job.Examine?.Invoke(frame, report) : null)
            );
            Result = Result with
            {
                Frame = (Result.Frame ?? FirstOf(frame)) with { Frames = figures.Count },
                Defects = Result.Defects is { } before ? Summary.Add(before, defects) : defects,
                Repair = Result.Repair is { } earlier && repair is not null ? Summary.Add(earlier, repair) : repair,
                Deltas = deltas,
                Frames = figures,
            };
        }

        /// <summary>Whether another eighth of the file begins with this frame; the first ones where nobody knows how many there are.</summary>
        private bool IsShown(int frame)
        {
            long all = Math.Max(count ?? FramesShown, FramesShown);
            return frame < all && (frame == 0 || frame * FramesShown / all != (frame - 1) * FramesShown / all);
        }

        private FrameFacts FirstOf(RawFrame frame)
        {
            FrameFacts facts = Summary.Of(format, frame, job.Reading);
            return facts with { Notes = [.. facts.Notes, .. job.Maps.NotesFor(frame)] };
        }
    }
}
