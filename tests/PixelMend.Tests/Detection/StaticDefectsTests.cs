using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;
using PixelMend.Simulation;
using PixelMend.Tests.Simulation;
using Xunit;

namespace PixelMend.Tests.Detection;

/// <summary>Sequences of a simulated sensor whose every defect is known.</summary>
public class StaticDefectsTests(ITestOutputHelper output)
{
    private const int Width = 600;
    private const int Height = 400;

    /// <summary>Scenes of one journey, so that the frames of a sequence have little in common.</summary>
    private static readonly string[] Journey = ["stars", "sky", "color-chart", "night-city", "flat"];

    private static readonly DefectModel Weak = new()
    {
        Classes = [new DefectClass(DefectKind.Warm, DefectShape.Single, PerMillion: 400)],
        Warm = new Bounds(100, 1000),
    };

    [Theory]
    [InlineData("RGGB")]
    [InlineData("MONO")]
    [InlineData("XTRANS")]
    public void Moving_scenes_show_nearly_every_defect_beyond_eight_sigma_and_nothing_else(string cfa)
    {
        (int found, int visible, int wrong) = (0, 0, 0);
        for (ulong seed = 1; seed <= 3; seed++)
        {
            (StaticEvidence sums, Dictionary<(int X, int Y), float> weakest) = Take(
                cfa,
                5,
                f => Camera(cfa, Journey[f % Journey.Length], seed * 100 + (ulong)f, seed)
            );
            StaticDefects defects = StaticDefects.Find(sums, Sensitivity.Normal);
            HashSet<(int X, int Y)> map = [.. defects.Map.Points.Select(p => (p.X, p.Y))];
            Assert.False(defects.StandsStill);
            found += weakest.Count(s => s.Value > 8 && map.Contains(s.Key));
            visible += weakest.Count(s => s.Value > 8);
            wrong += map.Count(p => !weakest.ContainsKey(p));
        }

        output.WriteLine($"{found} of {visible} beyond 8 σ, {wrong} wrongly");
        Assert.InRange(visible, 20, int.MaxValue);
        Assert.InRange(found, 0.99 * visible, visible);
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_scene_that_stands_still_is_said_to_and_gives_no_defects()
    {
        (StaticEvidence sums, _) = Take("RGGB", 5, _ => Camera("RGGB", "foliage", 7, 7));
        StaticDefects defects = StaticDefects.Find(sums, Sensitivity.High);
        output.WriteLine($"repetition {defects.Repetition:F2}");
        Assert.True(defects.StandsStill);
        Assert.True(defects.Map.IsEmpty);
    }

    [Fact]
    public void Copies_of_one_frame_prove_nothing()
    {
        RawFrame frame = Camera("RGGB", "sky", 3, 3).Capture(0, Bench.Threads).Frame;
        var sums = new StaticEvidence(frame);
        for (int i = 0; i < 5; i++)
        {
            Source().Weigh(new Evidence(frame, DefectMap.Empty(Width, Height)), sums, Bench.Threads);
        }

        StaticDefects defects = StaticDefects.Find(sums, Sensitivity.High);
        Assert.InRange(defects.Repetition, 0.5, 1.5);
        Assert.True(defects.StandsStill);
    }

    [Fact]
    public void Order_and_threads_leave_no_trace()
    {
        RawFrame[] frames =
        [
            .. Enumerable.Range(0, 4).Select(f => Camera("RGGB", Journey[f], (ulong)f, 5).Capture(f, Bench.Threads).Frame),
        ];
        StaticDefects one = Find(frames, new ParallelOptions { MaxDegreeOfParallelism = 1 });
        StaticDefects other = Find([.. frames.Reverse()], Bench.Threads);
        Assert.NotEmpty(one.Map.Points);
        Assert.Equal(one.Map.Points, other.Map.Points);
        Assert.Equal(one.Repetition, other.Repetition);
    }

    [Fact]
    public void One_frame_proves_nothing()
    {
        RawFrame frame = Camera("RGGB", "sky", 3, 3).Capture(0, Bench.Threads).Frame;
        Assert.True(Find([frame], Bench.Threads).Map.IsEmpty);
    }

    [Fact]
    public void A_known_defect_gets_no_vote()
    {
        RawFrame[] frames =
        [
            .. Enumerable.Range(0, 4).Select(f => Camera("RGGB", Journey[f], (ulong)f, 5).Capture(f, Bench.Threads).Frame),
        ];
        DefectMap first = Find(frames, Bench.Threads).Map;
        var sums = new StaticEvidence(frames[0]);
        foreach (RawFrame frame in frames)
        {
            Source().Weigh(new Evidence(frame, first), sums, Bench.Threads);
        }

        DefectMap second = StaticDefects.Find(sums, Sensitivity.Normal).Map;
        Assert.Empty(first.Points.Select(p => (p.X, p.Y)).Intersect(second.Points.Select(p => (p.X, p.Y))));
    }

    [Fact]
    public void A_frame_that_does_not_fit_is_refused()
    {
        RawFrame frame = Camera("RGGB", "sky", 3, 3).Capture(0, Bench.Threads).Frame;
        var sums = new StaticEvidence(new RawFrame(frame.Codes!, frame.BitDepth, CfaPattern.Parse("GRBG"), frame.Levels));
        Assert.Throws<ArgumentException>(() => Source().Weigh(new Evidence(frame, DefectMap.Empty(Width, Height)), sums, Bench.Threads));
    }

    private static StaticDefects Find(RawFrame[] frames, ParallelOptions options)
    {
        var sums = new StaticEvidence(frames[0]);
        foreach (RawFrame frame in frames)
        {
            Source().Weigh(new Evidence(frame, DefectMap.Empty(Width, Height)), sums, options);
        }

        return StaticDefects.Find(sums, Sensitivity.Normal);
    }

    /// <summary>The evidence of a sequence, and how severe each defect is where it is weakest.</summary>
    private static (StaticEvidence Sums, Dictionary<(int X, int Y), float> Weakest) Take(
        string cfa,
        int frames,
        Func<int, SimulatedCamera> camera
    )
    {
        var weakest = new Dictionary<(int X, int Y), float>();
        StaticEvidence? sums = null;
        for (int f = 0; f < frames; f++)
        {
            SimulatedFrame taken = camera(f).Capture(f, Bench.Threads);
            sums ??= new StaticEvidence(taken.Frame);
            Source().Weigh(new Evidence(taken.Frame, DefectMap.Empty(Width, Height)), sums, Bench.Threads);
            foreach (Defect d in taken.Truth.Points)
            {
                weakest[(d.X, d.Y)] = Math.Min(d.Severity, weakest.GetValueOrDefault((d.X, d.Y), float.PositiveInfinity));
            }
        }

        Assert.Equal(CfaPattern.Parse(cfa), sums!.Cfa);
        return (sums, weakest);
    }

    private static SimulatedCamera Camera(string cfa, string scene, ulong sceneSeed, ulong sensorSeed) =>
        new(Width, Height, Scenes.Named(scene), new Seeds(sceneSeed, sensorSeed, sceneSeed + 1))
        {
            Sensor = new SensorModel { Cfa = CfaPattern.Parse(cfa) },
            Exposure = new Exposure { Light = 0.3 },
            Defects = Weak,
        };

    private static IEvidenceSource Source() =>
        (IEvidenceSource)
            Detectors.All[0].Create(new Settings(Detectors.All[0].Parameters, new Dictionary<string, double>(StringComparer.Ordinal)));
}
