using System.Text.Json.Serialization;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Evaluation;

namespace PixelMend.Cli.Trials;

/// <summary>A whole evaluation in figures: what <c>evaluate --json</c> prints.</summary>
internal sealed record EvaluationSummary
{
    /// <summary>Name and version.</summary>
    public string Program { get; init; } = ProgramInfo.NameAndVersion;

    /// <summary>The verb.</summary>
    public string Verb { get; init; } = "evaluate";

    public required EvaluationSettings Settings { get; init; }

    /// <summary>In the order of the inputs.</summary>
    public required IReadOnlyList<EvaluatedFile> Files { get; init; }

    /// <summary>Left out on purpose.</summary>
    public IReadOnlyList<SkippedInput> Skipped { get; init; } = [];

    /// <summary>Means over the frames; the default first.</summary>
    public required IReadOnlyList<DetectorFigures> Detectors { get; init; }

    /// <summary>Means over the frames; the default first.</summary>
    public required IReadOnlyList<CorrectorFigures> Correctors { get; init; }

    /// <summary>The worst that happened.</summary>
    public ExitCode ExitCode => Files.Select(f => f.Error?.Code ?? ExitCode.Done).Append(ExitCode.Done).Max();
}

/// <summary>The settings of an evaluation, enough to repeat it.</summary>
internal sealed record EvaluationSettings(string Preset, double Density, IReadOnlyList<ulong> Seeds, IReadOnlyList<string> KnownMaps);

/// <summary>One input and its trials, one for each frame and seed.</summary>
internal sealed record EvaluatedFile
{
    /// <summary>As the user named it.</summary>
    public required string File { get; init; }

    /// <summary>Null when the file could not be read.</summary>
    public FrameFacts? Frame { get; init; }

    public IReadOnlyList<Trial> Trials { get; init; } = [];

    /// <summary>Null when all went well.</summary>
    public ErrorFacts? Error { get; init; }
}

/// <summary>One frame with the defects of one seed, and how every algorithm did on it.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Injected">Photosites given a defect.</param>
/// <param name="Ignored">Those that do not show, and natural defects.</param>
/// <param name="Detectors">One for each detector.</param>
/// <param name="Correctors">One for each corrector.</param>
internal sealed record Trial(
    ulong Seed,
    int Injected,
    long Ignored,
    IReadOnlyList<DetectorTrial> Detectors,
    IReadOnlyList<CorrectorTrial> Correctors
);

/// <summary>How an algorithm did on one trial.</summary>
internal abstract record AlgorithmTrial
{
    public required string Name { get; init; }

    /// <summary>Photosites it could do well on: visible defects for a detector, all for a corrector.</summary>
    public required int Sites { get; init; }

    /// <summary>Good photosites changed: by the default corrector at what a detector found, by a corrector itself, where none is ever expected.</summary>
    public required int Damaged { get; init; }

    /// <summary>Time to detect or correct.</summary>
    public required double Seconds { get; init; }
}

/// <summary>How a detector did on one trial.</summary>
internal sealed record DetectorTrial : AlgorithmTrial
{
    public required int Found { get; init; }

    public required int FalseAlarms { get; init; }

    public required double Recall { get; init; }

    public required double Precision { get; init; }

    public required double F1 { get; init; }

    public required double FalseAlarmsPerMegapixel { get; init; }

    /// <summary>Recall at a limit on severity that raises at most one false alarm per megapixel.</summary>
    public required double RecallAt1 { get; init; }

    /// <summary>The same for ten.</summary>
    public required double RecallAt10 { get; init; }

    /// <summary>PSNR over them, dB; null where there are none.</summary>
    public double? DamagePsnr { get; init; }

    public required IReadOnlyList<RecallFigures> Strata { get; init; }

    /// <summary>What the figures of strata are pooled from.</summary>
    [JsonIgnore]
    public IReadOnlyList<StratumRecall> Recalls { get; init; } = [];

    /// <summary>Recall against false alarms; for the page.</summary>
    [JsonIgnore]
    public IReadOnlyList<RocPoint> Curve { get; init; } = [];

    /// <summary>What the page shows of it.</summary>
    [JsonIgnore]
    public TrialPlaces Places { get; init; } = new([], []);
}

/// <summary>How a corrector did on one trial, given the true map.</summary>
internal sealed record CorrectorTrial : AlgorithmTrial
{
    /// <summary>Photosites left alone for want of good neighbours.</summary>
    public required int Unreachable { get; init; }

    /// <summary>Over all sites, dB.</summary>
    public required double Psnr { get; init; }

    /// <summary>Error that 99 % of the sites do not exceed, as a part of the range.</summary>
    public required double Percentile99 { get; init; }

    public required IReadOnlyList<PsnrFigures> Strata { get; init; }

    /// <summary>What the figures of strata are pooled from.</summary>
    [JsonIgnore]
    public IReadOnlyList<StratumError> Errors { get; init; } = [];
}

/// <summary>Recall of one sort of defect.</summary>
internal sealed record RecallFigures(string Kind, string Shape, int Sites, int Found, double Recall);

/// <summary>Repair of one sort of defect.</summary>
internal sealed record PsnrFigures(string Kind, string Shape, int Sites, double Psnr);

/// <summary>An algorithm over all frames: means of the frames' means.</summary>
internal abstract record AlgorithmFigures
{
    public required string Name { get; init; }

    public required Estimate Damaged { get; init; }

    public required Estimate Seconds { get; init; }
}

/// <summary>A detector over all frames, and the strata of all of them together.</summary>
internal sealed record DetectorFigures : AlgorithmFigures
{
    public required Estimate Recall { get; init; }

    public required Estimate Precision { get; init; }

    public required Estimate F1 { get; init; }

    public required Estimate FalseAlarmsPerMegapixel { get; init; }

    public required Estimate RecallAt1 { get; init; }

    public required Estimate RecallAt10 { get; init; }

    public required IReadOnlyList<RecallFigures> Strata { get; init; }
}

/// <summary>A corrector over all frames, and the strata of all of them together.</summary>
internal sealed record CorrectorFigures : AlgorithmFigures
{
    public required Estimate Psnr { get; init; }

    public required Estimate Percentile99 { get; init; }

    public required Estimate Unreachable { get; init; }

    public required IReadOnlyList<PsnrFigures> Strata { get; init; }
}
