using PixelMend.Cli.Jobs;

namespace PixelMend.Cli.Trials;

/// <summary>What <c>simulate</c> made: the source of its text and its JSON.</summary>
internal sealed record SimulationSummary
{
    /// <summary>Name and version.</summary>
    public string Program { get; init; } = ProgramInfo.NameAndVersion;

    /// <summary>The verb.</summary>
    public string Verb { get; init; } = "simulate";

    /// <summary>The file that was given defects; null for a rendered scene.</summary>
    public string? File { get; init; }

    public string? Scene { get; init; }

    public string? Preset { get; init; }

    public double? Density { get; init; }

    public ulong Seed { get; init; }

    public required FrameFacts Frame { get; init; }

    /// <summary>Defective photosites.</summary>
    public required int Defects { get; init; }

    /// <summary>Those of them that show, as the preset defines it; null for a rendered scene, whose truth says how much.</summary>
    public int? Visible { get; init; }

    /// <summary>Photosites of each kind.</summary>
    public required IReadOnlyDictionary<string, int> ByKind { get; init; }

    public required string Output { get; init; }

    public required string Truth { get; init; }
}
