using PixelMend.Evaluation;

namespace PixelMend.Cli.Trials;

/// <summary>Sums trials up over frames.</summary>
internal static class Figures
{
    /// <summary>Intervals are the same each time the same trials are summed up.</summary>
    private const ulong BootstrapSeed = 1;

    /// <summary>Recall of each stratum in any number of trials together.</summary>
    public static IReadOnlyList<RecallFigures> Of(IEnumerable<StratumRecall> strata) =>
        [
            .. strata
                .GroupBy(s => s.Stratum)
                .OrderBy(g => g.Key, Stratum.Order)
                .Select(g => Recall(g.Key.KindName, g.Key.ShapeName, g.Sum(s => s.Sites), g.Sum(s => s.Found))),
        ];

    /// <summary>Repair of each stratum in any number of trials together.</summary>
    public static IReadOnlyList<PsnrFigures> Of(IEnumerable<StratumError> strata) =>
        [
            .. strata
                .GroupBy(s => s.Stratum)
                .OrderBy(g => g.Key, Stratum.Order)
                .Select(g => (g.Key, Sites: g.Sum(s => s.Sites), Error: g.Sum(s => s.SquaredError)))
                .Select(s => new PsnrFigures(s.Key.KindName, s.Key.ShapeName, s.Sites, Decibels.OfError(s.Error, s.Sites))),
        ];

    /// <summary>Strata joined that <paramref name="key"/> does not tell apart.</summary>
    public static IReadOnlyList<RecallFigures> Pool(
        IEnumerable<RecallFigures> strata,
        Func<RecallFigures, (string Kind, string Shape)> key
    ) => [.. strata.GroupBy(key).Select(g => Recall(g.Key.Kind, g.Key.Shape, g.Sum(s => s.Sites), g.Sum(s => s.Found)))];

    /// <summary>Every detector over all frames.</summary>
    public static IReadOnlyList<DetectorFigures> OfDetectors(IReadOnlyList<EvaluatedFile> files) =>
        [
            .. ByName(files, t => t.Detectors, d => d.Name)
                .Select(frames =>
                {
                    Estimate Mean(Func<DetectorTrial, double> figure) => MeanOf(frames, figure);
                    return new DetectorFigures
                    {
                        Name = frames[0][0].Name,
                        Recall = Mean(t => t.Recall),
                        Precision = Mean(t => t.Precision),
                        F1 = Mean(t => t.F1),
                        FalseAlarmsPerMegapixel = Mean(t => t.FalseAlarmsPerMegapixel),
                        RecallAt1 = Mean(t => t.RecallAt1),
                        RecallAt10 = Mean(t => t.RecallAt10),
                        Damaged = Mean(t => t.Damaged),
                        Seconds = Mean(t => t.Seconds),
                        Strata = Of(frames.SelectMany(f => f).SelectMany(t => t.Recalls)),
                    };
                }),
        ];

    /// <summary>Every corrector over all frames.</summary>
    public static IReadOnlyList<CorrectorFigures> OfCorrectors(IReadOnlyList<EvaluatedFile> files) =>
        [
            .. ByName(files, t => t.Correctors, c => c.Name)
                .Select(frames =>
                {
                    Estimate Mean(Func<CorrectorTrial, double> figure) => MeanOf(frames, figure);
                    return new CorrectorFigures
                    {
                        Name = frames[0][0].Name,
                        Psnr = Mean(t => t.Psnr),
                        Percentile99 = Mean(t => t.Percentile99),
                        Unreachable = Mean(t => t.Unreachable),
                        Damaged = Mean(t => t.Damaged),
                        Seconds = Mean(t => t.Seconds),
                        Strata = Of(frames.SelectMany(f => f).SelectMany(t => t.Errors)),
                    };
                }),
        ];

    /// <summary>The trials of each algorithm, apart for each frame; frames that failed have none.</summary>
    private static IEnumerable<List<List<T>>> ByName<T>(
        IReadOnlyList<EvaluatedFile> files,
        Func<Trial, IReadOnlyList<T>> list,
        Func<T, string> name
    )
    {
        EvaluatedFile[] done = [.. files.Where(f => f.Trials.Count > 0)];
        return done.SelectMany(f => list(f.Trials[0]))
            .Select(name)
            .Distinct(StringComparer.Ordinal)
            .Select(n => done.Select(f => f.Trials.SelectMany(list).Where(t => name(t) == n).ToList()).ToList());
    }

    /// <summary>Frames are what an interval is over: trials of one frame are alike, so each frame counts with its mean.</summary>
    private static Estimate MeanOf<T>(List<List<T>> frames, Func<T, double> figure) =>
        Estimate.Of([.. frames.Select(f => f.Average(figure))], BootstrapSeed);

    private static RecallFigures Recall(string kind, string shape, int sites, int found) =>
        new(kind, shape, sites, found, (double)found / sites);
}
