using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;
using PixelMend.Simulation;
using PixelMend.Tests.Mosaics;
using Xunit;

namespace PixelMend.Tests.Detection;

/// <summary>What every detector promises, for every filter array.</summary>
public class DetectorContractTests
{
    private const int Width = 120;
    private const int Height = 90;

    public static TheoryData<string> All => [.. Detectors.All.Select(a => a.Name)];

    public static TheoryData<string, string> OverCfas => [.. Detectors.All.SelectMany(a => Mosaic.Cfas.Select(c => (a.Name, c)))];

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Isolated_bright_and_dark_defects_are_found_and_nothing_else(string name, string cfa)
    {
        (RawFrame frame, (int X, int Y)[] sites) = WithDefects(cfa);
        Assert.Equal(sites, Mosaic.Sites(Detect(name, frame)));
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Same_result_on_any_number_of_threads_and_again(string name, string cfa)
    {
        RawFrame frame = Mosaic.Simulated(cfa, Width, Height, "fabric").Put(Scattered(), (x, _) => x % 2 * 4095);
        IDefectDetector detector = Create(name, Sensitivity.High);
        DefectMap one = Detect(detector, frame, Mosaic.OneThread);
        Assert.Equal(one.Points, Detect(detector, frame, Mosaic.ManyThreads).Points);
        Assert.Equal(one.Points, Detect(Create(name, Sensitivity.High), frame, Mosaic.OneThread).Points);
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Flat_frames_have_no_defects(string name, string cfa)
    {
        RawFrame frame = Mosaic.Flat(cfa, 60, 50);
        Assert.True(Detect(name, frame).IsEmpty);
        Assert.True(Detect(name, Mosaic.Floats(frame)).IsEmpty);
        Assert.True(Detect(name, Mosaic.Floats(frame, 1 / 3f)).IsEmpty);
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void One_defect_in_a_flat_frame_without_noise_is_found(string name, string cfa)
    {
        foreach (RawFrame frame in new[] { Mosaic.Flat(cfa, 60, 50), Mosaic.Floats(Mosaic.Flat(cfa, 60, 50), 1 / 3f) })
        {
            foreach (float sample in new[] { frame.Levels.White(0, 0), frame.Levels.Black(0, 0) })
            {
                DefectMap found = Detect(name, frame.Put([(31, 22)], (_, _) => sample));
                Assert.Equal([(31, 22)], Mosaic.Sites(found));
                Assert.All(found.Points, d => Assert.True(float.IsFinite(d.Severity)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Smooth_noisy_frames_have_almost_none(string name, string cfa)
    {
        foreach (string scene in new[] { "sky", "dunes", "flat" })
        {
            Assert.True(Detect(name, Mosaic.Simulated(cfa, Width, Height, scene, seed: 7)).Points.Count <= 1);
        }
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Frames_of_any_size_are_looked_at(string name, string cfa)
    {
        for (int height = 1; height <= 7; height++)
        {
            for (int width = 1; width <= 7; width++)
            {
                Assert.Equal((width, height, 0), (width, height, Detect(name, Mosaic.Flat(cfa, width, height)).Points.Count));
                _ = Detect(name, Mosaic.Simulated(cfa, width, height, "fabric"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Nothing_outside_the_active_area_is_read_or_reported(string name, string cfa)
    {
        (RawFrame frame, (int X, int Y)[] sites) = WithDefects(cfa);
        var active = new Area(11, 7, Width - 20, Height - 9);
        (int X, int Y)[] inside = [.. sites.Where(s => active.Contains(s.X, s.Y))];
        (int X, int Y)[] outside = [.. Mosaic.Block(new Area(0, 0, Width, Height)).Where(s => !active.Contains(s.X, s.Y))];
        DefectMap found = Detect(name, frame.Within(active));
        Assert.Equal(inside, Mosaic.Sites(found));
        RawFrame masked = frame.Put(outside, (x, y) => (x * 31 % 7 * 500) + (y % 3)).Within(active);
        Assert.Equal(found.Points, Detect(name, masked).Points);
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Known_defects_are_no_news_and_do_not_hide_their_neighbours(string name, string cfa)
    {
        (RawFrame frame, (int X, int Y)[] sites) = WithDefects(cfa);
        (int X, int Y)[] beside = [.. sites.SelectMany(s => new[] { (s.X + 1, s.Y), (s.X, s.Y - 1) })];
        RawFrame worse = frame.Put(beside, (_, _) => 4095);
        DefectMap found = Detect(Create(name), worse, Mosaic.OneThread, Mosaic.Map(frame, beside));
        Assert.Equal(sites, Mosaic.Sites(found));
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Photosites_without_a_value_are_not_reported_and_do_not_hide_their_neighbours(string name, string cfa)
    {
        (RawFrame frame, (int X, int Y)[] sites) = WithDefects(cfa);
        (int X, int Y)[] beside = [.. sites.SelectMany(s => new[] { (s.X + 1, s.Y), (s.X, s.Y - 1), (s.X - 2, s.Y), (s.X, s.Y + 3) })];
        foreach (float nothing in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            RawFrame holed = Mosaic.Floats(frame).Put(beside, (_, _) => nothing);
            Assert.Equal(sites, Mosaic.Sites(Detect(name, holed)));
        }
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Codes_the_same_floats_and_both_rescaled_give_the_same_map(string name, string cfa)
    {
        RawFrame frame = Mosaic.Simulated(cfa, Width, Height, "fabric").Put(Scattered(), (x, y) => (x * 37) + (y * 11));
        (int X, int Y)[] expected = Mosaic.Sites(Detect(name, frame));
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Mosaic.Sites(Detect(name, Mosaic.Floats(frame))));
        Assert.Equal(expected, Mosaic.Sites(Detect(name, Mosaic.Floats(frame, 1 / 4096f))));
        Assert.Equal(expected, Mosaic.Sites(Detect(name, Mosaic.Floats(frame, 1 << 20))));
        RawFrame deeper = new(
            new Plane<ushort>(Width, Height, [.. frame.Codes!.Samples.Select(c => (ushort)(c * 4))]),
            14,
            frame.Cfa,
            new Levels(Mosaic.Black * 4, Mosaic.White * 4)
        )
        {
            Info = frame.Info,
        };
        Assert.Equal(expected, Mosaic.Sites(Detect(name, deeper)));
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void More_sensitive_is_never_fewer(string name, string cfa)
    {
        RawFrame frame = Mosaic.Simulated(cfa, Width, Height, "fabric").Put(Scattered(), (x, y) => (x * 37) + (y * 11));
        var low = Mosaic.Sites(Detect(Create(name, Sensitivity.Low), frame, Mosaic.OneThread));
        var normal = Mosaic.Sites(Detect(Create(name), frame, Mosaic.OneThread));
        var high = Mosaic.Sites(Detect(Create(name, Sensitivity.High), frame, Mosaic.OneThread));
        Assert.Superset(low.ToHashSet(), normal.ToHashSet());
        Assert.Superset(normal.ToHashSet(), high.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_frame_stays_and_defects_lie_high_or_low(string name)
    {
        (RawFrame frame, _) = WithDefects("RGGB");
        var before = (ushort[])frame.Codes!.Samples.Clone();
        DefectMap found = Detect(name, frame);
        Assert.Equal(before, frame.Codes.Samples);
        const DefectKind bright = DefectKind.Hot | DefectKind.Warm;
        const DefectKind dark = DefectKind.Dead | DefectKind.LowResponse;
        Assert.All(found.Points, d => Assert.NotEqual(DefectKind.Unknown, d.Kind & (frame.Stored(d.X, d.Y) > 2000 ? bright : dark)));
        Assert.All(found.Points, d => Assert.InRange(d.Confidence, 0, 1));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Cancelling_ends_the_detection(string name)
    {
        var cancelled = new ParallelOptions { CancellationToken = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() => Detect(Create(name), Mosaic.Flat("RGGB", 40, 30), cancelled));
    }

    /// <summary>A smooth noisy frame with defects on a wide, irregular grid, alternately at white and at black.</summary>
    private static (RawFrame Frame, (int X, int Y)[] Sites) WithDefects(string cfa)
    {
        (int X, int Y)[] sites = Scattered();
        return (Mosaic.Simulated(cfa, Width, Height, "dunes").Put(sites, (x, y) => (x + (y / 18)) % 2 == 0 ? 4095 : 256), sites);
    }

    private static (int X, int Y)[] Scattered()
    {
        var random = new Random64(3);
        return
        [
            .. Mosaic
                .Block(new Area(0, 0, Width / 20, Height / 18))
                .Select(c => ((c.X * 20) + 3 + (int)(random.Next() % 9), (c.Y * 18) + 4 + (int)(random.Next() % 8)))
                .OrderBy(s => s.Item2)
                .ThenBy(s => s.Item1),
        ];
    }

    private static IDefectDetector Create(string name, Sensitivity sensitivity = Sensitivity.Normal)
    {
        Algorithm<IDefectDetector> algorithm = Detectors.All.Single(a => a.Name == name);
        return algorithm.Create(new Settings(algorithm.Parameters, new Dictionary<string, double>(), sensitivity));
    }

    private static DefectMap Detect(string name, RawFrame frame) => Detect(Create(name), frame, Mosaic.OneThread);

    private static DefectMap Detect(IDefectDetector detector, RawFrame frame, ParallelOptions options, DefectMap? known = null)
    {
        var found = new DefectMap.Builder(frame.Width, frame.Height);
        detector.Detect(new Evidence(frame, known ?? DefectMap.Empty(frame.Width, frame.Height)), found, options);
        return found.Build();
    }
}
