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
    private const int Width = 540;
    private const int Height = 520;
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

    /// <summary>Every mosaic and direction, with each of these numbers and two seeds.</summary>
    private static TheoryData<string, bool, double, int> With(params double[] numbers) =>
        [
            .. from mosaic in Mosaics
            from number in numbers
            from seed in new[] { 7, 8 }
            select (mosaic.Data.Item1, mosaic.Data.Item2, number, seed),
        ];

    public static TheoryData<string, bool, double, int> Offsets => With(1, 1.5, -3);

    [Theory]
    [MemberData(nameof(Offsets))]
    public void A_whole_line_is_one_region_however_faint(string cfa, bool column, double offset, int seed)
    {
        DefectMap map = Detect(Noisy(cfa, (x, y) => (column ? x : y) == Line ? offset * Noise : 0, seed));
        DefectRegion region = Assert.Single(map.Regions);
        Assert.Equal(Whole(column, Line), region.Area);
        Assert.Equal(offset > 0 ? DefectKind.Warm : DefectKind.LowResponse, region.Kind);
    }

    public static TheoryData<string, bool, double, int> Parts => With(3.5);

    /// <summary>A long part of a line may be off by less than its photosites alone would have to be.</summary>
    [Theory]
    [MemberData(nameof(Parts))]
    public void A_long_part_of_a_line_is_one_region(string cfa, bool column, double offset, int seed)
    {
        const int first = 100;
        const int last = 399;
        const int slack = 8;
        DefectMap map = Detect(
            Noisy(cfa, (x, y) => (column ? x : y) == Line && (column ? y : x) is >= first and <= last ? offset * Noise : 0, seed)
        );
        Area area = Assert.Single(map.Regions).Area;
        (int line, int start, int end) = column ? (area.Left, area.Top, area.Bottom) : (area.Top, area.Left, area.Right);
        Assert.Equal(Line, line);
        Assert.InRange(start, first - slack, first + slack);
        Assert.InRange(end - 1, last - slack, last + slack);
    }

    public static TheoryData<string, bool, double, int> Spans => With(2, 3);

    [Theory]
    [MemberData(nameof(Spans))]
    public void Lines_side_by_side_are_all_found(string cfa, bool column, double width, int seed)
    {
        DefectMap map = Detect(Noisy(cfa, (x, y) => (column ? x : y) - Line is var k && k >= 0 && k < width ? 4 * Noise : 0, seed));
        Assert.Equal(
            Enumerable.Range(Line, (int)width).Select(l => Whole(column, l)).ToHashSet(),
            map.Regions.Select(r => r.Area).ToHashSet()
        );
    }

    public static TheoryData<string, bool, double, int> BorderLines => With(0, 1, 2);

    [Theory]
    [MemberData(nameof(BorderLines))]
    public void Lines_at_the_border_are_found(string cfa, bool column, double distance, int seed)
    {
        int line = seed % 2 == 0 ? (int)distance : (column ? Width : Height) - 1 - (int)distance;
        DefectMap map = Detect(Noisy(cfa, (x, y) => (column ? x : y) == line ? 5 * Noise : 0, seed));
        Assert.Equal(Whole(column, line), Assert.Single(map.Regions).Area);
    }

    public static TheoryData<string, bool, double, int> Gains => With(0.55, 0.7, 0.9);

    [Theory]
    [MemberData(nameof(Gains))]
    public void A_line_of_low_response_is_found(string cfa, bool column, double gain, int seed)
    {
        // Light from nearly none to plenty along the line: what is missing follows it.
        double Light(int x, int y) => 5 * (column ? y : x);
        DefectMap map = Detect(
            Noisy(cfa, (x, y) => Light(x, y) + ((column ? x : y) == Line ? (gain - 1) * (Base(x, y) + Light(x, y)) : 0), seed)
        );
        DefectRegion region = Assert.Single(map.Regions);
        Assert.Equal(Whole(column, Line), region.Area);
        Assert.Equal(DefectKind.LowResponse, region.Kind);
    }

    public static TheoryData<string, bool, double, int> StuckAt => With(0, 40);

    /// <summary>At the scene's own level, which changes along the line, and nearby.</summary>
    [Theory]
    [MemberData(nameof(StuckAt))]
    public void A_stuck_stretch_is_found_to_the_photosite(string cfa, bool column, double above, int seed)
    {
        const int from = 93;
        const int to = 311;
        RawFrame frame = Noisy(cfa, (_, _) => 0, seed);
        var code = (ushort)(Base(column ? Line : 200, column ? 200 : Line) + above);
        for (int i = from; i < to; i++)
        {
            (int x, int y) = column ? (Line, i) : (i, Line);
            frame.Codes![x, y] = code;
        }

        // Next to an end a good photosite reads the same by chance, rarely.
        DefectRegion region = Assert.Single(Detect(frame).Regions);
        Assert.InRange(column ? region.Area.Top : region.Area.Left, from - 2, from);
        Assert.InRange(column ? region.Area.Bottom : region.Area.Right, to, to + 2);
        Assert.Equal(Line, column ? region.Area.Left : region.Area.Top);
        Assert.Equal(DefectKind.Stuck, region.Kind);
    }

    /// <summary>Every column and row has an offset of its own, as sensors with column amplifiers have; of .8 of the noise, from which lines count, in a thousand of them one.</summary>
    [Theory]
    [InlineData("MONO", 7)]
    [InlineData("RGGB", 7)]
    [InlineData("RGGB", 8)]
    [InlineData("XTRANS", 8)]
    public void Lines_of_a_sensor_whose_lines_all_differ_are_not_defects(string cfa, int seed)
    {
        var random = new Random(seed);
        double[] columns = [.. Enumerable.Range(0, Width).Select(_ => 0.25 * Noise * Gauss(random))];
        double[] rows = [.. Enumerable.Range(0, Height).Select(_ => 0.25 * Noise * Gauss(random))];
        Assert.Empty(Detect(Noisy(cfa, (x, y) => columns[x] + rows[y], seed)).Regions);
    }

    /// <summary>Bars and windows with edges exactly between photosites, and no blur at all.</summary>
    [Theory]
    [InlineData("MONO", 7)]
    [InlineData("RGGB", 8)]
    [InlineData("QUAD-RGGB", 7)]
    [InlineData("XTRANS", 8)]
    public void Hard_edges_along_the_grid_are_not_defects(string cfa, int seed) =>
        Assert.Empty(
            Detect(
                Noisy(
                    cfa,
                    (x, y) =>
                        (x % 90 < 9 ? 700 : 0)
                        + (x / 90 == 3 ? 500 : 0)
                        + (y > 300 && x % 16 > 4 && y % 24 > 9 ? 60 * ((x / 16 * 7) + (y / 24 * 3)) % 900 : 0),
                    seed
                )
            ).Regions
        );

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

    /// <summary>Rows of which every other photosite is clipped repeat that code only; they are not stuck.</summary>
    [Fact]
    public void A_clipped_color_is_not_a_stuck_line() =>
        Assert.Empty(Detect(Noisy("RGGB", (x, y) => (x + y) % 2 == 1 && y is > 100 and < 140 ? 20000 : 0)).Regions);

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

    /// <summary>
    /// Threads are nearly as straight as lines, and some photosites wide; a line may neither hide among them nor take those beside it along, as on quad
    /// Bayer, where one that must do without its neighbour of the same colour is badly foretold.
    /// </summary>
    [Theory]
    [InlineData("fabric", "MONO", 1, true)]
    [InlineData("fabric", "MONO", 1, false)]
    [InlineData("fabric", "RGGB", 1.5, true)]
    [InlineData("fabric", "RGGB", 1.5, false)]
    [InlineData("fabric", "XTRANS", 1.5, true)]
    [InlineData("fabric", "QUAD-RGGB", 1.5, true)]
    [InlineData("foliage", "QUAD-RGGB", 1, true)]
    [InlineData("foliage", "QUAD-RGGB", 1.5, false)]
    [InlineData("foliage", "RGGB", 1, true)]
    [InlineData("zone-plate", "RGGB", 1.5, false)]
    [InlineData("night-city", "RGGB", 1, true)]
    public void Faint_lines_are_found_in_scenes_full_of_detail(string scene, string cfa, double offset, bool column)
    {
        var camera = new SimulatedCamera(1600, 1200, Scenes.Named(scene), Seeds.From(5))
        {
            Sensor = new SensorModel { Cfa = CfaPattern.Parse(cfa) },
            Defects = DefectModel.None,
        };
        RawFrame clean = camera.Capture(0, new ParallelOptions()).Frame;
        var line = column ? new Area(301, 0, 1, clean.Height) : new Area(0, 301, clean.Width, 1);
        RawFrame frame = Raised(clean, line, offset);
        Assert.Empty(Detect(clean).Regions);
        Assert.Equal(line, Assert.Single(Detect(frame).Regions).Area);
    }

    /// <summary>A frame with a line raised by a multiple of the noise at its mean, rounded up or down by chance.</summary>
    private static RawFrame Raised(RawFrame clean, Area line, double offset)
    {
        (float black, float white) = (clean.Levels.Black(0, 0), clean.Levels.White(0, 0));
        (int X, int Y)[] sites =
        [
            .. Enumerable.Range(0, line.Width * line.Height).Select(i => (line.Left + (i % line.Width), line.Top + (i / line.Width))),
        ];
        double level = sites.Average(s => clean.Codes![s.X, s.Y] - black) / (white - black);
        double raised = offset * (white - black) * Math.Sqrt((clean.Info.Noise[0].Scale * level) + clean.Info.Noise[0].Offset);
        var random = new Random(1);
        Plane<ushort> codes = clean.Codes!.Clone();
        foreach ((int x, int y) in sites)
        {
            codes[x, y] = (ushort)Math.Clamp(Math.Floor(codes[x, y] + raised + random.NextDouble()), 0, white);
        }

        return new RawFrame(codes, clean.BitDepth, clean.Cfa, clean.Levels) { Info = clean.Info };
    }

    private const double Level = 1200;

    private static double Base(int x, int y) => Level + (0.4 * x) + (0.3 * y);

    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>A gently sloping frame with Gaussian noise and something added.</summary>
    private static RawFrame Noisy(string cfa, Func<int, int, double> added, int seed = 7)
    {
        var random = new Random(seed);
        var codes = new Plane<ushort>(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                double signal = Base(x, y) + (Noise * Gauss(random)) + added(x, y);
                codes[x, y] = (ushort)Math.Clamp(Math.Round(signal), 0, 16383);
            }
        }

        return new RawFrame(codes, 14, CfaPattern.Parse(cfa), new Levels(0, 16383));
    }

    private static Area Whole(bool column, int line) => column ? new Area(line, 0, 1, Height) : new Area(0, line, Width, 1);

    private static DefectMap Detect(RawFrame frame, DefectMap? known = null)
    {
        Algorithm<IDefectDetector> model = Detectors.All.Single(d => d.Name == "model");
        var found = new DefectMap.Builder(frame.Width, frame.Height);
        IDefectDetector detector = model.Create(new Settings(model.Parameters, new Dictionary<string, double>(StringComparer.Ordinal)));
        detector.Detect(new Evidence(frame, known ?? DefectMap.Empty(frame.Width, frame.Height)), found, new ParallelOptions());
        return found.Build();
    }
}
