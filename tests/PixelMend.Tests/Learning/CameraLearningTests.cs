using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;
using PixelMend.Learning;
using PixelMend.Simulation;
using PixelMend.Tests.Simulation;
using Xunit;

namespace PixelMend.Tests.Learning;

/// <summary>Ordinary frames of a simulated camera whose every defect is known.</summary>
public class CameraLearningTests(ITestOutputHelper output)
{
    private const int Width = 600;
    private const int Height = 400;
    private static readonly string[] Journey = ["stars", "sky", "night-city", "fabric", "foliage"];
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("RGGB", 12)]
    [InlineData("MONO", 12)]
    [InlineData("XTRANS", 12)]
    public void Ten_scenes_and_more_show_what_is_beyond_eight_sigma_and_hardly_anything_else(string cfa, int frames)
    {
        var defects = new DefectModel
        {
            Classes = [new DefectClass(DefectKind.Warm, DefectShape.Single, PerMillion: 400)],
            Warm = new Bounds(100, 1000),
        };
        (int found, int visible, int wrong) = (0, 0, 0);
        for (ulong seed = 1; seed <= 2; seed++)
        {
            (LearnedDefects learned, Dictionary<(int X, int Y), float> weakest) = Learn(frames, f => Camera(cfa, f, seed, defects));
            HashSet<(int X, int Y)> map = [.. learned.Map.Points.Select(p => (p.X, p.Y))];
            found += weakest.Count(s => s.Value > 8 && map.Contains(s.Key));
            visible += weakest.Count(s => s.Value > 8);
            wrong += map.Count(p => !weakest.ContainsKey(p));
            Assert.Equal(frames, learned.Frames);
        }

        output.WriteLine($"{found} of {visible} beyond 8 σ, {wrong} wrongly");
        Assert.InRange(visible, 20, int.MaxValue);
        Assert.InRange(found, 0.98 * visible, visible);
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void What_blinks_is_found_with_the_times_of_its_first_and_last_sight()
    {
        const int frames = 16;
        var defects = new DefectModel
        {
            Classes = [new DefectClass(DefectKind.Telegraph, DefectShape.Single, Count: 40)],
            Telegraph = new Bounds(400, 2000),
            TelegraphDuty = new Bounds(0.3, 0.6),
        };
        var raised = new Dictionary<(int X, int Y), List<int>>();
        var learning = Begin(Camera("RGGB", 0, 9, defects).Capture(0, Bench.Threads).Frame);
        for (int f = 0; f < frames; f++)
        {
            SimulatedFrame taken = Camera("RGGB", f, 9, defects).Capture(f, Bench.Threads);
            Assert.True(learning.Add(Dated(taken.Frame, f), Bench.Threads));
            foreach (Defect site in taken.Truth.Points.Where(p => p.Severity > 12))
            {
                raised.TryAdd((site.X, site.Y), []);
                raised[(site.X, site.Y)].Add(f);
            }
        }

        Dictionary<(int, int), Defect> map = learning.Conclude(Sensitivity.Normal).Map.Points.ToDictionary(p => (p.X, p.Y));
        (int X, int Y)[] sites = [.. raised.Where(r => r.Value.Count >= 3).Select(r => r.Key)];
        Defect[] found = [.. sites.Where(map.ContainsKey).Select(s => map[s])];
        output.WriteLine($"{found.Length} of {sites.Length}, {map.Keys.Except(raised.Keys).Count()} wrongly");
        Assert.InRange(sites.Length, 20, 40);
        Assert.InRange(found.Length, 0.9 * sites.Length, sites.Length);
        Assert.Empty(map.Keys.Except(raised.Keys));
        Assert.All(
            found,
            d =>
            {
                Assert.Equal("learn", d.Details!.Source);
                Assert.InRange(d.Details.FirstSeen!.Value, Start.AddDays(raised[(d.X, d.Y)][0]), d.Details.LastSeen!.Value);
                Assert.InRange(d.Details.LastSeen!.Value, Start, Start.AddDays(raised[(d.X, d.Y)][^1]));
            }
        );
    }

    [Theory]
    [InlineData("foliage")]
    [InlineData("night-city")]
    public void A_tripod_s_frames_teach_once(string scene)
    {
        var camera = new SimulatedCamera(Width, Height, Scenes.Named(scene), new Seeds(3, 5, 7));
        CameraLearning learning = Begin(camera.Capture(0, Bench.Threads).Frame);
        Assert.True(learning.Add(camera.Capture(0, Bench.Threads).Frame, Bench.Threads));
        Assert.All(Enumerable.Range(1, 4), f => Assert.False(learning.Add(camera.Capture(f, Bench.Threads).Frame, Bench.Threads)));
        Assert.Equal(1, learning.Frames);
        Assert.True(learning.Conclude(Sensitivity.High).Map.IsEmpty);
    }

    /// <summary>A tripod series amid other frames counts as one of them, and its lamps are no defects.</summary>
    [Fact]
    public void A_tripod_s_frames_amid_others_do_no_harm()
    {
        var none = DefectModel.None;
        CameraLearning learning = Begin(Camera("RGGB", 0, 4, none).Capture(0, Bench.Threads).Frame);
        for (int f = 0; f < 6; f++)
        {
            learning.Add(Camera("RGGB", f, 4, none).Capture(f, Bench.Threads).Frame, Bench.Threads);
        }

        for (int f = 0; f < 6; f++)
        {
            learning.Add(Camera("RGGB", 3, 4, none).Capture(100 + f, Bench.Threads).Frame, Bench.Threads);
        }

        Assert.Equal(6, learning.Frames);
        Assert.True(learning.Conclude(Sensitivity.Normal).Map.IsEmpty);
    }

    /// <summary>
    /// The outermost lines have neighbours on one side only: they are no defects for that, whatever the scene, and are one where their photosites of a colour
    /// respond less, as in the first row of a GoPro HERO6.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(0.5f)]
    public void The_outermost_row_is_a_defect_where_it_responds_less_and_only_there(float response)
    {
        CameraLearning learning = Begin(Camera("RGGB", 0, 6, DefectModel.None).Capture(0, Bench.Threads).Frame);
        for (int f = 0; f < 15; f++)
        {
            RawFrame frame = Camera("RGGB", f, 6, DefectModel.None).Capture(f, Bench.Threads).Frame;
            for (int x = 0; x < Width; x += 2)
            {
                float black = frame.Levels.Black(x, 0);
                frame.Codes![x, 0] = (ushort)MathF.Round(black + (response * Math.Max(0, frame.Codes[x, 0] - black)));
            }

            learning.Add(frame, Bench.Threads);
        }

        IEnumerable<Area> lines = learning.Conclude(Sensitivity.Normal).Map.Regions.Select(r => r.Area);
        Assert.Equal(response < 1 ? [new Area(0, 0, Width, 1)] : [], lines);
    }

    [Fact]
    public void A_frame_of_another_geometry_is_refused()
    {
        CameraLearning learning = Begin(Camera("RGGB", 0, 4, DefectModel.None).Capture(0, Bench.Threads).Frame);
        RawFrame other = Camera("MONO", 0, 4, DefectModel.None).Capture(0, Bench.Threads).Frame;
        Assert.Throws<ArgumentException>(() => learning.Add(other, Bench.Threads));
    }

    private static CameraLearning Begin(RawFrame like)
    {
        IDefectDetector model = Detectors
            .All[0]
            .Create(new Settings(Detectors.All[0].Parameters, new Dictionary<string, double>(StringComparer.Ordinal)));
        return new CameraLearning(model, (IEvidenceSource)model, like);
    }

    /// <summary>Learns from frames of different scenes; the second result is the least severity that each defect has in any of them.</summary>
    private static (LearnedDefects Learned, Dictionary<(int X, int Y), float> Weakest) Learn(int frames, Func<int, SimulatedCamera> camera)
    {
        CameraLearning? learning = null;
        var weakest = new Dictionary<(int X, int Y), float>();
        for (int f = 0; f < frames; f++)
        {
            SimulatedFrame taken = camera(f).Capture(f, Bench.Threads);
            learning ??= Begin(taken.Frame);
            learning.Add(taken.Frame, Bench.Threads);
            foreach (Defect site in taken.Truth.Points)
            {
                weakest[(site.X, site.Y)] = Math.Min(weakest.GetValueOrDefault((site.X, site.Y), float.MaxValue), site.Severity);
            }
        }

        return (learning!.Conclude(Sensitivity.Normal), weakest);
    }

    private static SimulatedCamera Camera(string cfa, int frame, ulong seed, DefectModel defects) =>
        new(Width, Height, Scenes.Named(Journey[frame % Journey.Length]), new Seeds((seed * 100) + (ulong)frame, seed, seed + 1))
        {
            Sensor = new SensorModel { Cfa = CfaPattern.Parse(cfa) },
            Defects = defects,
        };

    private static RawFrame Dated(RawFrame frame, int day) =>
        new(frame.Codes!, frame.BitDepth, frame.Cfa, frame.Levels) { Info = frame.Info with { CaptureTime = Start.AddDays(day) } };

    /// <summary>What is saved in the middle and taken up by another learns on as if nothing had happened.</summary>
    [Fact]
    public void Saved_and_taken_up_again_it_concludes_the_same()
    {
        RawFrame[] frames =
        [
            .. Enumerable.Range(0, 6).Select(f => Dated(Camera("RGGB", f, 4, new DefectModel()).Capture(f, Bench.Threads).Frame, f)),
        ];
        CameraLearning whole = Begin(frames[0]);
        CameraLearning before = Begin(frames[0]);
        CameraLearning after = Begin(frames[0]);
        foreach (RawFrame frame in frames[..3])
        {
            Assert.True(whole.Add(frame, Bench.Threads));
            Assert.True(before.Add(frame, Bench.Threads));
        }

        using var state = new MemoryStream();
        before.Save(state);
        state.Position = 0;
        after.Load(state);
        Assert.Equal(state.Length, state.Position);
        Assert.False(after.Add(frames[0], Bench.Threads));
        foreach (RawFrame frame in frames[3..])
        {
            Assert.True(whole.Add(frame, Bench.Threads));
            Assert.True(after.Add(frame, Bench.Threads));
        }

        LearnedDefects expected = whole.Conclude(Sensitivity.Normal);
        LearnedDefects resumed = after.Conclude(Sensitivity.Normal);
        Assert.NotEmpty(expected.Map.Points);
        Assert.Equal((expected.Frames, expected.Repetition), (resumed.Frames, resumed.Repetition));
        Assert.Equal(expected.Map.Points, resumed.Map.Points);
        Assert.Equal(expected.Map.Regions, resumed.Map.Regions);
    }
}
