using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// A frame teaches its own predictor: every photosite is predicted from its neighbours of all colours with weights fitted on the frame itself,
/// and flagged when the residual is far beyond noise, local detail and what light around it explains. Two rounds, the second with the
/// first one's suspects replaced by their predictions, so that the members of a cluster do not vouch for each other.
/// How far is too far is read from the frame's own scores (<see cref="TailThreshold"/>).
/// </summary>
/// <param name="settings">Parameters.</param>
/// <param name="kept">The models of a video; null: each frame has its own.</param>
internal sealed class ModelDetector(Settings settings, KeptModels? kept = null)
    : IDefectDetector,
        IEvidenceSource,
        IVideoAlgorithm<IDefectDetector>
{
    private const long PhotositesToCalibrate = 1_000_000;

    /// <summary>Score from which the first round replaces a photosite.</summary>
    private const float SuspectScore = 5;

    /// <summary>Part of all that is found that may be false.</summary>
    private const double FalseShare = 0.015;

    /// <summary>False alarms per photosite that no number of defects excuses.</summary>
    private const double MostFalseAlarms = 20e-6;

    /// <summary>False alarms to expect per photosite beside a sure defect.</summary>
    private const double FalseCompanions = 100e-6;

    public static Algorithm<IDefectDetector> Registration { get; } =
        new(
            "model",
            "Predicts every photosite from its neighbours of all colours, with weights learned from the frame itself, and flags what they cannot explain.",
            "PixelMend; robust fit after Huber (1964)",
            [
                new Parameter(
                    "threshold",
                    0,
                    0,
                    1000,
                    "score from which a photosite is flagged; 0 finds it on the frame, for the false alarms that the sensitivity allows"
                ),
            ],
            s => new ModelDetector(s)
        );

    /// <summary>Expected false alarms per photosite.</summary>
    private double FalseAlarms =>
        settings.Sensitivity switch
        {
            Sensitivity.Low => 0.08e-6,
            Sensitivity.High => 8e-6,
            _ => 0.8e-6,
        };

    public IDefectDetector ForVideo() => new ModelDetector(settings, new KeptModels());

    public void Detect(Evidence evidence, DefectMap.Builder found, ParallelOptions options)
    {
        if (Prepare(evidence, options) is not { } frame)
        {
            return;
        }

        (MosaicView view, Suspects suspects, Lesson lesson, Fills clean) = (frame.View, frame.Suspects, frame.Lesson, frame.Clean);
        LineLesson[] lined = LineLesson.Of(lesson, view, frame.Layout, clean, options, kept);
        LineDefects lines = LineDefects.Find(view, frame.Layout, lined, clean, suspects, frame.Work, options);
        foreach (FoundLine line in lines.All)
        {
            found.Add(LineDefects.Describe(view, line));
        }

        Fills trusted = lines.Join(view, clean);
        float chosen = (float)settings["threshold"];
        ScoreSample sample = lesson.Pass.Sample(trusted, TailThreshold.Start, PhotositesToCalibrate, options);
        var tail = new TailThreshold(sample);
        float threshold = chosen > 0 ? chosen : ThresholdFor(tail);
        Scored[] conspicuous = lesson.Cascade.Find(trusted, threshold, options);

        var scene = new SceneTests(view, suspects, lesson.Model);
        scene.Learn(conspicuous, options);
        bool IsNew(int x, int y) => !suspects.Contains(x, y) && !lines.Contains(x, y);
        Scored[] alone = [.. scene.Judge([.. conspicuous.Where(s => IsNew(s.X, s.Y))], options).Where(s => s.Score >= threshold)];
        float near = Math.Min(threshold, tail.For(FalseCompanions));
        foreach (Scored scored in new Companions(view, lesson.Cascade, scene, IsNew).Join(alone, trusted, threshold, near, options))
        {
            found.Add(Describe(view, scored, threshold));
        }
    }

    /// <summary>
    /// The score from which photosites are flagged: for the false alarms that the sensitivity allows, or in a frame with many defects for
    /// <see cref="FalseShare"/> of what is found (a false discovery rate, Benjamini and Hochberg 1995).
    /// </summary>
    private float ThresholdFor(TailThreshold tail)
    {
        float threshold = tail.For(FalseAlarms);
        for (int round = 0; round < 2; round++)
        {
            threshold = tail.For(Math.Max(FalseAlarms, Math.Min(MostFalseAlarms, FalseShare * tail.Reached(threshold))));
        }

        return threshold;
    }

    public void Weigh(Evidence evidence, StaticEvidence sums, ParallelOptions options)
    {
        if (Prepare(evidence, options) is not { } frame)
        {
            return;
        }

        // What is even faintly suspected must not bend its neighbours' predictions: that would add up over frames like a defect of theirs.
        Scored[] faint = frame.Lesson.Cascade.Find(frame.Clean, TailThreshold.Least, options);
        Fills fills = Replace(frame.Given, frame.Suspects, faint);
        new FrameVotes(frame.View, frame.Suspects, frame.Lesson.Pass, frame.Lesson.Seen).AddTo(sums, fills, options);
    }

    /// <summary>Learns the frame in two rounds; null where there is nothing to learn.</summary>
    private PreparedFrame? Prepare(Evidence evidence, ParallelOptions options)
    {
        var view = new MosaicView(evidence.Frame);
        if (view.Width < view.Cfa.Width || view.Height < view.Cfa.Height)
        {
            return null; // less than one period shows some colours only once: nothing to compare them with
        }

        var layout = new PhaseLayout(view.Width, view.Height, view.Cfa);
        var suspects = new Suspects(view, evidence.Known);

        var work = new WorkspacePool<ScorePass.Workspace>(() => new ScorePass.Workspace(view, layout));
        var first = new Fills(view.Height, suspects.Guess());
        Lesson lesson = Lesson.Learn(view, layout, first, clamp: true, work, options, kept);
        Scored[] rough = lesson.Cascade.Find(first, SuspectScore, options);

        Fills second = Replace(first, suspects, rough);
        lesson = Lesson.Learn(view, layout, second, clamp: false, work, options, kept);
        return new PreparedFrame(view, layout, suspects, work, lesson, first, second);
    }

    private static Fills Replace(Fills given, Suspects suspects, Scored[] rough) =>
        given.Joined([.. rough.Where(s => !suspects.Contains(s.X, s.Y)).Select(s => new Fill(s.X, s.Y, s.Predicted))]);

    /// <summary>
    /// One frame tells high from low and strong from weak; what changes with time or light needs calibration frames. Dead is only called what
    /// reads less than half of an expectation that itself stands clear of noise: in the dark a low photosite is low, no more.
    /// </summary>
    private static Defect Describe(MosaicView view, Scored scored, float threshold)
    {
        const float hotScore = 8;
        const float deadResponse = 0.5f;
        float allowed = MathF.Abs(scored.Signal - scored.Predicted) / scored.Score;
        bool dead = scored.Signal < deadResponse * scored.Predicted && deadResponse * scored.Predicted > allowed;
        DefectKind high = scored.Score >= hotScore ? DefectKind.Hot : DefectKind.Warm;
        DefectKind low = dead ? DefectKind.Dead : DefectKind.LowResponse;
        DefectKind kind = scored.Signal > scored.Predicted ? high : low;
        // A companion of a sure defect may score less than half of what a photosite alone needs.
        float confidence = MathF.Max(0, 1 - (0.5f * threshold / scored.Score));
        return new Defect(view.Left + scored.X, view.Top + scored.Y, kind, scored.Score, confidence);
    }

    /// <summary>A frame after two rounds of learning.</summary>
    /// <param name="View">Its mosaic.</param>
    /// <param name="Layout">The mosaic's layout.</param>
    /// <param name="Suspects">Photosites distrusted before anything is scored.</param>
    /// <param name="Work">Buffers.</param>
    /// <param name="Lesson">What was learned.</param>
    /// <param name="Given">What to read at the distrusted ones.</param>
    /// <param name="Clean">The same, and what to read at those that the first round found.</param>
    private sealed record PreparedFrame(
        MosaicView View,
        PhaseLayout Layout,
        Suspects Suspects,
        WorkspacePool<ScorePass.Workspace> Work,
        Lesson Lesson,
        Fills Given,
        Fills Clean
    );
}
