using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Evaluation;
using PixelMend.Frames;
using PixelMend.Simulation;
using PixelMend.Tests.Mosaics;
using Xunit;

namespace PixelMend.Tests.Evaluation;

/// <summary>Scores on cases small enough to work out by hand.</summary>
public class ScoreTests
{
    private const int Side = 100;
    private const float Range = Mosaic.White - Mosaic.Black;

    private static readonly Stratum Hot = new(DefectKind.Hot, DefectShape.Single, null);
    private static readonly Stratum Dead = new(DefectKind.Dead, DefectShape.AdjacentCouplet, null);

    /// <summary>Two hot sites, two dead ones, and a third that does not show; a natural defect at (50, 50).</summary>
    private static readonly InjectedFrame Frame = Make([
        new InjectedSite(10, 10, Hot, 1000, 4000, 30, true),
        new InjectedSite(20, 20, Hot, 1000, 3000, 20, true),
        new InjectedSite(30, 30, Dead, 1000, 300, 10, true),
        new InjectedSite(31, 30, Dead, 1000, 400, 9, true),
        new InjectedSite(40, 40, Dead, 1000, 999, 0.1f, false),
    ]);

    [Fact]
    public void Detection_counts_what_counts()
    {
        DetectionScore score = Score((10, 10, 9), (30, 30, 5), (40, 40, 8), (50, 50, 7), (60, 60, 6), (61, 60, 4), (62, 60, 4));

        Assert.Equal((4, 2, 3), (score.Sites, score.Found, score.FalseAlarms.Count));
        Assert.Equal(0.5, score.Recall);
        Assert.Equal(0.4, score.Precision);
        Assert.Equal(2 * 0.5 * 0.4 / 0.9, score.F1, 12);
        Assert.Equal(300, score.FalseAlarmsPerMegapixel, 9);
        Assert.Equal([(20, 20), (31, 30)], score.Missed.Select(s => (s.X, s.Y)));
        Assert.Equal([(60, 60), (61, 60), (62, 60)], score.FalseAlarms.Select(d => (d.X, d.Y)));
        Assert.Equal([new StratumRecall(Hot, 2, 1), new StratumRecall(Dead, 2, 1)], score.Strata);
    }

    [Fact]
    public void The_curve_follows_the_severities_and_equal_ones_pass_together()
    {
        DetectionScore score = Score((10, 10, 9), (60, 60, 6), (30, 30, 5), (61, 60, 4), (20, 20, 4));

        Assert.Equal(
            [new RocPoint(0, 0.25), new RocPoint(100, 0.25), new RocPoint(100, 0.5), new RocPoint(200, 0.75)],
            score.Curve.Select(p => p with { FalseAlarmsPerMegapixel = Math.Round(p.FalseAlarmsPerMegapixel, 9) })
        );
        Assert.Equal(0.25, score.RecallAt(0));
        Assert.Equal(0.25, score.RecallAt(10));
        Assert.Equal(0.5, score.RecallAt(150));
        Assert.Equal(0.75, score.RecallAt(1000));
    }

    [Fact]
    public void Nothing_found_and_nothing_to_find_have_scores()
    {
        DetectionScore nothingFound = Score();
        Assert.Equal((0, 1, 0, 0), (nothingFound.Recall, nothingFound.Precision, nothingFound.F1, nothingFound.RecallAt(10)));
        DetectionScore nothingThere = DetectionScore.Of(Make([]), DefectMap.Empty(Side, Side));
        Assert.Equal((1, 1, 1, 1), (nothingThere.Recall, nothingThere.Precision, nothingThere.F1, nothingThere.RecallAt(10)));
    }

    [Fact]
    public void A_map_of_another_geometry_is_refused() =>
        Assert.Throws<ArgumentException>(() => DetectionScore.Of(Frame, DefectMap.Empty(Side + 1, Side)));

    [Fact]
    public void Repair_measures_what_is_left_at_every_site()
    {
        // Errors: 0, 2 and 10 codes, 600 where left alone, 0.
        RepairScore score = RepairScore.Of(
            Frame,
            Changes([(10, 10, 4000, 1000), (20, 20, 3000, 1002), (30, 30, 300, 990), (40, 40, 999, 1000)], [new Defect(31, 30)])
        );

        Assert.Equal((5, 1), (score.Sites, score.Unreachable));
        double sum = (4 + 100 + 360_000) / (double)(Range * Range);
        Assert.Equal(-10 * Math.Log10(sum / 5), score.Psnr, 4);
        Assert.Equal(600 / Range, score.Percentile99, 6);
        Assert.Equal([(Hot, 2), (Dead, 3)], score.Strata.Select(s => (s.Stratum, s.Sites)));
        Assert.Equal(4 / (double)(Range * Range), score.Strata[0].SquaredError, 9);
        Assert.Equal(new Damage(0, null), score.Damage);
    }

    [Fact]
    public void An_exact_repair_has_the_most_decibels()
    {
        RepairScore score = RepairScore.Of(Frame, Changes([.. Frame.Sites.Select(s => (s.X, s.Y, s.New, s.Old))], []));
        Assert.Equal((Decibels.Most, 0), (score.Psnr, score.Percentile99));
    }

    [Fact]
    public void Damage_is_what_changed_at_good_photosites()
    {
        Damage damage = Damage.Of(
            Frame,
            Changes([(10, 10, 4000, 1000), (50, 50, 1000, 900), (60, 60, 1000, 1000), (61, 60, 1000, 1030), (62, 60, 1000, 960)], [])
        );
        Assert.Equal(2, damage.Changed);
        Assert.Equal(-10 * Math.Log10((900 + 1600) / 2.0 / (Range * Range)), damage.Psnr!.Value, 4);
    }

    [Fact]
    public void Intervals_repeat_and_enclose_the_mean()
    {
        double[] values = [.. Enumerable.Range(0, 40).Select(i => (double)(i % 10))];
        Estimate one = Estimate.Of(values, 1);

        Assert.Equal(one, Estimate.Of(values, 1));
        double[] others = [.. values.Select(Math.Sqrt)];
        Assert.NotEqual(Estimate.Of(others, 1), Estimate.Of(others, 2));
        Assert.Equal(4.5, one.Mean);
        // The standard error is 2.87 / √40 = 0.454.
        Assert.Equal(4.5 - (1.96 * 0.454), one.Low!.Value, 0.12);
        Assert.Equal(4.5 + (1.96 * 0.454), one.High!.Value, 0.12);
        Assert.Equal(new Estimate(3, null, null), Estimate.Of([3], 1));
        Assert.Equal(new Estimate(3, 3, 3), Estimate.Of([3, 3, 3], 1));
    }

    private static InjectedFrame Make(InjectedSite[] sites)
    {
        RawFrame original = Mosaic.Of("MONO", Side, Side, (_, _) => 1000);
        var ignored = new DefectMask(Side, Side) { [50, 50] = true };
        foreach (InjectedSite site in sites.Where(s => !s.Counts))
        {
            ignored[site.X, site.Y] = true;
        }

        return new InjectedFrame(
            original,
            original.Put(sites.Select(s => (s.X, s.Y)), (x, y) => sites.Single(s => (s.X, s.Y) == (x, y)).New),
            sites,
            Mosaic.Map(original, sites.Select(s => (s.X, s.Y))),
            Mosaic.Map(original, [(50, 50)]),
            ignored
        );
    }

    private static DetectionScore Score(params (int X, int Y, float Severity)[] found)
    {
        var map = new DefectMap.Builder(Side, Side);
        map.AddRange(found.Select(f => new Defect(f.X, f.Y, DefectKind.Hot, f.Severity)));
        return DetectionScore.Of(Frame, map.Build());
    }

    private static CorrectionReport Changes((int X, int Y, float Old, float New)[] changes, Defect[] unreachable) =>
        new([.. changes.Select(c => new SampleChange(c.X, c.Y, c.Old, c.New, 1))], unreachable);
}
