using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Simulation;
using Xunit;

namespace PixelMend.Tests.Simulation;

public class SimulatedCameraTests
{
    private static readonly DefectKind[] Kinds = [.. Enum.GetValues<DefectKind>().Where(k => k != DefectKind.Unknown)];

    public static TheoryData<string> Patterns => ["MONO", "RGGB", "GBRG", "QUAD-RGGB", "XTRANS", "RGWB/GRBW"];

    public static TheoryData<DefectKind> EachKind => [.. Kinds];

    [Fact]
    public void The_same_seeds_give_the_same_frame_on_any_number_of_threads()
    {
        SimulatedFrame one = Camera(seed: 9).Capture(3, new ParallelOptions { MaxDegreeOfParallelism = 1 });
        SimulatedFrame many = Camera(seed: 9).Capture(3, new ParallelOptions { MaxDegreeOfParallelism = 8 });
        Assert.Equal(one.Frame.Codes!.Samples, many.Frame.Codes!.Samples);
        Assert.Equal(one.Clean.Codes!.Samples, many.Clean.Codes!.Samples);
        Assert.Equal(one.Truth.Points, many.Truth.Points);
        Assert.Equal(one.Truth.Regions, many.Truth.Regions);
        Assert.NotEqual(one.Frame.Codes.Samples, Camera(seed: 10).Capture(3, Bench.Threads).Frame.Codes!.Samples);
        Assert.NotEqual(one.Frame.Codes.Samples, Camera(seed: 9).Capture(4, Bench.Threads).Frame.Codes!.Samples);
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Good_photosites_read_the_same_with_and_without_defects(string pattern)
    {
        SimulatedFrame shot = Camera(pattern: pattern).Capture(0, Bench.Threads);
        DefectMask truth = shot.Truth.ToMask();
        Assert.True(truth.Count > 500);
        foreach ((int x, int y) in Changed(shot))
        {
            Assert.True(truth[x, y]);
        }

        var without = new SimulatedCamera(shot.Frame.Width, shot.Frame.Height, Scenes.Named("foliage"), Seeds.From(1))
        {
            Sensor = new SensorModel { Cfa = CfaPattern.Parse(pattern) },
            Defects = DefectModel.None,
        };
        Assert.Equal(shot.Clean.Codes!.Samples, without.Capture(0, Bench.Threads).Frame.Codes!.Samples);
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Where_every_defect_is_visible_the_truth_is_exactly_what_changed(string pattern)
    {
        var defects = new DefectModel
        {
            Classes = [.. Enum.GetValues<DefectShape>().Select(shape => new DefectClass(DefectKind.Hot, shape, Count: 3))],
            Hot = new Bounds(0.2, 0.9),
        };
        SimulatedFrame shot = Camera(pattern: pattern, defects: defects, exposure: Bench.Dark).Capture(0, Bench.Threads);
        Assert.Equal(shot.Truth.AllPhotosites().Select(d => (d.X, d.Y)), Changed(shot));
        Assert.All(shot.Truth.AllPhotosites(), d => Assert.True(d.Kind == DefectKind.Hot && d.Severity > 100));
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Defects_have_their_shapes(string pattern)
    {
        var cfa = CfaPattern.Parse(pattern);
        foreach (DefectShape shape in Enum.GetValues<DefectShape>())
        {
            var defects = new DefectModel { Classes = [new(DefectKind.Hot, shape, Count: 40)] };
            DefectMap truth = Camera(pattern: pattern, defects: defects).Capture(0, Bench.Threads).Truth;
            List<List<Defect>> groups = Groups(truth.Points);
            Assert.Equal(shape < DefectShape.RowSegment ? 40 : 0, groups.Count);
            Assert.All(groups, group => Assert.True(IsShape(group, shape, cfa)));
            Assert.All(truth.Regions, region => Assert.True(IsLine(region.Area, shape, truth)));
            Assert.Equal(shape < DefectShape.RowSegment, truth.Regions.Count == 0);
        }
    }

    [Fact]
    public void Numbers_of_defects_follow_count_and_density()
    {
        var defects = new DefectModel { Classes = [new(DefectKind.Warm, DefectShape.Single, Count: 20, PerMillion: 1000)] };
        DefectMap truth = Camera(defects: defects).Capture(0, Bench.Threads).Truth;
        double expected = 20 + (1000e-6 * truth.Width * truth.Height);
        Assert.InRange(truth.Points.Count, Math.Floor(expected), Math.Ceiling(expected));
    }

    [Fact]
    public void A_sensor_keeps_its_defects_in_every_frame_and_scene()
    {
        SimulatedCamera camera = Camera();
        DefectMap first = camera.Capture(0, Bench.Threads).Truth;
        DefectMap later = camera.Capture(77, Bench.Threads).Truth;
        var elsewhere = new SimulatedCamera(200, 150, Scenes.Named("sky"), Seeds.From(1) with { Scene = 5, Noise = 6 })
        {
            Defects = Everything,
        };
        DefectMap other = elsewhere.Capture(0, Bench.Threads).Truth;
        Assert.Equal(Identities(first), Identities(later));
        Assert.Equal(Identities(first), Identities(other));
        Assert.Equal(first.Regions.Select(r => (r.Area, r.Kind)), other.Regions.Select(r => (r.Area, r.Kind)));

        static IEnumerable<(int, int, DefectKind)> Identities(DefectMap map) => map.Points.Select(p => (p.X, p.Y, p.Kind));
    }

    /// <summary>Each kind does over many flats and darks what the glossary says of it.</summary>
    [Theory]
    [MemberData(nameof(EachKind))]
    public void Every_kind_behaves_as_its_name_says(DefectKind kind)
    {
        const int frames = 48;
        var defects = new DefectModel { Classes = [new(kind, DefectShape.Single, Count: 12)], Stuck = new Bounds(0.2, 0.8) };
        double[][] dark = History(defects, Bench.Dark, frames, clean: false);
        double[][] half = History(defects, new Exposure { Light = 1 }, frames, clean: false);
        double[][] good = History(defects, new Exposure { Light = 1 }, frames, clean: true);
        double[][] goodDark = History(defects, Bench.Dark, frames, clean: true);
        double range = 16383 - 512;
        for (int i = 0; i < dark.Length; i++)
        {
            double offset = dark[i].Average() - goodDark[i].Average();
            double response = (half[i].Average() - dark[i].Average()) / (good[i].Average() - goodDark[i].Average());
            double unrest = Math.Sqrt(Bench.Variance(dark[i]) / Bench.Variance(goodDark[i]));
            switch (kind)
            {
                case DefectKind.Hot:
                    Assert.InRange(offset / range, 0.045, 1.001);
                    break;
                case DefectKind.Warm:
                    Assert.InRange(offset / (0.55 * 2.5), 7, 42);
                    Bench.Near(1, response, 0.02);
                    break;
                case DefectKind.Dead:
                    Assert.InRange(response, -0.01, 0.11);
                    break;
                case DefectKind.Stuck:
                    Assert.Single(dark[i].Concat(half[i]).Distinct());
                    break;
                case DefectKind.LowResponse:
                    Assert.InRange(response, 0.48, 0.82);
                    break;
                case DefectKind.OverResponse:
                    Assert.InRange(response, 1.28, 2.1);
                    break;
                case DefectKind.Noisy:
                    Assert.InRange(unrest, 5, 90);
                    break;
                case DefectKind.Telegraph:
                    Assert.InRange(dark[i].Max() - dark[i].Min(), 0.55 * 2.5 * 8, 0.55 * 2.5 * 120);
                    break;
                case DefectKind.NonLinear:
                    double exponent = Math.Log(response * 0.5) / Math.Log(0.5);
                    Assert.InRange(exponent, 1.18, 1.82);
                    break;
                default:
                    Assert.Fail($"{kind} has no test of its behaviour.");
                    break;
            }
        }
    }

    [Fact]
    public void Telegraph_photosites_jump_when_their_truth_says_so()
    {
        var defects = new DefectModel { Classes = [new(DefectKind.Telegraph, DefectShape.Single, Count: 30)] };
        SimulatedCamera camera = Camera(defects: defects, exposure: Bench.Dark);
        var states = Enumerable.Range(0, 200).Select(i => camera.Capture(i, Bench.Threads)).Select(s => (s.Frame, s.Truth.Points)).ToList();
        for (int site = 0; site < 30; site++)
        {
            var quiet = states.Where(s => s.Points[site].Severity < 1).Select(s => Reading(s, site)).ToList();
            var raised = states.Where(s => s.Points[site].Severity > 1).Select(s => Reading(s, site)).ToList();
            // Levels hold for up to eight frames, so 200 frames are at least 25 draws of a duty of 0.1 to 0.6.
            Assert.NotEmpty(quiet);
            Assert.NotEmpty(raised);
            Assert.True(raised.Average() - quiet.Average() > 0.55 * 2.5 * 4);
        }

        static double Reading((RawFrame Frame, IReadOnlyList<Defect> Points) state, int site) =>
            state.Frame.Stored(state.Points[site].X, state.Points[site].Y);
    }

    [Theory]
    [InlineData(2, 20, 2)]
    [InlineData(1, 26, 2)]
    [InlineData(1, 14, 0.5)]
    public void Leakage_grows_with_time_and_temperature(double times, double celsius, double expected)
    {
        var defects = new DefectModel
        {
            Classes = [new(DefectKind.Hot, DefectShape.Single, Count: 60), new(DefectKind.Warm, DefectShape.Column, Count: 1)],
            Hot = new Bounds(0.1, 0.4),
        };
        double Leak(Exposure exposure)
        {
            SimulatedFrame shot = Camera(defects: defects, exposure: exposure).Capture(0, Bench.Threads);
            return shot.Truth.Points.Sum(p => (double)(shot.Frame.Stored(p.X, p.Y) - shot.Clean.Stored(p.X, p.Y)));
        }

        var other = new Exposure
        {
            Light = 0,
            Seconds = times / 30,
            Celsius = celsius,
        };
        Bench.Near(expected, Leak(other) / Leak(Bench.Dark), 0.01);
    }

    [Fact]
    public void Pictures_say_that_they_are_simulated()
    {
        FrameInfo info = Camera().Capture(0, Bench.Threads).Frame.Info;
        Assert.Equal(("PixelMend", "Simulated sensor"), (info.Make, info.Model));
        Assert.StartsWith("Simulated picture", info.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(9, 1)]
    [InlineData(5, 3)]
    public void Tiny_sensors_hold_what_fits(int width, int height)
    {
        var camera = new SimulatedCamera(width, height, Scenes.Named("flat"), Seeds.From(2)) { Defects = Everything };
        SimulatedFrame shot = camera.Capture(0, Bench.Threads);
        Assert.Equal((width, height), (shot.Frame.Width, shot.Frame.Height));
        Assert.All(shot.Truth.AllPhotosites(), d => Assert.True(d.X < width && d.Y < height));
    }

    [Fact]
    public void The_declared_noise_is_the_noise()
    {
        SensorModel sensor = new SensorModel() with { RowNoise = 0, ColumnNoise = 0 };
        SimulatedCamera camera = Bench.Flat(256, 256, sensor, new Exposure());
        RawFrame a = camera.Capture(0, Bench.Threads).Frame;
        RawFrame b = camera.Capture(1, Bench.Threads).Frame;
        double range = sensor.White - sensor.Black;
        double variance = Bench.Variance(Bench.Minus(Bench.Codes(a), Bench.Codes(b))) / 2 / (range * range);
        NoiseProfile noise = Assert.Single(a.Info.Noise);
        Bench.Near((noise.Scale * 0.5) + noise.Offset, variance, 0.015);
    }

    private static DefectModel Everything { get; } =
        new()
        {
            Classes =
            [
                .. Kinds.Select(kind => new DefectClass(kind, DefectShape.Single, Count: 8)),
                .. Enum.GetValues<DefectShape>().Skip(1).Select((shape, i) => new DefectClass(Kinds[i], shape, Count: 2)),
            ],
        };

    private static SimulatedCamera Camera(
        ulong seed = 1,
        string pattern = "RGGB",
        DefectModel? defects = null,
        Exposure? exposure = null
    ) =>
        new(200, 150, Scenes.Named("foliage"), Seeds.From(seed))
        {
            Sensor = new SensorModel { Cfa = CfaPattern.Parse(pattern) },
            Defects = defects ?? Everything,
            Exposure = exposure ?? new Exposure(),
        };

    private static double[][] History(DefectModel defects, Exposure exposure, int frames, bool clean)
    {
        var camera = new SimulatedCamera(60, 60, Scenes.Named("flat"), Seeds.From(8))
        {
            Sensor = new SensorModel { RowNoise = 0, ColumnNoise = 0 },
            Defects = defects,
            Exposure = exposure,
        };
        var shots = Enumerable.Range(0, frames).Select(i => camera.Capture(i, Bench.Threads)).ToList();
        return [.. shots[0].Truth.Points.Select(p => shots.Select(s => (double)(clean ? s.Clean : s.Frame).Stored(p.X, p.Y)).ToArray())];
    }

    private static List<(int X, int Y)> Changed(SimulatedFrame shot)
    {
        var changed = new List<(int, int)>();
        for (int y = 0; y < shot.Frame.Height; y++)
        {
            for (int x = 0; x < shot.Frame.Width; x++)
            {
                if (shot.Frame.Codes![x, y] != shot.Clean.Codes![x, y])
                {
                    changed.Add((x, y));
                }
            }
        }

        return changed;
    }

    /// <summary>Points that belong together: different defects keep a distance of more than three.</summary>
    private static List<List<Defect>> Groups(IReadOnlyList<Defect> points)
    {
        var groups = new List<List<Defect>>();
        foreach (Defect point in points)
        {
            List<List<Defect>> near = groups.FindAll(g => g.Exists(d => Math.Abs(d.X - point.X) <= 3 && Math.Abs(d.Y - point.Y) <= 3));
            groups.RemoveAll(near.Contains);
            groups.Add([.. near.SelectMany(g => g), point]);
        }

        return groups;
    }

    private static bool IsShape(List<Defect> group, DefectShape shape, CfaPattern cfa)
    {
        (int dx, int dy) = (Math.Abs(group[^1].X - group[0].X), Math.Abs(group[^1].Y - group[0].Y));
        return shape switch
        {
            DefectShape.Single => group.Count == 1,
            DefectShape.AdjacentCouplet => group.Count == 2 && dx + dy == 1,
            DefectShape.SameColorCouplet => group.Count == 2 && cfa[group[0].X, group[0].Y] == cfa[group[1].X, group[1].Y],
            DefectShape.Cluster => group.Count is >= 3 and <= 9
                && group.All(d => group.Exists(o => o != d && Math.Abs(o.X - d.X) <= 1 && Math.Abs(o.Y - d.Y) <= 1)),
            _ => false,
        };
    }

    private static bool IsLine(Area area, DefectShape shape, DefectMap map) =>
        shape switch
        {
            DefectShape.Row => area.Width == map.Width && area.Height == 1,
            DefectShape.Column => area.Height == map.Height && area.Width == 1,
            DefectShape.RowSegment => area.Height == 1 && area.Width < map.Width,
            DefectShape.ColumnSegment => area.Width == 1 && area.Height < map.Height,
            _ => false,
        };
}
