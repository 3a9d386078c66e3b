using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Defects;
using PixelMend.Formats;

namespace PixelMend.Cli.Learning;

/// <summary>What <c>learn</c> found, as its JSON tells it.</summary>
internal sealed record LearningSummary
{
    /// <summary>Frames of different scenes that leave little unseen.</summary>
    private const int FewFrames = 10;

    /// <summary>Name and version.</summary>
    public string Program { get; } = ProgramInfo.NameAndVersion;

    /// <summary>The verb.</summary>
    public string Verb { get; } = "learn";

    /// <summary>The first frame.</summary>
    public required FrameFacts Sensor { get; init; }

    /// <summary>Frames that taught something.</summary>
    public required int Frames { get; init; }

    /// <summary>How alike they are where there is detail, 0 to about 1.</summary>
    public required double Repetition { get; init; }

    /// <summary>Frames left out, with the reason.</summary>
    public required IReadOnlyList<SkippedInput> SetApart { get; init; }

    /// <summary>Files that could not be read.</summary>
    public required IReadOnlyList<ErrorFacts> Errors { get; init; }

    /// <summary>What the frames could not tell, and the map has no room for.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Defective photosites.</summary>
    public required int Defects { get; init; }

    /// <summary>Photosites of each kind.</summary>
    public required IReadOnlyDictionary<string, int> ByKind { get; init; }

    /// <summary>Rows and columns, or parts of them.</summary>
    public required int Lines { get; init; }

    /// <summary>The map.</summary>
    public required string Output { get; init; }

    /// <summary>Time taken.</summary>
    public required double Seconds { get; init; }

    /// <summary>What the program returns.</summary>
    public ExitCode ExitCode => Errors.Select(e => e.Code).Append(ExitCode.Done).Max();

    /// <summary>Puts an outcome into figures.</summary>
    public static LearningSummary Of(
        LearningOutcome outcome,
        ReadOptions reading,
        IEnumerable<SkippedInput> skipped,
        IReadOnlyList<string> notes,
        string output,
        double seconds
    )
    {
        int frames = outcome.Learned.Frames;
        string[] few =
        [
            $"{frames} frames tell strong defects only; with {FewFrames} or more of different scenes, those weaker than the noise of one frame show too",
        ];
        string[] all = [.. frames < FewFrames ? few : [], .. outcome.Notes, .. notes];
        IReadOnlyList<Defect> defects = outcome.Learned.Map.AllPhotosites();
        return new LearningSummary
        {
            Sensor = Summary.Of(outcome.Format, outcome.Like, reading),
            Frames = frames,
            Notes = all,
            Repetition = Math.Round(outcome.Learned.Repetition, 3),
            SetApart = [.. skipped, .. outcome.Apart],
            Errors = [.. outcome.Failures.Select(f => new ErrorFacts(f.Code, f.Message))],
            Defects = defects.Count,
            ByKind = Summary.ByKind(defects),
            Lines = outcome.Learned.Map.Regions.Count,
            Output = output,
            Seconds = Math.Round(seconds, 2),
        };
    }
}
