using System.CommandLine;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Findings;
using PixelMend.Cli.Jobs;
using PixelMend.Cli.Maps;
using PixelMend.Cli.Outputs;
using PixelMend.Cli.Rendering;
using PixelMend.Cli.Reports;
using PixelMend.Detection;
using PixelMend.Formats;

namespace PixelMend.Cli.Verbs;

/// <summary>What the verbs that work on frames have in common: plan and check everything, run the job on every file, tell the result.</summary>
internal sealed class FrameRun(CommonOptions common, ParseResult line)
{
    /// <summary>How to read the files.</summary>
    public required ReadOptions Reading { get; init; }

    public required ChosenAlgorithms Algorithms { get; init; }

    public IReadOnlyList<string> MapPaths { get; init; } = [];

    /// <summary>What the user says of the maps' coordinates.</summary>
    public MapCoordinates Coordinates { get; init; } = MapCoordinates.Usual;

    public required bool UseEmbedded { get; init; }

    /// <summary>What <c>--out</c> says; null: beside each input.</summary>
    public required string? Destination { get; init; }

    /// <summary>The output's name for an input, where <c>--out</c> names no file.</summary>
    public required Func<string, string> NameOutput { get; init; }

    /// <summary>Refuses an output's name before any work is done for it.</summary>
    public required Action<PlannedFile> CheckDestination { get; init; }

    /// <summary>Writes an output and says what had to be left out; null: a dry run.</summary>
    public required Func<Outcome, OutputTarget, IReadOnlyList<string>>? Deliver { get; init; }

    /// <summary>Works on every frame of files that hold several; null: their first frame has to do.</summary>
    public SequenceJob? Sequences { get; init; }

    public string? DeltaPath { get; init; }

    public string? ReportPath { get; init; }

    public required bool Force { get; init; }

    /// <summary>Whether the inputs are frames of one camera whose evidence is joined.</summary>
    public bool IsSequence { get; init; }

    /// <summary>Writes one map for the whole sequence; null: each file has an output of its own.</summary>
    public SequenceMapOutput? SequenceMap { get; init; }

    public ExitCode Execute(CancellationToken stop)
    {
        CommonOptions.CheckNamed("--out", Destination);
        CommonOptions.CheckNamed("--delta", DeltaPath);
        IEvidenceSource? joint = IsSequence ? EvidenceSource() : null;
        SequenceMap?.CheckName();
        InputList inputs = InputList.Of(common.Files(line), Reading);
        IReadOnlyList<PlannedFile> plan = Deliver is null
            ? OutputPlan.Nothing(inputs.Files)
            : OutputPlan.For(inputs.Files, Destination, NameOutput, Force);
        var maps = new KnownMaps(MapPaths, ReadLimits.Default, coordinates: Coordinates);
        HashSet<string> read = [.. inputs.Files.Concat(MapPaths).Select(f => FileFacts.Of(f).Identity)];
        OutputTarget? delta = DeltaPath is null ? null : new OutputTarget(DeltaPath, Force);
        OutputTarget? report = ReportPath is null ? null : new OutputTarget(ReportPath, Force);
        Check(plan, read, delta, report, SequenceMap?.Target);

        var view = new RunView(line.CommandResult.Command.Name, common.Json(line), common.Quiet(line));
        view.Tell(inputs.Skipped);
        SequenceFinding? sequence = joint is null ? null : Join(joint, inputs.Files, maps, stop);
        if (joint is not null)
        {
            view.Tell(sequence?.Facts);
        }

        var job = new FileJob
        {
            Reading = Reading,
            Repair = Algorithms.ToRepair(),
            Maps = maps,
            UseEmbedded = UseEmbedded,
            Sequence = sequence?.Static.Map,
            Deliver = Deliver,
            Collect = SequenceMap is null ? null : SequenceMap.Collect,
            Sequences = Sequences,
            RecordsDelta = delta is not null,
            Examine = report is null
                ? null
                : (frame, repair) => FrameFindings.Of(frame, repair, ReportFile.CropsFor(plan.Count), ReportFile.HasPictures(report.Path)),
            Inputs = read,
        };
        if (Deliver is not null)
        {
            OutputPlan.CreateFolder(Destination);
        }

        IReadOnlyList<FileResult> results = view.Follow(plan.Count, done => new JobRunner(job, common.Threads(line)).Run(plan, done, stop));
        var summary = new RunSummary
        {
            Verb = line.CommandResult.Command.Name,
            Settings = Settings(),
            Sequence = sequence?.Facts,
            Files = results,
            Skipped = inputs.Skipped,
        };
        try
        {
            summary = summary with { Notes = SequenceMap?.Write(sequence) ?? [] };
            // Where every input failed there is nothing to undo, and nothing to stand in the way of the next attempt.
            if (delta is not null && results.Any(r => r.Deltas.Count > 0))
            {
                DeltaFile.Write(results, delta);
            }

            if (report is not null)
            {
                ReportFile.Write(summary, report);
            }
        }
        catch (FailureException failure)
        {
            // The frames are written, and what became of them is told all the same.
            ErrorLine.Print(failure.Message);
            summary = summary with { Error = new ErrorFacts(failure.Code, failure.Message) };
        }

        view.Tell(summary);
        return summary.ExitCode;
    }

    private IEvidenceSource EvidenceSource() =>
        Algorithms.Detector switch
        {
            null => throw FailureException.Usage("--sequence looks for defects, which --no-dynamic forbids; leave out one of them"),
            { Instance: IEvidenceSource source } => source,
            { Name: string name } => throw FailureException.Usage($"--sequence: '{name}' judges single frames only; use --detector model"),
        };

    private SequenceFinding? Join(IEvidenceSource source, IReadOnlyList<string> files, KnownMaps maps, CancellationToken stop)
    {
        var pass = new SequencePass(source, common.Sensitivity(line))
        {
            Reading = Reading,
            Maps = maps,
            UseEmbedded = UseEmbedded,
        };
        return pass.Run(files, new ParallelOptions { MaxDegreeOfParallelism = common.Threads(line), CancellationToken = stop });
    }

    /// <summary>What can be refused for the whole run is refused before any of it begins.</summary>
    private void Check(IReadOnlyList<PlannedFile> plan, HashSet<string> read, params OutputTarget?[] extras)
    {
        if (ReportPath is not null)
        {
            ReportFile.CheckName(ReportPath);
        }

        foreach (PlannedFile file in plan)
        {
            if (file.Output is not null)
            {
                CheckDestination(file);
            }
        }

        var outputs = plan.Select(p => p.Output?.Identity).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (OutputTarget extra in extras.OfType<OutputTarget>())
        {
            extra.Check(read);
            extra.Try();
            if (!outputs.Add(extra.Identity))
            {
                throw FailureException.Usage($"{extra.Path} is named for two outputs; choose another name");
            }
        }
    }

    private RunSettings Settings() =>
        new()
        {
            Detector = AlgorithmFacts.Of(Algorithms.Detector),
            Corrector = AlgorithmFacts.Of(Algorithms.Corrector),
            Sensitivity = common.Sensitivity(line).ToString().ToLowerInvariant(),
            Maps = MapPaths,
            EmbeddedMaps = UseEmbedded,
            DryRun = Deliver is null && SequenceMap is null,
        };
}
