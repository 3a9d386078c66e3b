using PixelMend.Cli.Failures;
using PixelMend.Defects;

namespace PixelMend.Cli.Maps;

/// <summary>A photosite of a map as users read it.</summary>
internal sealed record MapPhotosite(int X, int Y, string Kind, float Severity, float Confidence)
{
    public static MapPhotosite Of(Defect defect) =>
        new(defect.X, defect.Y, DefectKinds.NameOf(defect.Kind), Finite(defect.Severity), defect.Confidence);

    private static float Finite(float severity) => float.IsFinite(severity) ? severity : 0;
}

/// <summary>Clusters of one size.</summary>
internal sealed record ClusterCount(int Size, int Count);

/// <summary>What <c>map show</c> tells.</summary>
internal sealed record MapSummary
{
    /// <summary>Name and version.</summary>
    public string Program { get; init; } = ProgramInfo.NameAndVersion;

    public string Verb { get; init; } = "map show";

    public required IReadOnlyList<string> Files { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Whether that is the sensor's size; else the smallest that holds all photosites.</summary>
    public required bool SizeIsKnown { get; init; }

    public required MapProvenance Provenance { get; init; }

    /// <summary>Defective photosites, those of rectangles included.</summary>
    public required int Photosites { get; init; }

    /// <summary>Rectangles: rows, columns and parts of them among them.</summary>
    public required int Regions { get; init; }

    public required IReadOnlyDictionary<string, int> ByKind { get; init; }

    /// <summary>Photosites that touch, rectangles left out: how many groups of each size, single ones first.</summary>
    public required IReadOnlyList<ClusterCount> Clusters { get; init; }

    /// <summary>Photosites with a defective neighbour and fewer than five good ones of the eight that touch.</summary>
    public required int InClusterKernels { get; init; }

    /// <summary>The picture or page written; absent where none was asked for.</summary>
    public string? Picture { get; init; }

    /// <summary>The most severe first.</summary>
    public required IReadOnlyList<MapPhotosite> Worst { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public ExitCode ExitCode => ExitCode.Done;
}

/// <summary>What <c>map convert</c>, <c>map merge</c> and <c>otp</c> did.</summary>
internal sealed record WrittenMapSummary
{
    /// <summary>Name and version.</summary>
    public string Program { get; init; } = ProgramInfo.NameAndVersion;

    public required string Verb { get; init; }

    public required IReadOnlyList<string> Files { get; init; }

    public required string Output { get; init; }

    /// <summary>Defective photosites in the output.</summary>
    public required int Photosites { get; init; }

    /// <summary>Entries that <c>otp</c> added.</summary>
    public int? Added { get; init; }

    /// <summary>Entries for which <c>otp</c> had no room.</summary>
    public int? LeftOut { get; init; }

    /// <summary>Bytes that can still be programmed.</summary>
    public int? FreeBytes { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    public ExitCode ExitCode => ExitCode.Done;
}

/// <summary>What <c>map diff</c> tells.</summary>
internal sealed record DifferenceSummary
{
    /// <summary>Name and version.</summary>
    public string Program { get; init; } = ProgramInfo.NameAndVersion;

    public string Verb { get; init; } = "map diff";

    public required IReadOnlyList<string> Files { get; init; }

    public required IReadOnlyList<MapPhotosite> New { get; init; }

    public required IReadOnlyList<MapPhotosite> Gone { get; init; }

    public required IReadOnlyList<ChangedPhotosite> Changed { get; init; }

    /// <summary>Photosites that are in both maps with the same kinds.</summary>
    public required int Same { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public ExitCode ExitCode => New.Count + Gone.Count + Changed.Count == 0 ? ExitCode.Done : ExitCode.CheckFailed;
}

/// <summary>A photosite that fails otherwise than before.</summary>
internal sealed record ChangedPhotosite(int X, int Y, string Before, string After);

/// <summary>What <c>map grade</c> tells.</summary>
internal sealed record GradeSummary
{
    /// <summary>Name and version.</summary>
    public string Program { get; init; } = ProgramInfo.NameAndVersion;

    public string Verb { get; init; } = "map grade";

    public required string File { get; init; }

    public required string Specification { get; init; }

    public required bool Passed { get; init; }

    public required IReadOnlyList<CheckedLimit> Checks { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public ExitCode ExitCode => Passed ? ExitCode.Done : ExitCode.CheckFailed;
}

/// <summary>One limit and what was counted.</summary>
internal sealed record CheckedLimit(string What, int Count, int Most, bool Passed);
