using PixelMend.Algorithms;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Formats;
using PixelMend.Frames;
using PixelMend.Learning;

namespace PixelMend.Cli.Learning;

/// <summary>All that a series of ordinary frames taught.</summary>
/// <param name="Like">The first frame.</param>
/// <param name="Format">Its format.</param>
/// <param name="Learned">The defects.</param>
/// <param name="Files">Files whose frames taught something.</param>
/// <param name="Apart">Frames left out, with the reason.</param>
/// <param name="Failures">Files that could not be read.</param>
internal sealed record LearningOutcome(
    RawFrame Like,
    FrameFormat Format,
    LearnedDefects Learned,
    IReadOnlyList<string> Files,
    IReadOnlyList<SkippedInput> Apart,
    IReadOnlyList<Failure> Failures
);

/// <summary>Learns from frames one after the other, in the order given.</summary>
internal sealed class LearningJob(ReadOptions reading, Chosen<IDefectDetector> detector, Sensitivity sensitivity)
{
    private const int FewestFrames = 2;

    private readonly List<SkippedInput> apart = [];
    private readonly List<Failure> failures = [];
    private readonly List<string> used = [];

    /// <exception cref="FailureException">The frames cannot teach anything.</exception>
    public LearningOutcome Run(IReadOnlyList<string> files, ParallelOptions options)
    {
        IEvidenceSource source =
            detector.Instance as IEvidenceSource
            ?? throw FailureException.Usage($"learn: '{detector.Name}' judges single frames only; use --detector model");
        SeriesFrame? first = null;
        CameraLearning? learning = null;
        foreach (SeriesFrame next in new SeriesFrames(reading).Read(files, options.CancellationToken))
        {
            if (next.Frame is not { } frame)
            {
                failures.Add(next.Failure!);
                continue;
            }

            first ??= next;
            learning ??= new CameraLearning(detector.Instance, source, frame);
            if (Refuse(learning, next.File, frame, first.Frame!, options) is { } reason)
            {
                apart.Add(new SkippedInput(next.File, reason));
            }
            else if (used.Count == 0 || used[^1] != next.File)
            {
                used.Add(next.File);
            }
        }

        LearnedDefects learned = learning?.Conclude(sensitivity) ?? throw Unreadable();
        Check(learned, files[0]);
        return new LearningOutcome(first!.Frame!, first.Format!, learned, used, apart, failures);
    }

    /// <summary>Learns from a frame, or says why not.</summary>
    private string? Refuse(CameraLearning learning, string file, RawFrame frame, RawFrame like, ParallelOptions options)
    {
        if (SensorMatch.Mismatch(frame, like) is { } reason)
        {
            return reason;
        }

        try
        {
            return learning.Add(frame, options) ? null : "shows the same scene as a frame before it, which tells nothing new of the sensor";
        }
        catch (ImplausibleFrameException e)
        {
            return e.Message;
        }
    }

    private void Check(LearnedDefects learned, string file)
    {
        if (learned.StandsStill || (learned.Frames < FewestFrames && apart.Count > 0))
        {
            throw FailureException.BadData(
                file,
                "the scene stands still in these frames, so that it cannot be told from the sensor; add frames of other scenes, or use 'calibrate' with darks"
            );
        }

        if (learned.Frames < FewestFrames)
        {
            throw FailureException.BadData(file, "one frame alone cannot tell scene from sensor; name ten or more of one camera");
        }
    }

    private FailureException Unreadable() =>
        failures.Count > 0
            ? new FailureException(failures[0].Code, failures[0].Message)
            : FailureException.BadData("FILE", "no frame to learn from");
}
