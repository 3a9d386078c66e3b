using System.Text;
using PixelMend.Defects;
using PixelMend.Formats.Maps;
using PixelMend.Formats.Tests.Dng;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Maps;

/// <summary>Lists of other programs, as these programs mean them.</summary>
public class ListTests
{
    private static readonly MapContext Small = new() { Size = (30, 20) };

    [Theory]
    [InlineData("a.badpixels", "3 4 0\n", "dcraw list")]
    [InlineData("a.badpixels", "# comment\n3 4\n", "RawTherapee list")]
    [InlineData("a.badpixels", "4\n3 4\n", "RawTherapee list")]
    [InlineData("a.txt", "# PHD2 Defect Map v1\n3 4\n", "PHD2 list")]
    [InlineData("a.txt", "Col 3 4 4\n", "PixInsight list")]
    [InlineData("a.txt", "row 3\n", "PixInsight list")]
    public void Formats_that_share_an_extension_are_told_by_what_they_look_like(string name, string text, string expected) =>
        Assert.Equal(expected, FormatSet.MapFormatFor(name, Encoding.UTF8.GetBytes(text)).Name);

    [Fact]
    public void A_dialect_overrules_looks() =>
        Assert.IsType<RawTherapeeList>(FormatSet.MapFormatFor("a.badpixels", "3 4 0\n"u8, "rawtherapee"));

    [Fact]
    public void A_photosite_that_died_after_the_frame_was_taken_is_good_in_it()
    {
        byte[] file = "1 1 0\n2 2 1000\n3 3 2000\n4 4 -5\n"u8.ToArray();
        MapReading read = new DcrawList().Read(file, Small with { CaptureTime = DateTimeOffset.FromUnixTimeSeconds(1000) });
        Assert.Equal([(1, 1), (2, 2), (4, 4)], Places(read.Map));
        Assert.Contains(read.Notes, n => n.StartsWith("1 photosites are left out", StringComparison.Ordinal));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1000), read.Map.Points[1].Details?.FirstSeen);
        Assert.Equal(4, new DcrawList().Read(file, Small).Map.Points.Count);
    }

    [Fact]
    public void Death_times_come_back()
    {
        byte[] file = "1 1 0\n2 2 1000\n"u8.ToArray();
        DefectMap map = new DcrawList().Read(file, Small).Map;
        string text = Encoding.UTF8.GetString(Files.Made(output => new DcrawList().Write(map, output)));
        Assert.EndsWith("\n1 1 0\n2 2 1000\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rawtherapee_adds_the_number_of_a_first_line_alone() =>
        Assert.Equal([(7, 6), (4, 9)], Places(new RawTherapeeList().Read("4\n3 2\n0 5\n"u8.ToArray(), Small).Map));

    [Fact]
    public void Visible_coordinates_count_from_the_active_area() =>
        Assert.Equal([(9, 7)], Places(new DcrawList().Read("3 4 0\n"u8.ToArray(), Small with { ActiveArea = new Area(6, 3, 20, 15) }).Map));

    [Theory]
    [InlineData("P 3 4\n", 3, 4, 1, 1, DefectKind.Unknown)]
    [InlineData("P 3 4 H\n", 3, 4, 1, 1, DefectKind.Hot)]
    [InlineData("C 3 0 C\n", 3, 0, 1, 20, DefectKind.Dead)]
    [InlineData("L 4 H\n", 0, 4, 30, 1, DefectKind.Hot)]
    public void Siril_lists_points_rows_and_columns(string text, int x, int y, int width, int height, DefectKind kind)
    {
        DefectMap map = new SirilList().Read(Encoding.UTF8.GetBytes(text), Small).Map;
        DefectRegion only =
            map.Regions.Count > 0 ? map.Regions[0] : new DefectRegion(new Area(map.Points[0].X, map.Points[0].Y, 1, 1), map.Points[0].Kind);
        Assert.Equal((new Area(x, y, width, height), kind), (only.Area, only.Kind));
    }

    [Theory]
    [InlineData("Col 3\n", 3, 0, 1, 20)]
    [InlineData("Row 4 2 9\n", 2, 4, 8, 1)]
    [InlineData("COL 3 5 6\n", 3, 5, 1, 2)]
    public void Pixinsight_lists_lines_and_parts_of_them(string text, int x, int y, int width, int height) =>
        Assert.Equal(
            new Area(x, y, width, height),
            Assert.Single(new PixInsightList().Read(Encoding.UTF8.GetBytes(text), Small).Map.Regions).Area
        );

    [Theory]
    [InlineData("a.badpixels", "3 4 0\n1 2\n", "line 2: '1 2' is not column, row and time of death")]
    [InlineData("a.badpixels", "3 x 0\n", "line 1: row 'x' is not a whole number")]
    [InlineData("a.badpixels", "3 4 soon\n", "line 1: time of death 'soon'")]
    [InlineData("a.badpixels", "30 4 0\n", "line 1: photosite at x=30, y=4 lies off the 30 × 20 sensor")]
    [InlineData("a.badpixels", "99999999999 4 0\n", "line 1: column '99999999999' is not a whole number")]
    [InlineData("a.badpixels", "2147483647 2147483647\n", "line 1: photosite at x=2147483647")]
    [InlineData("a.lst", "Q 3 4\n", "line 1: 'Q' is none of P, L and C")]
    [InlineData("a.lst", "P 3\n", "line 1: 'P 3' is not P x y")]
    [InlineData("a.txt", "Row 3 4\n", "line 1: 'Row 3 4' is not Row or Col")]
    [InlineData("a.txt", "Row 3 9 2\n", "line 1: from 9 to 2 lies no photosite")]
    [InlineData("a.fpm", "3\n", "line 1: '3' is not column and row")]
    public void Mistakes_are_named_by_line(string name, string text, string message)
    {
        byte[] file = Encoding.UTF8.GetBytes(text);
        MapFormat format = FormatSet.MapFormatFor(name, file);
        RawDataException error = Assert.Throws<RawDataException>(() => format.Read(file, Small));
        Assert.Equal(RawDataError.Malformed, error.Error);
        Assert.StartsWith($"{format.Name}: {message}", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A whole line and a flip mean nothing as long as nobody knows where the sensor ends.</summary>
    [Theory]
    [InlineData("L 4\n", MapFlip.None)]
    [InlineData("P 3 4\n", MapFlip.Vertical)]
    public void What_needs_the_size_asks_for_it(string text, MapFlip flip)
    {
        var context = new MapContext { Flip = flip };
        RawDataException error = Assert.Throws<RawDataException>(() => new SirilList().Read(Encoding.UTF8.GetBytes(text), context));
        Assert.Contains("--size", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Siril itself repairs, in a FITS file, the rows counted from the top of the picture: from the last stored row.</summary>
    [Fact]
    public void Siril_repairs_where_its_list_says()
    {
        const int Width = 30;
        const int Height = 20;
        var map = new DefectMap.Builder(Width, Height);
        map.Add(new Defect(7, 3, DefectKind.Hot));
        map.Add(new Defect(11, 15, DefectKind.Dead));
        map.Add(new DefectRegion(new Area(20, 0, 1, Height), DefectKind.Hot));
        DefectMap defects = map.Build();

        var codes = new Plane<ushort>(Width, Height);
        codes.Samples.AsSpan().Fill(1000);
        foreach (Defect defect in defects.AllPhotosites())
        {
            codes.Row(defect.Y)[defect.X] = defect.Kind == DefectKind.Hot ? (ushort)60_000 : (ushort)5;
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("pixelmend-siril-");
        try
        {
            var fits = new PixelMend.Formats.Fits.FitsFormat();
            byte[] frame = Files.Made(o => fits.Write(new RawFrame(codes, 16, CfaPattern.Mono, new Levels(0, 65_535)), o));
            MapContext context = MapContext.Of(fits.Read(frame, ReadOptions.Default));
            Assert.True(context.IsBottomUp);
            File.WriteAllBytes(Path.Combine(folder.FullName, "frame.fits"), frame);
            File.WriteAllBytes(Path.Combine(folder.FullName, "list.lst"), Files.Made(o => new SirilList().Write(defects, context, o)));
            File.WriteAllText(Path.Combine(folder.FullName, "script.ssf"), "requires 1.0.0\nload frame.fits\ncosme list.lst\nsave done\n");
            (_, byte[] said, string errors) = Tool.Run(
                "siril-cli",
                "-d",
                folder.FullName,
                "-s",
                Path.Combine(folder.FullName, "script.ssf")
            );
            string? done = Directory.EnumerateFiles(folder.FullName, "done.*").FirstOrDefault();
            Assert.True(done is not null, errors + Encoding.UTF8.GetString(said));
            RawFrame repaired = fits.Read(File.ReadAllBytes(done), ReadOptions.Default);
            Assert.All(defects.AllPhotosites(), d => Assert.Equal(1000, repaired.Stored(d.X, d.Y)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>dcraw repairs exactly the photosites of its list, counted from the visible area, and not those that died later.</summary>
    [Fact]
    public void Dcraw_repairs_where_its_list_says()
    {
        var active = new Area(6, 4, 48, 36);
        var map = new DefectMap.Builder(64, 48);
        map.Add(new Defect(20, 11));
        map.Add(new Defect(31, 30));
        var later = new Defect(40, 20, Details: new DefectDetails { FirstSeen = DateTimeOffset.UnixEpoch.AddYears(60) });
        map.Add(later);
        DefectMap defects = map.Build();

        var codes = new Plane<ushort>(64, 48);
        codes.Samples.AsSpan().Fill(1000);
        foreach (Defect defect in defects.Points)
        {
            codes.Row(defect.Y)[defect.X] = 9000;
        }

        var frame = new RawFrame(codes, 14, CfaPattern.Parse("RGGB"), new Levels(0, 16_383)) { ActiveArea = active };
        using var dng = new TemporaryFile(Files.Made(o => new PixelMend.Formats.Dng.DngFormat().Write(frame, o)), ".dng");
        using var list = new TemporaryFile(Files.Made(o => new DcrawList().Write(defects, MapContext.Of(frame), o)), ".badpixels");
        // -E and -D switch the list off in dcraw: half size, neither scaled nor balanced, keeps 2 × 2 blocks.
        (_, byte[] plain, string errors) = Tool.Run(
            "dcraw",
            "-h",
            "-o",
            "0",
            "-r",
            "1",
            "1",
            "1",
            "1",
            "-4",
            "-t",
            "0",
            "-S",
            "65535",
            "-c",
            dng.Path
        );
        (_, byte[] mended, _) = Tool.Run(
            "dcraw",
            "-P",
            list.Path,
            "-h",
            "-o",
            "0",
            "-r",
            "1",
            "1",
            "1",
            "1",
            "-4",
            "-t",
            "0",
            "-S",
            "65535",
            "-c",
            dng.Path
        );
        Assert.True(plain.Length > 100 && plain.Length == mended.Length, errors);
        int[] blocks = [.. ChangedBlocks(plain, mended, active.Width / 2)];
        Assert.Equal([.. defects.Points.Where(d => d != later).Select(d => ((d.Y - 4) / 2 * 24) + ((d.X - 6) / 2)).Order()], blocks);
    }

    private static IEnumerable<int> ChangedBlocks(byte[] one, byte[] other, int width)
    {
        int start = one.Length - (width * 18 * 6);
        return Enumerable.Range(0, width * 18).Where(i => !one.AsSpan(start + (i * 6), 6).SequenceEqual(other.AsSpan(start + (i * 6), 6)));
    }

    private static IEnumerable<(int X, int Y)> Places(DefectMap map) => map.AllPhotosites().Select(d => (d.X, d.Y));
}
