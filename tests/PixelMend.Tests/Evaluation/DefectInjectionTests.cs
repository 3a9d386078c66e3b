using PixelMend.Defects;
using PixelMend.Evaluation;
using PixelMend.Frames;
using PixelMend.Simulation;
using PixelMend.Tests.Mosaics;
using Xunit;

namespace PixelMend.Tests.Evaluation;

/// <summary>Injected defects are exactly those that the truth tells, and as their preset says.</summary>
public class DefectInjectionTests
{
    private const double Density = 1e-2;

    public static TheoryData<string, string> CfasAndPresets
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string cfa in Mosaic.Cfas)
            {
                foreach (InjectionPreset preset in InjectionPresets.All)
                {
                    data.Add(cfa, preset.Name);
                }
            }

            return data;
        }
    }

    public static TheoryData<string> Presets => [.. InjectionPresets.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(CfasAndPresets))]
    public void Exactly_the_sites_of_the_truth_differ(string cfa, string preset)
    {
        RawFrame frame = Clean(cfa);
        InjectedFrame injected = Inject(frame, preset);

        Assert.Equal(
            injected.Sites.Where(s => s.New != s.Old).Select(s => (s.X, s.Y)),
            Mosaic.Block(frame.ActiveArea).Where(p => frame.Stored(p.X, p.Y) != injected.Broken.Stored(p.X, p.Y))
        );
        Assert.All(injected.Sites, s => Assert.Equal((s.Old, s.New), (frame.Stored(s.X, s.Y), injected.Broken.Stored(s.X, s.Y))));
        Assert.Equal(injected.Sites.Select(s => (s.X, s.Y)), Mosaic.Sites(injected.Truth));
        Assert.All(injected.Sites, s => Assert.Equal(!s.Counts, injected.Ignored[s.X, s.Y]));
        Assert.Equal(injected.Sites.Count(s => !s.Counts), injected.Ignored.Count);
    }

    [Theory]
    [MemberData(nameof(CfasAndPresets))]
    public void Float_frames_get_the_same_places_and_readings(string cfa, string preset)
    {
        RawFrame frame = Clean(cfa);
        InjectedFrame codes = Inject(frame, preset);
        InjectedFrame floats = Inject(Mosaic.Floats(frame), preset);

        Assert.Equal(codes.Sites.Select(s => (s.X, s.Y, s.Stratum.Kind)), floats.Sites.Select(s => (s.X, s.Y, s.Stratum.Kind)));
        // The frame's noise is measured on each; all else differs by rounding to codes only.
        Assert.All(codes.Sites.Zip(floats.Sites), p => Assert.InRange(p.Second.New, p.First.New - 4, p.First.New + 4));
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void The_seed_decides_and_threads_do_not(string preset)
    {
        RawFrame frame = Clean("RGGB");
        InjectedFrame one = Inject(frame, preset);
        InjectedFrame again = new DefectInjection(InjectionPresets.Named(preset), Density, 7).Into(frame, NoMap(frame), Mosaic.ManyThreads);
        InjectedFrame other = new DefectInjection(InjectionPresets.Named(preset), Density, 8).Into(frame, NoMap(frame), Mosaic.OneThread);

        Assert.Equal(one.Sites, again.Sites);
        Assert.Equal(one.Broken.Codes!.Samples, again.Broken.Codes!.Samples);
        Assert.NotEqual(one.Sites, other.Sites);
    }

    [Theory]
    [InlineData("mixed", 1e-5)]
    [InlineData("mixed", 1e-3)]
    [InlineData("mixed", 1e-2)]
    [InlineData("fixpix", 1e-3)]
    [InlineData("isolated", 1e-3)]
    public void Single_photosites_are_as_many_as_asked_for(string preset, double density)
    {
        RawFrame frame = Mosaic.Flat("RGGB", 500, 400);
        int sites = new DefectInjection(InjectionPresets.Named(preset), density, 3).Into(frame, NoMap(frame), Mosaic.OneThread).Sites.Count;
        Assert.Equal(Math.Max(1, (int)(density * 200_000)), sites);
    }

    [Theory]
    [InlineData("clusters")]
    [InlineData("lines")]
    [InlineData("full")]
    public void Larger_shapes_meet_the_density_on_average(string preset)
    {
        RawFrame frame = Mosaic.Flat("RGGB", 200, 160);
        double mean = Enumerable
            .Range(0, 30)
            .Average(seed =>
                new DefectInjection(InjectionPresets.Named(preset), Density, (ulong)seed)
                    .Into(frame, NoMap(frame), Mosaic.OneThread)
                    .Sites.Count
            );
        Assert.InRange(mean, 0.8 * 320, 1.2 * 320);
    }

    [Fact]
    public void Mixed_draws_each_kind_within_its_bounds()
    {
        RawFrame frame = Mosaic.Simulated("RGGB", 200, 160, "dunes");
        InjectedFrame injected = new DefectInjection(InjectionPresets.Named("mixed"), 0.03, 5).Into(frame, NoMap(frame), Mosaic.OneThread);
        const double range = Mosaic.White - Mosaic.Black;
        foreach (InjectedSite site in injected.Sites)
        {
            double before = site.Old - Mosaic.Black;
            double after = site.New - Mosaic.Black;
            (double least, double most) = site.Stratum.Kind switch
            {
                DefectKind.Hot => (range, range),
                DefectKind.Dead => (-Mosaic.Black / 8, range / 50),
                DefectKind.Stuck => (0, range),
                DefectKind.Warm => (Math.Min(range, before + (0.06 * range)), Math.Min(range, before + (0.35 * range))),
                _ => (Math.Min(0, 0.6 * before), Math.Max(0, 0.6 * before)),
            };
            Assert.InRange(after, least - 0.5, most + 0.5);
            Assert.Equal(Math.Abs(site.New - site.Old) >= 0.04 * range, site.Counts);
        }

        int each = injected.Sites.Count / 5;
        Assert.All(
            injected.Sites.GroupBy(s => s.Stratum.Kind),
            g => Assert.InRange(g.Count(), each - (5 * Math.Sqrt(each)), each + (5 * Math.Sqrt(each)))
        );
    }

    [Fact]
    public void Fixpix_goes_beyond_three_tenths_and_seventeen_tenths_of_the_raw_value()
    {
        RawFrame frame = Mosaic.Simulated("RGGB", 200, 160, "dunes");
        InjectedFrame injected = new DefectInjection(InjectionPresets.Named("fixpix"), 0.03, 5).Into(frame, NoMap(frame), Mosaic.OneThread);
        Assert.All(
            injected.Sites,
            s =>
                Assert.True(
                    s.Stratum.Kind == DefectKind.Dead ? s.New <= (0.3 * s.Old) + 0.5 : s.New >= Math.Min(Mosaic.White, (1.7 * s.Old) - 0.5)
                )
        );
        Assert.Equal(
            injected.Sites.Select(s => Math.Abs(s.New - s.Old) >= 0.04 * (Mosaic.White - Mosaic.Black)),
            injected.Sites.Select(s => s.Counts)
        );
    }

    [Fact]
    public void Clusters_are_couplets_and_squares_in_the_stated_parts()
    {
        RawFrame frame = Mosaic.Flat("RGGB", 500, 400);
        InjectedFrame injected = new DefectInjection(InjectionPresets.Named("clusters"), 3e-2, 5).Into(
            frame,
            NoMap(frame),
            Mosaic.OneThread
        );
        ILookup<DefectShape, InjectedSite> shapes = injected.Sites.ToLookup(s => s.Stratum.Shape);
        double groups =
            (shapes[DefectShape.SameColorCouplet].Count() / 2.0)
            + (shapes[DefectShape.AdjacentCouplet].Count() / 2.0)
            + (shapes[DefectShape.Cluster].Count() / 4.0);
        Assert.InRange(shapes[DefectShape.SameColorCouplet].Count() / 2.0 / groups, 0.36, 0.44);
        Assert.InRange(shapes[DefectShape.AdjacentCouplet].Count() / 2.0 / groups, 0.26, 0.34);
        Assert.InRange(shapes[DefectShape.Cluster].Count() / 4.0 / groups, 0.26, 0.34);
    }

    [Fact]
    public void Isolated_photosites_have_no_other_within_three_and_span_every_strength()
    {
        RawFrame frame = Mosaic.Simulated("RGGB", 400, 300, "dunes");
        InjectedFrame injected = Inject(frame, "isolated");
        (int X, int Y)[] sites = Mosaic.Sites(injected.Truth);
        Assert.All(sites, a => Assert.DoesNotContain(sites, b => a != b && Math.Abs(a.X - b.X) <= 3 && Math.Abs(a.Y - b.Y) <= 3));

        InjectedSite[] warm = [.. injected.Sites.Where(s => s.Stratum.Kind == DefectKind.Warm)];
        Assert.All(warm, s => Assert.InRange(s.Severity, s.Stratum.Bin!.Value.From, s.Stratum.Bin.Value.To));
        Assert.All(SigmaBin.All.Skip(1), bin => Assert.Contains(warm, s => s.Stratum.Bin == bin));
        FrameNoise noise = FrameNoise.Of(frame, NoMap(frame), Mosaic.OneThread);
        Assert.All(
            warm,
            s =>
                Assert.Equal(
                    (s.New - s.Old) / (Mosaic.White - Mosaic.Black) / noise.Sigma(frame.Signal(s.X, s.Y)),
                    s.Severity,
                    tolerance: 1e-3
                )
        );
    }

    [Fact]
    public void Lines_are_regions_of_the_map_and_fail_alike()
    {
        RawFrame frame = Mosaic.Simulated("RGGB", 200, 160, "dunes");
        InjectedFrame injected = new DefectInjection(InjectionPresets.Named("lines"), 0.03, 4).Into(frame, NoMap(frame), Mosaic.OneThread);
        Assert.Empty(injected.Truth.Points);
        Assert.All(injected.Truth.Regions, r => Assert.Equal(1, Math.Min(r.Area.Width, r.Area.Height)));
        Assert.Contains(injected.Truth.Regions, r => r.Area.Height == frame.Height);
        Assert.All(
            injected.Truth.Regions,
            r =>
                Assert.Single(
                    injected.Sites.Where(s => r.Area.Contains(s.X, s.Y) && s.Stratum.Kind == r.Kind).Select(s => s.Stratum.Kind).Distinct()
                )
        );
    }

    [Fact]
    public void Only_active_photosites_are_hit_and_natural_defects_left_alone()
    {
        RawFrame frame = Clean("RGGB").Within(new Area(10, 6, 20, 24));
        (int X, int Y)[] spots = [(12, 8), (20, 20)];
        DefectMap natural = Mosaic.Map(frame, spots);
        InjectedFrame injected = new DefectInjection(InjectionPresets.Named("mixed"), 0.03, 1).Into(frame, natural, Mosaic.OneThread);

        Assert.Equal(14, injected.Sites.Count);
        Assert.All(injected.Sites, s => Assert.True(frame.ActiveArea.Contains(s.X, s.Y)));
        Assert.All(spots, p => Assert.True(injected.Ignored[p.X, p.Y]));
        Assert.DoesNotContain(injected.Sites, s => spots.Contains((s.X, s.Y)));
        Assert.Equal(16, Mosaic.Sites(injected.AllDefects).Length);
    }

    [Fact]
    public void Photosites_without_a_value_get_none()
    {
        RawFrame frame = Mosaic.Floats(Clean("MONO")).Put(Mosaic.Block(new Area(0, 0, 40, 18)), (_, _) => float.NaN);
        InjectedFrame injected = Inject(frame, "mixed");
        Assert.NotEmpty(injected.Sites);
        Assert.All(injected.Sites, s => Assert.InRange(s.Y, 18, 35));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-3)]
    [InlineData(0.031)]
    [InlineData(double.NaN)]
    public void Densities_out_of_range_are_refused(double density) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DefectInjection(InjectionPresets.All[0], density, 1));

    private static RawFrame Clean(string cfa)
    {
        (int width, int height) = Mosaic.SizeFor(cfa);
        return Mosaic.Simulated(cfa, width, height, "dunes");
    }

    private static DefectMap NoMap(RawFrame frame) => DefectMap.Empty(frame.Width, frame.Height);

    private static InjectedFrame Inject(RawFrame frame, string preset) =>
        new DefectInjection(InjectionPresets.Named(preset), Density, 7).Into(frame, NoMap(frame), Mosaic.OneThread);
}
