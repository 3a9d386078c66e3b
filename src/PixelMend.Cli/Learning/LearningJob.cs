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
/// <param name="Notes">What is to be told of the work itself.</param>
internal sealed record LearningOutcome(
    RawFrame Like,
    FrameFormat Format,
    LearnedDefects Learned,
    IReadOnlyList<string> Files,
    IReadOnlyList<SkippedInput> Apart,
    IReadOnlyList<Failure> Failures,
    IReadOnlyList<string> Notes
);

/// <summary>Learns from frames one after the other, in the order given, and takes up work that was interrupted.</summary>
/// <param name="reading">How to read the files.</param>
/// <param name="detector">Judges frames.</param>
/// <param name="sensitivity">How readily to flag.</param>
/// <param name="map">The map to be written.</param>
internal sealed class LearningJob(ReadOptions reading, Chosen<IDefectDetector> detector, Sensitivity sensitivity, string map)
{
    private const int FewestFrames = 2;
    private const string SameBytes = "the same bytes as";
    private const string SameScene = "shows the same scene as a frame before it, which tells nothing new of the sensor";

    private readonly List<SkippedInput> apart = [];
    private readonly List<Failure> failures = [];
    private readonly List<string> used = [];
    private readonly List<string> notes = [];
    private readonly List<LearnedFile> done = [];
    private readonly SeriesFrames frames = new(reading);
    private readonly LearningState state = new(
        map,
        $"{ProgramInfo.NameAndVersion}; {reading}; {detector.Name} {detector.Settings.Sensitivity} {string.Join(' ', detector.Settings.Values)}"
    );

    /// <summary>Learns from all frames. What is needed to go on after an interruption stays until <see cref="End"/>.</summary>
    /// <exception cref="FailureException">The frames cannot teach anything.</exception>
    public LearningOutcome Run(IReadOnlyList<string> files, ParallelOptions options)
    {
        IEvidenceSource source =
            detector.Instance as IEvidenceSource
            ?? throw FailureException.Usage($"learn: '{detector.Name}' judges single frames only; use --detector model");
        (SeriesFrame? first, CameraLearning? learning) = TakeUp(files, source, options);
        HashSet<string> before = [.. done.Select(f => f.Path)];
        SeriesFrame? last = null;
        string? lastApart = null;
        foreach (SeriesFrame next in frames.Read([.. files.Where(f => !before.Contains(Path.GetFullPath(f)))], options.CancellationToken))
        {
            if (last is not null && last.File != next.File && learning is not null)
            {
                Keep(last, used.Count > 0 && used[^1] == last.File ? null : lastApart, learning);
            }

            last = null;
            if (next.Frame is not { } frame)
            {
                failures.Add(next.Failure!);
                continue;
            }

            first ??= next;
            learning ??= new CameraLearning(detector.Instance, source, frame);
            last = next;
            lastApart = Refuse(learning, next, frame, first.Frame!, options);
            Count(next.File, lastApart);
        }

        LearnedDefects learned = learning?.Conclude(sensitivity) ?? throw Unreadable();
        if (Refusal(learned, files[0]) is { } refusal)
        {
            End();
            throw refusal;
        }

        return new LearningOutcome(first!.Frame!, first.Format!, learned, used, apart, failures, notes);
    }

    /// <summary>The map is written: there is nothing left to take up.</summary>
    public void End() => state.Delete();

    /// <summary>What an interrupted run left: its first frame and what it had learned. Nothing where there is none, or none that fits.</summary>
    private (SeriesFrame? First, CameraLearning? Learning) TakeUp(
        IReadOnlyList<string> files,
        IEvidenceSource source,
        ParallelOptions options
    )
    {
        if (
            state.Find(files) is not { Count: > 0 } known
            || files.FirstOrDefault(f => Path.GetFullPath(f) == known[0].Path) is not { } name
        )
        {
            return (null, null);
        }

        SeriesFrame first = new SeriesFrames(reading).Read([name], options.CancellationToken).First();
        if (first.Frame is not { } frame)
        {
            return (null, null);
        }

        var learning = new CameraLearning(detector.Instance, source, frame);
        state.Load(learning);
        done.AddRange(known);
        Dictionary<string, string> names = files.GroupBy(Path.GetFullPath).ToDictionary(g => g.Key, g => g.First());
        foreach (LearnedFile file in known)
        {
            Count(names[file.Path], file.Apart);
            if (file.Digest is { } digest)
            {
                frames.Know(digest, names[file.Path]);
            }
        }

        notes.Add($"taken up again: {known.Count} of {files.Count} files were worked on before the interruption");
        return (first, learning);
    }

    /// <summary>Counts a frame of a file as used or set apart.</summary>
    private void Count(string file, string? reason)
    {
        if (reason is not null)
        {
            apart.Add(new SkippedInput(file, reason));
        }
        else if (used.Count == 0 || used[^1] != file)
        {
            used.Add(file);
        }
    }

    /// <summary>A file is done with: from here an interrupted run goes on. Where the state cannot be kept, the work goes on without.</summary>
    private void Keep(SeriesFrame file, string? reason, CameraLearning learning)
    {
        try
        {
            done.Add(LearnedFile.Of(file.File, file.Digest, reason));
            state.SaveWhenDue(done, learning);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string note = $"the state of the work is not kept: {Failure.Of(e, file: null).Message}";
            if (!notes.Contains(note))
            {
                notes.Add(note);
            }
        }
    }

    /// <summary>Learns from a frame, or says why not.</summary>
    private static string? Refuse(CameraLearning learning, SeriesFrame next, RawFrame frame, RawFrame like, ParallelOptions options)
    {
        if (next.Twin is { } twin)
        {
            return $"{SameBytes} {twin}, which count once";
        }

        if (SensorMatch.Mismatch(frame, like) is { } reason)
        {
            return reason;
        }

        try
        {
            return learning.Add(frame, options) ? null : SameScene;
        }
        catch (ImplausibleFrameException e)
        {
            return e.Message;
        }
    }

    /// <summary>Why these frames prove nothing; null: they do.</summary>
    private FailureException? Refusal(LearnedDefects learned, string file)
    {
        bool isAlone = learned.Frames < FewestFrames;
        return learned.StandsStill
            || (isAlone && apart.Exists(a => a.Reason == SameScene || a.Reason.StartsWith(SameBytes, StringComparison.Ordinal)))
                ? FailureException.BadData(
                    file,
                    "the scene stands still in these frames, so that it cannot be told from the sensor; add frames of other scenes, or use 'calibrate' with darks"
                )
            : !isAlone ? null
            : apart is [{ } first, ..]
                ? FailureException.BadData(
                    first.File,
                    $"{first.Reason}; one frame alone cannot tell scene from sensor, name more of one camera"
                )
            : FailureException.BadData(file, "one frame alone cannot tell scene from sensor; name ten or more of one camera");
    }

    private FailureException Unreadable() =>
        failures.Count > 0
            ? new FailureException(failures[0].Code, failures[0].Message)
            : FailureException.BadData("FILE", "no frame to learn from");
}
