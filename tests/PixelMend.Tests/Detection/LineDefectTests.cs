using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;
using PixelMend.Simulation;
using Xunit;

namespace PixelMend.Tests.Detection;

/// <summary>Columns and rows found as lines: planted ones are, the straight things of scenes are not.</summary>
public class LineDefectTests
{
    private const int Width = 420;
    private const int Height = 360;
    private const int Line = 171;
    private const double Noise = 12;

    public static TheoryData<string, bool> Mosaics =>
        new()
        {
            { "MONO", true },
            { "RGGB", true },
            { "RGGB", false },
            { "GBRG", false },
            { "QUAD-RGGB", true },
            { "XTRANS", false },
        };

    [Theory]
    [MemberData(nameof(Mosaics))]
    public void A_faint_line_through_the_whole_sensor_is_one_region(string cfa, bool column)
    {
        DefectMap map = Detect(Noisy(cfa, (x, y) => (column ? x : y) == Line ? 1.5 * Noise : 0));
        DefectRegion region = Assert.Single(map.Regions);
        Assert.Equal(column ? new Area(Line, 0, 1, Height) : new Area(0, Line, Width, 1), Grown(region.Area, column));
        Assert.Equal(DefectKind.Warm, region.Kind);
    }

    [Theory]
    [MemberData(nameof(Mosaics))]
    public void Part_of_a_line_is_found_where_it_is_strong(string cfa, bool column)
    {
        DefectMap map = Detect(
            Noisy(cfa, (x, y) => (column ? x == Line && y is >= 100 and < 300 : y == Line && x is >= 100 and < 300) ? 30 * Noise : 0)
        );
        DefectRegion region = Assert.Single(map.Regions);
        Assert.InRange(column ? region.Area.Top : region.Area.Left, 98, 102);
        Assert.InRange(column ? region.Area.Bottom : region.Area.Right, 298, 302);
        Assert.Equal(DefectKind.Hot, region.Kind);
        Assert.DoesNotContain(map.Points, p => column ? p.X == Line && p.Y is >= 102 and < 298 : p.Y == Line && p.X is >= 102 and < 298);
    }

    [Fact]
    public void A_dead_column_is_called_dead()
    {
        DefectMap map = Detect(Noisy("RGGB", (x, _) => x == Line ? -0.9 * Level : 0));
        Assert.Equal(DefectKind.Dead, Assert.Single(map.Regions).Kind);
    }

    [Fact]
    public void A_line_known_already_is_no_news()
    {
        RawFrame frame = Noisy("RGGB", (x, _) => x == Line ? 10 * Noise : 0);
        var known = new DefectMap.Builder(Width, Height);
        known.Add(new DefectRegion(new Area(Line, 0, 1, Height)));
        Assert.Empty(Detect(frame, known.Build()).Regions);
    }

    [Fact]
    public void Noise_alone_has_no_lines() => Assert.Empty(Detect(Noisy("RGGB", (_, _) => 0)).Regions);

    /// <summary>A step, a blurred wire and a grid, all exactly along columns and rows.</summary>
    [Theory]
    [InlineData("MONO")]
    [InlineData("RGGB")]
    public void Straight_things_of_the_scene_are_no_lines(string cfa)
    {
        RawFrame frame = Noisy(
            cfa,
            (x, y) =>
                (x > 100 ? 900 : 0)
                + (700 * Math.Exp(-0.5 * Math.Pow((x - 250) / 0.7, 2)))
                + (y is > 180 and < 230 ? 500 : 0)
                + (x > 300 ? 300 * Math.Sin(x * 0.7) : 0)
        );
        Assert.Empty(Detect(frame).Regions);
    }

    public static TheoryData<string> SceneNames => [.. Scenes.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(SceneNames))]
    public void Scenes_without_defects_have_none(string scene)
    {
        var camera = new SimulatedCamera(480, 360, Scenes.All.Single(s => s.Name == scene), Seeds.From(5))
        {
            Sensor = new SensorModel { Cfa = CfaPattern.Parse("RGGB") },
        };
        Assert.Empty(Detect(camera.Capture(0, new ParallelOptions()).Clean).Regions);
    }

    private const double Level = 1200;

    /// <summary>A gently sloping frame with Gaussian noise and something added.</summary>
    private static RawFrame Noisy(string cfa, Func<int, int, double> added)
    {
        var random = new Random(7);
        var codes = new Plane<ushort>(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                double gauss = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                double signal = Level + (0.4 * x) + (0.3 * y) + (Noise * gauss) + added(x, y);
                codes[x, y] = (ushort)Math.Clamp(Math.Round(signal), 0, 16383);
            }
        }

        return new RawFrame(codes, 14, CfaPattern.Parse(cfa), new Levels(0, 16383));
    }

    /// <summary>The ends of a faint line are uncertain by a few photosites; here they lie at the sensor's borders.</summary>
    private static Area Grown(Area area, bool column)
    {
        const int slack = 12;
        if (column)
        {
            return new Area(
                area.Left,
                area.Top <= slack ? 0 : area.Top,
                area.Width,
                area.Bottom >= Height - slack ? Height - (area.Top <= slack ? 0 : area.Top) : area.Height
            );
        }

        return new Area(
            area.Left <= slack ? 0 : area.Left,
            area.Top,
            area.Right >= Width - slack ? Width - (area.Left <= slack ? 0 : area.Left) : area.Width,
            area.Height
        );
    }

    private static DefectMap Detect(RawFrame frame, DefectMap? known = null)
    {
        Algorithm<IDefectDetector> model = Detectors.All.Single(d => d.Name == "model");
        var found = new DefectMap.Builder(frame.Width, frame.Height);
        IDefectDetector detector = model.Create(new Settings(model.Parameters, new Dictionary<string, double>(StringComparer.Ordinal)));
        detector.Detect(new Evidence(frame, known ?? DefectMap.Empty(frame.Width, frame.Height)), found, new ParallelOptions());
        return found.Build();
    }
}
