using System.Diagnostics;
using PixelMend.Algorithms;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Evaluation;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Trials;

/// <summary>Runs every algorithm on frames that are given known defects, one file and one algorithm at a time so that times mean something.</summary>
internal sealed class TrialJob
{
    /// <summary>Frames tried of a file that holds several.</summary>
    private const int MostFrames = 8;

    private static readonly (string Name, IDefectDetector Instance)[] AllDetectors = [.. Detectors.All.Select(a => (a.Name, Default(a)))];

    private static readonly (string Name, IDefectCorrector Instance)[] AllCorrectors =
    [
        .. Correctors.All.Select(a => (a.Name, Default(a))),
    ];

    /// <summary>How to read the files.</summary>
    public required ReadOptions Reading { get; init; }

    public required InjectionPreset Preset { get; init; }

    public required double Density { get; init; }

    public required IReadOnlyList<ulong> Seeds { get; init; }

    /// <summary>Maps of natural defects.</summary>
    public required KnownMaps Known { get; init; }

    /// <summary>Whether places are to be shown.</summary>
    public required bool Pictures { get; init; }

    /// <summary>Works on one file. Failures become part of the result; only a request to stop gets out.</summary>
    public EvaluatedFile Run(string file, ParallelOptions options)
    {
        var result = new EvaluatedFile { File = file };
        try
        {
            if (InputFile.OpenSequence(file, Reading) is var (several, frames))
            {
                using (frames)
                {
                    return RunAll(file, several, frames, options);
                }
            }

            byte[] original = InputFile.Read(file, Reading.Limits);
            FrameFormat format = FormatSet.FrameFormatFor(original, file, Reading);
            RawFrame frame = format.Read(original, Reading);
            result = result with { Frame = Summary.Of(format, frame, Reading) };
            return result with { Trials = Run(file, frame, options) };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failure failure = Failure.Of(e, file);
            return result with { Error = new ErrorFacts(failure.Code, failure.Message) };
        }
    }

    /// <summary>Of long videos not every frame is tried: each costs every algorithm's time, and neighbours are alike.</summary>
    private EvaluatedFile RunAll(string file, FrameFormat format, FrameSequence frames, ParallelOptions options)
    {
        int all = frames.Count ?? MostFrames;
        var trials = new List<Trial>();
        FrameFacts? facts = null;
        int tried = 0;
        for (int i = 0; frames.Next() is { } frame; i++)
        {
            facts ??= Summary.Of(format, frame, Reading);

            // The first of each of so many equal parts; of a few frames every one.
            if (i == 0 || (long)i * MostFrames / all != (i - 1L) * MostFrames / all || all <= MostFrames)
            {
                trials.AddRange(Run(file, frame, options));
                tried++;
            }
        }

        string[] notes = tried < all ? [$"{tried} of {all} frames are tried, spread evenly"] : [];
        return new EvaluatedFile
        {
            File = file,
            Frame = facts! with { Frames = all, Notes = [.. facts.Notes, .. notes] },
            Trials = trials,
        };
    }

    private Trial[] Run(string file, RawFrame frame, ParallelOptions options)
    {
        DefectMap natural = DefectMap.Union(frame.Width, frame.Height, Known.For(frame));
        return [.. Seeds.Select(seed => Try(file, frame, natural, seed, options))];
    }

    private Trial Try(string file, RawFrame frame, DefectMap natural, ulong seed, ParallelOptions options)
    {
        InjectedFrame injected = new DefectInjection(Preset, Density, seed).Into(frame, natural, options);
        return new Trial(
            seed,
            injected.Sites.Count,
            injected.Ignored.Count,
            [.. AllDetectors.Select(d => Try(file, d.Name, d.Instance, injected, options))],
            [.. AllCorrectors.Select(c => Try(c.Name, c.Instance, injected, options))]
        );
    }

    private DetectorTrial Try(string file, string name, IDefectDetector detector, InjectedFrame frame, ParallelOptions options)
    {
        var found = new DefectMap.Builder(frame.Broken.Width, frame.Broken.Height);
        long start = Stopwatch.GetTimestamp();
        // Natural defects are not given away: what a detector makes of them is not judged either.
        detector.Detect(new Evidence(frame.Broken, DefectMap.Empty(frame.Broken.Width, frame.Broken.Height)), found, options);
        double seconds = SecondsSince(start);

        DefectMap map = found.Build();
        DetectionScore score = DetectionScore.Of(frame, map);
        CorrectionReport repair = AllCorrectors[0].Instance.Correct(frame.Broken, map, options);
        Damage damage = Damage.Of(frame, repair);
        return new DetectorTrial
        {
            Name = name,
            Sites = score.Sites,
            Found = score.Found,
            FalseAlarms = score.FalseAlarms.Count,
            Recall = score.Recall,
            Precision = score.Precision,
            F1 = score.F1,
            FalseAlarmsPerMegapixel = score.FalseAlarmsPerMegapixel,
            RecallAt1 = score.RecallAt(1),
            RecallAt10 = score.RecallAt(10),
            Damaged = damage.Changed,
            DamagePsnr = damage.Psnr,
            Seconds = seconds,
            Strata = Figures.Of(score.Strata),
            Recalls = score.Strata,
            Curve = score.Curve,
            Places = Pictures ? TrialPlaces.Of(file, frame, score, repair) : new TrialPlaces([], []),
        };
    }

    private static CorrectorTrial Try(string name, IDefectCorrector corrector, InjectedFrame frame, ParallelOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        CorrectionReport report = corrector.Correct(frame.Broken, frame.AllDefects, options);
        double seconds = SecondsSince(start);
        RepairScore score = RepairScore.Of(frame, report);
        return new CorrectorTrial
        {
            Name = name,
            Sites = score.Sites,
            Unreachable = score.Unreachable,
            Psnr = score.Psnr,
            Percentile99 = score.Percentile99,
            Damaged = score.Damage.Changed,
            Seconds = seconds,
            Strata = Figures.Of(score.Strata),
            Errors = score.Strata,
        };
    }

    private static double SecondsSince(long start) => Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 3);

    private static T Default<T>(Algorithm<T> algorithm) =>
        algorithm.Create(new Settings(algorithm.Parameters, new Dictionary<string, double>(StringComparer.Ordinal)));
}
