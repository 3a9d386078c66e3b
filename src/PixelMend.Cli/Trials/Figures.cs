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
        Of<DetectorTrial, DetectorFigures>(
            files,
            t => t.Detectors,
            (name, trials, mean) =>
                new DetectorFigures
                {
                    Name = name,
                    Recall = mean(t => t.Recall),
                    Precision = mean(t => t.Precision),
                    F1 = mean(t => t.F1),
                    FalseAlarmsPerMegapixel = mean(t => t.FalseAlarmsPerMegapixel),
                    RecallAt1 = mean(t => t.RecallAt1),
                    RecallAt10 = mean(t => t.RecallAt10),
                    Damaged = mean(t => t.Damaged),
                    Seconds = mean(t => t.Seconds),
                    Strata = Of(trials.SelectMany(t => t.Recalls)),
                }
        );

    /// <summary>Every corrector over all frames.</summary>
    public static IReadOnlyList<CorrectorFigures> OfCorrectors(IReadOnlyList<EvaluatedFile> files) =>
        Of<CorrectorTrial, CorrectorFigures>(
            files,
            t => t.Correctors,
            (name, trials, mean) =>
                new CorrectorFigures
                {
                    Name = name,
                    Psnr = mean(t => t.Psnr),
                    Percentile99 = mean(t => t.Percentile99),
                    Unreachable = mean(t => t.Unreachable),
                    Damaged = mean(t => t.Damaged),
                    Seconds = mean(t => t.Seconds),
                    Strata = Of(trials.SelectMany(t => t.Errors)),
                }
        );

    /// <summary>Sums up the trials of each algorithm, kept apart by frame; frames that failed have none.</summary>
    /// <param name="files">The frames.</param>
    /// <param name="list">The algorithms of a trial.</param>
    /// <param name="make">The figures of a name, from all of its trials and the mean of whatever is asked for.</param>
    private static IReadOnlyList<TFigures> Of<TTrial, TFigures>(
        IReadOnlyList<EvaluatedFile> files,
        Func<Trial, IReadOnlyList<TTrial>> list,
        Func<string, IEnumerable<TTrial>, Func<Func<TTrial, double>, Estimate>, TFigures> make
    )
        where TTrial : AlgorithmTrial
    {
        EvaluatedFile[] done = [.. files.Where(f => f.Trials.Count > 0)];
        return
        [
            .. done.SelectMany(f => list(f.Trials[0]))
                .Select(t => t.Name)
                .Distinct(StringComparer.Ordinal)
                .Select(name =>
                {
                    List<List<TTrial>> frames = [.. done.Select(f => f.Trials.SelectMany(list).Where(t => t.Name == name).ToList())];
                    return make(name, frames.SelectMany(f => f), figure => MeanOf(frames, figure));
                }),
        ];
    }

    /// <summary>Frames are what an interval is over: trials of one frame are alike, so each frame counts with its mean.</summary>
    private static Estimate MeanOf<T>(List<List<T>> frames, Func<T, double> figure) =>
        Estimate.Of([.. frames.Select(f => f.Average(figure))], BootstrapSeed);

    private static RecallFigures Recall(string kind, string shape, int sites, int found) =>
        new(kind, shape, sites, found, (double)found / sites);
}
