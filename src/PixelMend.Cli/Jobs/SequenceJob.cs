using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Findings;
using PixelMend.Defects;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Jobs;

/// <summary>The main job on a file of several frames: each is repaired by itself and written before the next is read, so that one at a time is in memory.</summary>
/// <param name="record">What the output says of its making.</param>
internal sealed class SequenceJob(EditRecord record)
{
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
        var tally = new Tally(job, planned, format) { Result = result };
        try
        {
            if (job.Deliver is null || planned.Output is not { } target)
            {
                Repair(job, frames, options, tally, output: null);
                return tally.Result;
            }

            CheckName(planned);
            VerifiedFile.WriteLarge(target, output => Repair(job, frames, options, tally, output));
            return tally.Result with { Output = target.Path };
        }
        finally
        {
            result = tally.Result;
        }
    }

    private void Repair(FileJob job, FrameSequence frames, ParallelOptions options, Tally tally, Stream? output)
    {
        while (frames.Next() is { } frame)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            IEnumerable<DefectMap> known = job.Maps.For(frame);
            RepairReport report = job.Repair.Run(frame, [.. job.UseEmbedded ? known.Append(frame.Embedded) : known], options);
            tally.Add(frame, report);
            if (output is not null)
            {
                frames.Write(report.Correction.Changes, record, output);
            }
        }

        if (output is not null)
        {
            frames.Finish(output);
        }
    }

    /// <exception cref="FailureException">The output's name asks for another format, which would have room for one frame.</exception>
    private static void CheckName(PlannedFile planned)
    {
        string wanted = Path.GetExtension(planned.Output!.Path);
        if (!wanted.Equals(Path.GetExtension(planned.Input), StringComparison.OrdinalIgnoreCase))
        {
            throw FailureException.BadData(
                planned.Input,
                $"holds several frames, which keep their format; let the name of the output end in {Path.GetExtension(planned.Input)}, not {wanted}"
            );
        }
    }

    /// <summary>Sums up frame by frame.</summary>
    private sealed class Tally(FileJob job, PlannedFile planned, FrameFormat format)
    {
        private readonly List<FileDelta> deltas = [];
        private int frames;

        public required FileResult Result { get; set; }

        public void Add(RawFrame frame, RepairReport report)
        {
            DefectCounts defects = Summary.Of(frame, report);
            RepairCounts? repair = job.Repair.Corrector is null ? null : Summary.Of(report.Correction);
            if (job.RecordsDelta)
            {
                deltas.Add(Summary.DeltaOf(planned, frame, report.Correction.Changes) with { Frame = frames });
            }

            FrameFindings? findings = Result.Findings ?? job.Examine?.Invoke(frame, report);
            frames++;
            Result = Result with
            {
                Frame = (Result.Frame ?? FirstOf(frame)) with { Frames = frames },
                Defects = Result.Defects is { } before ? Summary.Add(before, defects) : defects,
                Repair = Result.Repair is { } earlier && repair is not null ? Summary.Add(earlier, repair) : repair,
                Deltas = deltas,
                Findings = findings,
            };
        }

        private FrameFacts FirstOf(RawFrame frame)
        {
            FrameFacts facts = Summary.Of(format, frame);
            return facts with { Notes = [.. facts.Notes, .. job.Maps.NotesFor(frame)] };
        }
    }
}
