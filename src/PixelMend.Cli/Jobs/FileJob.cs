using System.Diagnostics;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Findings;
using PixelMend.Defects;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Jobs;

/// <summary>The main job on one file: read, repair, hand over for writing, sum up. Serves many files at a time.</summary>
internal sealed class FileJob
{
    /// <summary>How to read the files.</summary>
    public required ReadOptions Reading { get; init; }

    /// <summary>What to find and how to infer.</summary>
    public required Repair Repair { get; init; }

    /// <summary>Maps given by the user.</summary>
    public required KnownMaps Maps { get; init; }

    /// <summary>Whether the file's own list of defects counts.</summary>
    public required bool UseEmbedded { get; init; }

    /// <summary>Writes the output and says what had to be left out; null: nothing is written.</summary>
    public Func<Outcome, OutputTarget, IReadOnlyList<string>>? Deliver { get; init; }

    /// <summary>Defects that the file's sequence shows; null where it is none.</summary>
    public DefectMap? Sequence { get; init; }

    /// <summary>Takes note of what was found in a frame of a file, from any thread; null: nobody does.</summary>
    public Action<string, RawFrame, DefectMap>? Collect { get; init; }

    /// <summary>Whether changed photosites are recorded.</summary>
    public bool RecordsDelta { get; init; }

    /// <summary>What the report shows of a frame; null: no report is made.</summary>
    public Func<RawFrame, RepairReport, FrameFindings>? Examine { get; init; }

    /// <summary>Works on every frame of a file that holds several; null: its first frame has to do.</summary>
    public SequenceJob? Sequences { get; init; }

    /// <summary>Files that are read in this run, which no output may replace.</summary>
    public required IReadOnlySet<string> Inputs { get; init; }

    /// <summary>The defects that are known of a frame before anything is looked for.</summary>
    public IReadOnlyList<DefectMap> KnownIn(RawFrame frame) =>
        [
            .. Maps.For(frame),
            .. UseEmbedded ? (DefectMap[])[frame.Embedded] : [],
            .. Sequence is { } shown && shown.Width == frame.Width && shown.Height == frame.Height ? (DefectMap[])[shown] : [],
        ];

    /// <summary>Works on one file. Failures become part of the result; only a request to stop gets out.</summary>
    public FileResult Run(PlannedFile planned, ParallelOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        var result = new FileResult { File = planned.Input };
        try
        {
            planned.Output?.Check(Inputs);
            result = Work(planned, options, ref result);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failure failure = Failure.Of(e, planned.Input);
            result = result with { Error = new ErrorFacts(failure.Code, failure.Message) };
        }

        return result with
        {
            Seconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 3),
        };
    }

    /// <param name="planned">The file and its output.</param>
    /// <param name="options">Threads, and the request to stop.</param>
    /// <param name="result">Follows the work, so that a failure still tells what was known by then.</param>
    private FileResult Work(PlannedFile planned, ParallelOptions options, ref FileResult result)
    {
        if (Sequences is not null && InputFile.OpenSequence(planned.Input, Reading) is var (source, frames))
        {
            using (frames)
            {
                return Sequences.Run(this, planned, source, frames, options, ref result);
            }
        }

        var original = OriginalFile.Read(planned.Input, Reading.Limits);
        FrameFormat format = FormatSet.FrameFormatFor(original.Bytes.Span, planned.Input, Reading);
        RawFrame frame = format.Read(original.Bytes, Reading with { Threads = options.MaxDegreeOfParallelism });
        result = result with { Frame = Summary.Of(format, frame, Reading) };

        if (Repair.Detectors.Count > 0)
        {
            original.SetAside();
        }

        result = WithNotes(result, Maps.NotesFor(frame));
        RepairReport report = Repair.Run(frame, KnownIn(frame), options);
        result = result with
        {
            Defects = Summary.Of(frame, report),
            Repair = Repair.Corrector is null ? null : Summary.Of(report.Correction),
        };

        options.CancellationToken.ThrowIfCancellationRequested();
        var outcome = new Outcome(planned.Input, original, format, frame, report) { Threads = options.MaxDegreeOfParallelism };
        Collect?.Invoke(planned.Input, frame, report.Found);
        if (planned.Output is { } target && Deliver is not null)
        {
            result = WithNotes(result with { Output = target.Path }, Deliver(outcome, target));
        }

        return result with
        {
            Deltas = RecordsDelta ? [Summary.DeltaOf(planned, frame, report.Correction.Changes)] : [],
            Findings = Examine?.Invoke(frame, report),
        };
    }

    private static FileResult WithNotes(FileResult result, IEnumerable<string> notes) =>
        result with
        {
            Frame = result.Frame! with { Notes = [.. result.Frame.Notes, .. notes] },
        };
}
