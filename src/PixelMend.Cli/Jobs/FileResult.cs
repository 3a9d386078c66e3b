using System.Text.Json.Serialization;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Findings;

namespace PixelMend.Cli.Jobs;

/// <summary>What became of one file: the one source of the text, JSON and HTML summaries.</summary>
internal sealed record FileResult
{
    /// <summary>As the user named it.</summary>
    public required string File { get; init; }

    /// <summary>Null when the file could not be read.</summary>
    public FrameFacts? Frame { get; init; }

    /// <summary>Null when the work did not get so far.</summary>
    public DefectCounts? Defects { get; init; }

    /// <summary>Null when nothing was to be repaired.</summary>
    public RepairCounts? Repair { get; init; }

    /// <summary>The file written; null when none was.</summary>
    public string? Output { get; init; }

    /// <summary>Time taken, reading and writing included.</summary>
    public double Seconds { get; init; }

    /// <summary>Null when all went well.</summary>
    public ErrorFacts? Error { get; init; }

    /// <summary>Changed photosites, where a record of them was asked for.</summary>
    [JsonIgnore]
    public IReadOnlyList<FileDelta> Deltas { get; init; } = [];

    /// <summary>What the report shows of the frame, where one was asked for.</summary>
    [JsonIgnore]
    public FrameFindings? Findings { get; init; }

    /// <summary>Each frame by itself, of a file that holds several.</summary>
    [JsonIgnore]
    public IReadOnlyList<FrameFigures> Frames { get; init; } = [];
}

/// <summary>What a file says about its frame.</summary>
internal sealed record FrameFacts
{
    public required string Format { get; init; }

    public string? Camera { get; init; }

    /// <summary>Frames of the file, where it holds several: the other facts are the first one's, the counts of defects and repairs the sums over all.</summary>
    public int? Frames { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Bits of a stored sample; 32 for float.</summary>
    public required int BitDepth { get; init; }

    /// <summary>The mosaic, as <c>--cfa</c> takes it.</summary>
    public required string Cfa { get; init; }

    /// <summary>Black and white levels in words.</summary>
    public required string Levels { get; init; }

    /// <summary>What had to be decided or left out, in words.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Defective photosites by origin and kind.</summary>
/// <param name="Total">All of them, each once.</param>
/// <param name="Known">From maps and the file's own list.</param>
/// <param name="Found">Found in this frame.</param>
/// <param name="ByKind">Photosites of each kind; one that fails in two ways counts under both.</param>
/// <param name="InClusterKernels">Those with fewer than five good ones among the eight nearest of their colour, whose repair is of low confidence.</param>
internal sealed record DefectCounts(int Total, int Known, int Found, IReadOnlyDictionary<string, int> ByKind, int InClusterKernels)
{
    /// <summary>Entries of maps that do not show at this exposure, ISO and temperature, and were left alone; absent where there are none.</summary>
    public int? Dormant { get; init; }
}

/// <summary>One frame of a file that holds several.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Defects">What it has.</param>
/// <param name="Repair">What was done; null when nothing was to be repaired.</param>
/// <param name="Findings">What the report shows of it; null where it shows figures alone.</param>
internal sealed record FrameFigures(int Number, DefectCounts Defects, RepairCounts? Repair, [property: JsonIgnore] FrameFindings? Findings);

/// <summary>What the correction did.</summary>
/// <param name="Repaired">Photosites with a new value, the same as before included.</param>
/// <param name="Changed">Photosites whose sample changed.</param>
/// <param name="Doubtful">Repairs whose surroundings say little.</param>
/// <param name="Unreachable">Photosites left alone for want of good neighbours.</param>
internal sealed record RepairCounts(int Repaired, int Changed, int Doubtful, int Unreachable);

/// <summary>A failure in machine-readable form.</summary>
internal sealed record ErrorFacts(ExitCode Code, string Message);

/// <summary>Every changed photosite of a frame, enough to undo.</summary>
internal sealed record FileDelta(string File, string? Output, int Width, int Height, int BitDepth, IReadOnlyList<DeltaSample> Changes)
{
    /// <summary>Number of the frame, from 0, in a file of several.</summary>
    public int? Frame { get; init; }
}

/// <summary>One changed photosite: column, row, stored sample before and after.</summary>
internal readonly record struct DeltaSample(int X, int Y, float Old, float New);
