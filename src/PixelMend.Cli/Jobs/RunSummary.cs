using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;

namespace PixelMend.Cli.Jobs;

/// <summary>A whole run in figures: what <c>--json</c> prints.</summary>
internal sealed record RunSummary
{
    /// <summary>Name and version.</summary>
    public string Program { get; init; } = ProgramInfo.NameAndVersion;

    /// <summary>The verb.</summary>
    public required string Verb { get; init; }

    /// <summary>What it was told.</summary>
    public required RunSettings Settings { get; init; }

    /// <summary>What the inputs show together; absent where they were not joined.</summary>
    public SequenceFacts? Sequence { get; init; }

    /// <summary>In the order of the inputs.</summary>
    public required IReadOnlyList<FileResult> Files { get; init; }

    /// <summary>Left out on purpose.</summary>
    public IReadOnlyList<SkippedInput> Skipped { get; init; } = [];

    /// <summary>Why the record, report or map of the whole run is missing; absent where all went well.</summary>
    public ErrorFacts? Error { get; init; }

    /// <summary>What had to be decided or left out of an output of all inputs.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The worst that happened.</summary>
    public ExitCode ExitCode => Files.Select(f => f.Error?.Code ?? ExitCode.Done).Append(Error?.Code ?? ExitCode.Done).Max();
}

/// <summary>The settings of a run, enough to repeat it.</summary>
internal sealed record RunSettings
{
    public AlgorithmFacts? Detector { get; init; }

    public AlgorithmFacts? Corrector { get; init; }

    /// <summary>How readily defects are flagged.</summary>
    public required string Sensitivity { get; init; }

    /// <summary>Maps given, as the user named them.</summary>
    public IReadOnlyList<string> Maps { get; init; } = [];

    /// <summary>Whether the files' own lists of defects count.</summary>
    public required bool EmbeddedMaps { get; init; }

    /// <summary>Whether nothing is written.</summary>
    public bool DryRun { get; init; }
}

/// <summary>An algorithm's name and every value it ran with.</summary>
internal sealed record AlgorithmFacts(string Name, IReadOnlyDictionary<string, double> Parameters)
{
    public static AlgorithmFacts? Of<T>(Chosen<T>? chosen) => chosen is null ? null : new(chosen.Name, chosen.Settings.Values);
}
