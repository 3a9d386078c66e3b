using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Tests.Mosaics;
using Xunit;

namespace PixelMend.Tests.Correction;

/// <summary>What every corrector promises, for every filter array.</summary>
public class CorrectorContractTests
{
    private const int Width = 40;
    private const int Height = 36;

    public static TheoryData<string> All => [.. Correctors.All.Select(a => a.Name)];

    public static TheoryData<string, string> OverCfas => [.. Correctors.All.SelectMany(a => Mosaic.Cfas.Select(c => (a.Name, c)))];

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Same_report_on_any_number_of_threads_and_again(string name, string cfa)
    {
        (int width, int height) = Mosaic.SizeFor(cfa);
        RawFrame frame = Mosaic.Simulated(cfa, width, height, "fabric");
        DefectMap map = Mosaic.Map(frame, Mosaic.ManyPlaces(width, height));
        IDefectCorrector corrector = Create(name);
        CorrectionReport one = corrector.Correct(frame, map, Mosaic.OneThread);
        Same(one, corrector.Correct(frame, map, Mosaic.ManyThreads));
        Same(one, Create(name).Correct(frame, map, Mosaic.OneThread));
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Defective_values_are_never_read(string name, string cfa)
    {
        (int width, int height) = Mosaic.SizeFor(cfa);
        RawFrame frame = Mosaic.Simulated(cfa, width, height, "fabric");
        (int X, int Y)[] sites = Mosaic.ManyPlaces(width, height);
        DefectMap map = Mosaic.Map(frame, sites);
        CorrectionReport expected = Correct(name, frame, map);
        SameRepairs(expected, Correct(name, frame.Put(sites, (x, y) => (x + y) % 2 * 4095), map));

        RawFrame floats = Mosaic.Floats(frame);
        expected = Correct(name, floats, map);
        foreach (float poison in new[] { float.NaN, float.PositiveInfinity, 1e30f })
        {
            SameRepairs(expected, Correct(name, floats.Put(sites, (_, _) => poison), map));
        }
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Photosites_without_a_value_are_never_read(string name, string cfa)
    {
        (int width, int height) = Mosaic.SizeFor(cfa);
        RawFrame frame = Mosaic.Floats(Mosaic.Simulated(cfa, width, height, "fabric"));
        (int X, int Y)[] sites = Mosaic.ManyPlaces(width, height);
        (int X, int Y)[] listed = [.. sites.Where((_, i) => i % 2 == 0)];
        (int X, int Y)[] holes = [.. sites.Where((_, i) => i % 2 != 0)];
        CorrectionReport expected = Correct(name, frame, Mosaic.Map(frame, sites));
        CorrectionReport actual = Correct(name, frame.Put(holes, (_, _) => float.NaN), Mosaic.Map(frame, listed));
        Assert.Equal(expected.Changes.Where(c => listed.Contains((c.X, c.Y))), actual.Changes);
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Every_photosite_of_the_map_is_reported_once_in_raster_order_and_the_frame_stays(string name, string cfa)
    {
        (int width, int height) = Mosaic.SizeFor(cfa);
        RawFrame frame = Mosaic.Simulated(cfa, width, height, "fabric");
        var before = (ushort[])frame.Codes!.Samples.Clone();
        var builder = new DefectMap.Builder(width, height);
        builder.Add(new DefectRegion(new Area(3, 0, 1, height)));
        builder.Add(new DefectRegion(new Area(0, 5, width, 2)));
        builder.AddRange(Mosaic.ManyPlaces(width, height).Select(s => new Defect(s.X, s.Y)));
        DefectMap map = builder.Build();

        CorrectionReport report = Correct(name, frame, map);

        Assert.Equal(Mosaic.Sites(map), InRasterOrder([.. report.Changes.Select(c => (c.X, c.Y))], report));
        Assert.Equal(before, frame.Codes.Samples);
        Assert.All(report.Changes, c => Assert.Equal(frame.Stored(c.X, c.Y), c.Old));
        Assert.All(report.Changes, c => Assert.InRange(c.Confidence, 0, 1));
        Assert.All(report.Changes, c => Assert.Equal(c.New, MathF.Round(c.New)));
        Assert.All(report.Changes, c => Assert.InRange(c.New, 0, 4095));
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Flat_frames_are_restored_to_the_code(string name, string cfa)
    {
        (int width, int height) = Mosaic.SizeFor(cfa);
        RawFrame frame = Mosaic.Flat(cfa, width, height);
        (int X, int Y)[][] patterns =
        [
            [(12, 12)],
            [(0, 0)],
            [(12, 12), (13, 12), (12, 13), (13, 13)],
            [.. Mosaic.Block(new Area(9, 7, 9, 9))],
            [.. Mosaic.Block(new Area(0, 0, 6, 6))],
            [.. Mosaic.Block(new Area(14, 0, 1, height))],
            [.. Mosaic.Block(new Area(14, 0, 3, height))],
            [.. Mosaic.Block(new Area(0, 9, width, 2))],
            Mosaic.ManyPlaces(width, height),
        ];
        foreach ((int X, int Y)[] sites in patterns)
        {
            RestoresFlat(name, frame, sites);
        }
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Tiny_frames_are_restored_wherever_another_photosite_has_the_colour(string name, string cfa)
    {
        foreach ((int width, int height) in new[] { (1, 1), (1, 7), (7, 1), (2, 2), (3, 5), (5, 3), (7, 7) })
        {
            RawFrame frame = Mosaic.Flat(cfa, width, height);
            (int X, int Y)[] all = [.. Mosaic.Block(new Area(0, 0, width, height))];
            foreach ((int X, int Y) site in all)
            {
                RestoresFlat(name, frame, [site]);
            }

            RestoresFlat(name, frame, [.. all.Where(s => (s.X + s.Y) % 2 == 0)]);
            CorrectionReport nothingLeft = Correct(name, frame, Mosaic.Map(frame, all));
            Assert.Empty(nothingLeft.Changes);
            Assert.Equal(all, nothingLeft.Unreachable.Select(d => (d.X, d.Y)));
        }
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Masked_borders_and_the_active_area_know_nothing_of_each_other(string name, string cfa)
    {
        (int width, int height) = Mosaic.SizeFor(cfa);
        var active = new Area(7, 5, width - 9, height - 12);
        var pattern = CfaPattern.Parse(cfa);
        double Code(int x, int y) => active.Contains(x, y) ? Mosaic.FlatCode(pattern[x, y]) : 200 + ((byte)pattern[x, y] % 50);
        RawFrame frame = Mosaic.Of(cfa, width, height, Code).Within(active);
        (int X, int Y)[] sites =
        [
            .. Mosaic.Block(new Area(6, 4, 2, 2)),
            .. Mosaic.Block(new Area(active.Right - 1, 9, 2, 1)),
            .. Mosaic.Block(new Area(15, active.Bottom - 2, 1, 4)),
        ];
        CorrectionReport report = Correct(name, frame, Mosaic.Map(frame, sites));
        Assert.Empty(report.Unreachable);
        Assert.All(report.Changes, c => Assert.Equal((c.X, c.Y, Code(c.X, c.Y)), (c.X, c.Y, c.New)));
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Levels_of_phases_rows_and_columns_are_honoured(string name, string cfa)
    {
        (int width, int height) = Mosaic.SizeFor(cfa);
        Levels levels = new(
            2,
            3,
            [200, 210, 220, 230, 240, 250],
            [4000, 3900, 3800, 3700, 3600, 3500],
            [.. Enumerable.Range(0, height).Select(y => y % 5 * 8f)],
            [.. Enumerable.Range(0, width).Select(x => x % 7 * 4f)]
        );
        double Code(int x, int y) => levels.Black(x, y) + (0.4 * levels.Span(x, y));
        RawFrame frame = Mosaic.Of(cfa, width, height, Code, levels);
        CorrectionReport report = Correct(name, frame, Mosaic.Map(frame, Mosaic.ManyPlaces(width, height)));
        Assert.All(report.Changes, c => Assert.Equal(Code(c.X, c.Y), c.New, 1.01));
    }

    [Theory]
    [MemberData(nameof(OverCfas))]
    public void Codes_and_the_same_floats_are_repaired_alike(string name, string cfa)
    {
        (int width, int height) = Mosaic.SizeFor(cfa);
        RawFrame codes = Mosaic.Simulated(cfa, width, height, "fabric");
        DefectMap map = Mosaic.Map(codes, Mosaic.ManyPlaces(width, height));
        CorrectionReport ofCodes = Correct(name, codes, map);
        CorrectionReport ofFloats = Correct(name, Mosaic.Floats(codes), map);
        CorrectionReport ofScaled = Correct(name, Mosaic.Floats(codes, 1 / 4096f), map);
        Assert.All(
            ofCodes.Changes.Zip(ofFloats.Changes),
            pair => Assert.Equal(Math.Clamp(pair.Second.New, 0, 4095), pair.First.New, 0.501)
        );
        Assert.Equal(ofFloats.Changes.Select(c => (c.X, c.Y, c.New / 4096)), ofScaled.Changes.Select(c => (c.X, c.Y, c.New)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Linearization_is_undone(string name)
    {
        // Codes are square roots of light; neighbours must be averaged as light.
        ushort[] table = [.. Enumerable.Range(0, 256).Select(i => (ushort)(i * i / 16))];
        var codes = new Plane<ushort>(Width, Height);
        for (int i = 0; i < codes.Samples.Length; i++)
        {
            codes.Samples[i] = (ushort)((i % Width / 2 % 2) == 0 ? 40 : 200);
        }

        var frame = new RawFrame(codes, 8, CfaPattern.Mono, new Levels(0, 4095)) { Linearization = table };
        (int X, int Y)[] sites = [.. Mosaic.Block(new Area(0, 0, Width, 4))];
        CorrectionReport report = Correct(name, frame, Mosaic.Map(frame, sites));
        RawFrame linear = Mosaic.Of("MONO", Width, Height, (x, y) => table[codes[x, y]], new Levels(0, 4095));
        CorrectionReport expected = Correct(name, linear, Mosaic.Map(linear, sites));
        Assert.All(
            report.Changes.Zip(expected.Changes),
            pair =>
                Assert.InRange(
                    MathF.Abs(table[(int)pair.First.New] - pair.Second.New),
                    0,
                    table.Min(v => MathF.Abs(v - pair.Second.New)) + 1
                )
        );
        Assert.Contains(report.Changes, c => c.New is > 42 and < 198);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Saturated_areas_stay_saturated_and_their_edges_within_range(string name)
    {
        RawFrame frame = Mosaic.Of("RGGB", Width, Height, (x, _) => x < 15 ? 4095 : 500);
        (int X, int Y)[] sites = [.. Enumerable.Range(0, Width).Select(x => (x, x * 7 % Height))];
        CorrectionReport report = Correct(name, frame, Mosaic.Map(frame, sites));
        Assert.All(report.Changes, c => Assert.InRange(c.New, 0, 4095));
        Assert.All(report.Changes.Where(c => c.X < 9), c => Assert.Equal(4095, c.New));
        Assert.All(report.Changes.Where(c => c.X > 20), c => Assert.Equal(500, c.New));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void In_the_middle_of_a_hole_without_end_nothing_is_invented(string name)
    {
        RawFrame frame = Mosaic.Flat("MONO", 90, 80);
        var hole = new Area(8, 5, 74, 70);
        CorrectionReport report = Correct(name, frame, Mosaic.Map(frame, Mosaic.Block(hole)));
        Assert.Equal(hole.Count, report.Changes.Count + report.Unreachable.Count);
        Assert.Contains(report.Unreachable, d => (d.X, d.Y) == (45, 40));
        Assert.All(report.Changes, c => Assert.Equal(Mosaic.FlatCode(CfaColor.White), c.New));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Single_defects_on_even_light_are_no_doubtful_repairs(string name)
    {
        foreach (string cfa in new[] { "MONO", "RGGB" })
        {
            RawFrame flat = Mosaic.Flat(cfa, Width, Height);
            Assert.Equal(0, Correct(name, flat, Mosaic.Map(flat, [(12, 12)])).DoubtfulCount);
            RawFrame noisy = Mosaic.Simulated(cfa, Width, Height, "flat");
            Assert.Equal(0, Correct(name, noisy, Mosaic.Map(noisy, [(12, 12)])).DoubtfulCount);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Maps_of_other_sensors_are_refused(string name)
    {
        RawFrame frame = Mosaic.Flat("RGGB", Width, Height);
        Assert.Throws<ArgumentException>(() => Correct(name, frame, DefectMap.Empty(Width + 1, Height)));
        Assert.Throws<ArgumentException>(() => Correct(name, frame, DefectMap.Empty(Width, Height - 1)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_empty_map_changes_nothing(string name)
    {
        RawFrame frame = Mosaic.Flat("RGGB", Width, Height);
        CorrectionReport report = Correct(name, frame, DefectMap.Empty(Width, Height));
        Assert.Empty(report.Changes);
        Assert.Empty(report.Unreachable);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Cancelling_ends_the_correction(string name)
    {
        RawFrame frame = Mosaic.Flat("RGGB", Width, Height);
        var cancelled = new ParallelOptions { CancellationToken = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() => Create(name).Correct(frame, Mosaic.Map(frame, [(3, 3)]), cancelled));
    }

    private static void RestoresFlat(string name, RawFrame frame, (int X, int Y)[] sites)
    {
        DefectMap map = Mosaic.Map(frame, sites);
        DefectMask mask = map.ToMask();
        CorrectionReport report = Correct(name, frame.Put(sites, (_, _) => 4095), map);
        Assert.All(report.Changes, c => Assert.Equal((c.X, c.Y, frame.Stored(c.X, c.Y)), (c.X, c.Y, c.New)));
        foreach (Defect lost in report.Unreachable)
        {
            CfaColor color = frame.Cfa[lost.X, lost.Y];
            Assert.DoesNotContain(
                Mosaic.Block(new Area(0, 0, frame.Width, frame.Height)),
                s => !mask[s.X, s.Y] && frame.Cfa[s.X, s.Y] == color
            );
        }
    }

    private static (int X, int Y)[] InRasterOrder((int X, int Y)[] changed, CorrectionReport report)
    {
        (int X, int Y)[] lost = [.. report.Unreachable.Select(d => (d.X, d.Y))];
        Assert.Equal(changed.OrderBy(s => s.Y).ThenBy(s => s.X), changed);
        Assert.Equal(lost.OrderBy(s => s.Y).ThenBy(s => s.X), lost);
        return [.. changed.Concat(lost).OrderBy(s => s.Y).ThenBy(s => s.X)];
    }

    private static void Same(CorrectionReport expected, CorrectionReport actual)
    {
        Assert.Equal(expected.Changes, actual.Changes);
        Assert.Equal(expected.Unreachable, actual.Unreachable);
    }

    private static void SameRepairs(CorrectionReport expected, CorrectionReport actual)
    {
        Assert.Equal(expected.Changes.Select(c => c with { Old = 0 }), actual.Changes.Select(c => c with { Old = 0 }));
        Assert.Equal(expected.Unreachable, actual.Unreachable);
    }

    private static IDefectCorrector Create(string name)
    {
        Algorithm<IDefectCorrector> algorithm = Correctors.All.Single(a => a.Name == name);
        return algorithm.Create(new Settings(algorithm.Parameters, new Dictionary<string, double>()));
    }

    private static CorrectionReport Correct(string name, RawFrame frame, DefectMap map) =>
        Create(name).Correct(frame, map, Mosaic.OneThread);
}
