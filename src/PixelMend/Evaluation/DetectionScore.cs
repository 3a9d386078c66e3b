using PixelMend.Defects;

namespace PixelMend.Evaluation;

/// <summary>One point of a curve of recall against false alarms, at one limit on severity.</summary>
/// <param name="FalseAlarmsPerMegapixel">False alarms at or above the limit, per million active photosites.</param>
/// <param name="Recall">Part of the defects at or above the limit.</param>
public readonly record struct RocPoint(double FalseAlarmsPerMegapixel, double Recall);

/// <summary>How many photosites of a stratum there were, and how many of them were found.</summary>
public readonly record struct StratumRecall(Stratum Stratum, int Sites, int Found);

/// <summary>What a detector found of the defects that a frame was given.</summary>
public sealed class DetectionScore
{
    private DetectionScore(InjectedFrame frame, IReadOnlyList<Defect> found)
    {
        Photosites = frame.Original.ActiveArea.Count;
        InjectedSite[] sites = [.. frame.Sites.Where(s => s.Counts)];
        var truth = sites.Select(s => (s.X, s.Y)).ToHashSet();
        Defect[] judged = [.. found.Where(d => !frame.Ignored[d.X, d.Y])];
        var hits = judged.Select(d => (d.X, d.Y)).Where(truth.Contains).ToHashSet();

        Sites = sites.Length;
        Found = hits.Count;
        FalseAlarms = [.. judged.Where(d => !truth.Contains((d.X, d.Y)))];
        Missed = [.. sites.Where(s => !hits.Contains((s.X, s.Y)))];
        Strata =
        [
            .. sites
                .GroupBy(s => s.Stratum)
                .Select(g => new StratumRecall(g.Key, g.Count(), g.Count(s => hits.Contains((s.X, s.Y)))))
                .OrderBy(s => s.Stratum, Stratum.Order),
        ];
        Curve = CurveOf(judged, truth);
    }

    /// <summary>Active photosites of the frame.</summary>
    public long Photosites { get; }

    /// <summary>Defects that count.</summary>
    public int Sites { get; }

    /// <summary>Those of them that were found.</summary>
    public int Found { get; }

    /// <summary>Good photosites that were flagged, in the order of the detector's map.</summary>
    public IReadOnlyList<Defect> FalseAlarms { get; }

    /// <summary>Defects that count and were not found.</summary>
    public IReadOnlyList<InjectedSite> Missed { get; }

    /// <summary>Recall of each sort of defect.</summary>
    public IReadOnlyList<StratumRecall> Strata { get; }

    /// <summary>Recall against false alarms as the limit on severity falls; it ends where the detector stops flagging.</summary>
    public IReadOnlyList<RocPoint> Curve { get; }

    /// <summary>Part of the defects that was found; 1 where there were none.</summary>
    public double Recall => Sites == 0 ? 1 : (double)Found / Sites;

    /// <summary>Part of what was flagged that is a defect; 1 where nothing was flagged.</summary>
    public double Precision => Found + FalseAlarms.Count == 0 ? 1 : (double)Found / (Found + FalseAlarms.Count);

    /// <summary>Harmonic mean of recall and precision.</summary>
    public double F1 => Recall + Precision == 0 ? 0 : 2 * Recall * Precision / (Recall + Precision);

    /// <summary>False alarms per million active photosites.</summary>
    public double FalseAlarmsPerMegapixel => PerMegapixel(FalseAlarms.Count);

    /// <summary>Scores a detector's map.</summary>
    /// <exception cref="ArgumentException">The map has another geometry than the frame.</exception>
    public static DetectionScore Of(InjectedFrame frame, DefectMap found) =>
        found.Width == frame.Original.Width && found.Height == frame.Original.Height
            ? new DetectionScore(frame, found.AllPhotosites())
            : throw new ArgumentException("The map has another geometry than the frame.", nameof(found));

    /// <summary>The most defects found by any limit on severity that raises at most so many false alarms per megapixel.</summary>
    public double RecallAt(double falseAlarmsPerMegapixel) =>
        Sites == 0
            ? 1
            : Curve.Where(p => p.FalseAlarmsPerMegapixel <= falseAlarmsPerMegapixel).Select(p => p.Recall).DefaultIfEmpty(0).Max();

    private List<RocPoint> CurveOf(Defect[] judged, HashSet<(int X, int Y)> truth)
    {
        var curve = new List<RocPoint>();
        int hits = 0;
        int alarms = 0;
        // Equal severities pass a limit together.
        foreach (IGrouping<float, Defect> step in judged.GroupBy(d => d.Severity).OrderByDescending(g => g.Key))
        {
            int right = step.Count(d => truth.Contains((d.X, d.Y)));
            hits += right;
            alarms += step.Count() - right;
            curve.Add(new RocPoint(PerMegapixel(alarms), Sites == 0 ? 1 : (double)hits / Sites));
        }

        return curve;
    }

    private double PerMegapixel(int count) => count * 1e6 / Photosites;
}
