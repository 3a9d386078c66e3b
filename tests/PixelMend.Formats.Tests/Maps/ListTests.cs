using System.Text;
using PixelMend.Defects;
using PixelMend.Formats.Maps;
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
    [InlineData("a.dpm", ":Table,\n3\n", "line 2: '3' is not column and row")]
    [InlineData("a.hpm", "0,1\n", "line 1: photosite at x=-1, y=0 lies off the 30 × 20 sensor")]
    [InlineData("a.xml", "<Points/>", "line 1: 'Points' is not Coordinates")]
    [InlineData("a.xml", "<Coordinates>\n<DefectivePixel OffsetX=\"3\"/></Coordinates>", "line 2: OffsetY is missing")]
    [InlineData("a.xml", "<Coordinates>\n<DefectivePixel", "line 2: this is no XML")]
    [InlineData("a.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><Coordinates/>", "line 1: this is no XML")]
    public void Mistakes_are_named_by_line(string name, string text, string message)
    {
        byte[] file = Encoding.UTF8.GetBytes(text);
        MapFormat format = FormatSet.MapFormatFor(name, file);
        RawDataException error = Assert.Throws<RawDataException>(() => format.Read(file, Small));
        Assert.Equal(RawDataError.Malformed, error.Error);
        Assert.StartsWith($"{format.Name}: {message}", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The example of the cameras' manuals: the first photosite is 1, 1.</summary>
    [Theory]
    [InlineData("a.dpm", DefectKind.Unknown)]
    [InlineData("a.hpm", DefectKind.Hot)]
    public void Imperx_counts_from_one(string name, DefectKind kind)
    {
        byte[] file = "-- Defective Pixel Map,\r\n-- Date: 7/21/2013,\r\n:Table,\r\n-- Column(X),Row(Y)\r\n4,1\r\n28,5\r\n"u8.ToArray();
        DefectMap map = FormatSet.MapFormatFor(name, file).Read(file, Small).Map;
        Assert.Equal([(3, 0, kind), (27, 4, kind)], map.Points.Select(p => (p.X, p.Y, p.Kind)));
        string text = Encoding.UTF8.GetString(Files.Made(output => FormatSet.MapFormatFor(name).Write(map, output)));
        Assert.EndsWith("\n:Table,\n-- Column(X),Row(Y)\n4,1\n28,5\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Dalsa_lists_offsets_from_the_top_left()
    {
        byte[] file = Encoding.UTF8.GetBytes(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<!-- maximum 512 coordinates -->\n<Coordinates>\n"
                + "<DefectivePixel OffsetX=\"10\" OffsetY=\"0\"/>\n<DefectivePixel OffsetX=\"28\" OffsetY=\"19\"/>\n</Coordinates>\n"
        );
        DefectMap map = new DalsaMap().Read(file, Small).Map;
        Assert.Equal([(10, 0), (28, 19)], Places(map));
        string text = Encoding.UTF8.GetString(Files.Made(output => new DalsaMap().Write(map, output)));
        Assert.Contains("<Coordinates>\n  <DefectivePixel OffsetX=\"10\" OffsetY=\"0\" />\n", text, StringComparison.Ordinal);
    }

    /// <summary>A photosite counts once, with all that its lines say.</summary>
    [Theory]
    [InlineData("x,y,kind,severity\n3,4,hot,2\n3,4,hot,5\n1,1,dead,1\n", DefectKind.Hot, "line 3: x=3, y=4 is listed before, in line 2")]
    [InlineData(
        "x,y,kind,severity\n3,4,hot,2\n3,4,dead,5\n",
        DefectKind.Hot | DefectKind.Dead,
        "line 3: x=3, y=4 is listed before, in line 2 with another kind, hot there and dead here: it has both"
    )]
    public void Duplicate_and_contradictory_lines_are_joined_and_told(string text, DefectKind kind, string note)
    {
        MapReading read = new CsvMap().Read(Encoding.UTF8.GetBytes(text), Small);
        Defect joined = read.Map.Points.Single(p => (p.X, p.Y) == (3, 4));
        Assert.Equal((kind, 5f), (joined.Kind, joined.Severity));
        Assert.Equal([note], read.Notes);
    }

    /// <summary>What lies off the sensor is named line by line, then counted; the rest of the list is kept. A list most of which lies off is another sensor's.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(14)]
    public void Lines_off_the_sensor_are_told_and_the_others_kept(int off)
    {
        const int Good = 20;
        string text =
            string.Concat(Enumerable.Range(0, Good).Select(i => $"{i},4\n"))
            + string.Concat(Enumerable.Range(0, off).Select(i => $"{30 + i},5\n"));
        MapReading read = new CsvMap().Read(Encoding.UTF8.GetBytes("x,y\n" + text), Small);
        Assert.Equal(Enumerable.Range(0, Good).Select(x => (x, 4)), Places(read.Map));
        string[] named =
        [
            .. Enumerable
                .Range(0, Math.Min(off, 10))
                .Select(i => $"line {Good + 2 + i}: photosite at x={30 + i}, y=5 lies off the 30 × 20 sensor"),
        ];
        Assert.Equal(off > 10 ? [.. named, $"{off - 10} more entries lie off the sensor and are left out."] : named, read.Notes);
    }

    [Fact]
    public void A_list_that_lies_off_for_the_most_part_is_for_another_sensor()
    {
        byte[] file = "1 1\n40 1\n41 1\n"u8.ToArray();
        RawDataException error = Assert.Throws<RawDataException>(() => new MlvAppList().Read(file, Small));
        Assert.Contains("line 2: photosite at x=40, y=1 lies off", error.Message, StringComparison.Ordinal);
        Assert.Contains("so do 2 of 3 entries: is it for another sensor?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_repeats_the_first_are_named()
    {
        string text = "x,y,kind\n" + string.Concat(Enumerable.Range(0, 13).Select(_ => "3,4,hot\n"));
        MapReading read = new CsvMap().Read(Encoding.UTF8.GetBytes(text), Small);
        Assert.Equal([(3, 4)], Places(read.Map));
        Assert.Equal(11, read.Notes.Count);
        Assert.Equal("2 more entries repeat earlier ones.", read.Notes[^1]);
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

    private static IEnumerable<(int X, int Y)> Places(DefectMap map) => map.AllPhotosites().Select(d => (d.X, d.Y));
}
