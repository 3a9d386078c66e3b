using System.Text;
using CsCheck;
using PixelMend.Defects;
using PixelMend.Formats.Maps;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Maps;

public class MapTests
{
    public static Gen<DefectMap> Random =>
        from width in Gen.Int[1, 40]
        from height in Gen.Int[1, 40]
        from points in Defects(width, height).Array[0, 12]
        from regions in Regions(width, height).Array[0, 3]
        from provenance in Provenances
        select Build(width, height, points, regions, provenance);

    private static Gen<MapProvenance> Provenances =>
        from files in Gen.String.AlphaNumeric.Array[0, 3]
        from known in Gen.Bool
        from names in Gen.String[Gen.Char.AlphaNumeric, 1, 5].Array[0, 3]
        from value in Gen.String[Gen.Char['!', '~'], 1, 9]
        select new MapProvenance
        {
            Files = files,
            Algorithm = known ? "model" : null,
            Parameters = names.Distinct(StringComparer.Ordinal).ToDictionary(n => n, _ => value, StringComparer.Ordinal),
            Program = "pixelmend 0.1.0",
            Camera = "Maker, \"Model\" #7",
        };

    [Fact]
    public void Json_keeps_everything() =>
        Random.Sample(map =>
        {
            DefectMap again = RoundTrip(new JsonMap(), map);
            Assert.Equal(map.Points, again.Points);
            Assert.Equal(map.Regions, again.Regions);
            AssertEqual(map.Provenance, again.Provenance);
        });

    [Fact]
    public void Csv_keeps_every_photosite_and_the_provenance() =>
        Random.Sample(map =>
        {
            DefectMap again = RoundTrip(new CsvMap(), map);
            Assert.Equal(map.AllPhotosites().Select(d => d with { Details = null }), again.Points);
            Assert.Empty(again.Regions);
            AssertEqual(map.Provenance, again.Provenance);
        });

    [Fact]
    public void Json_has_one_defect_a_line()
    {
        var builder = new DefectMap.Builder(5, 4);
        builder.Add(new Defect(2, 1, DefectKind.Hot, 7.5f, 0.25f));
        builder.Add(new Defect(4, 1, DefectKind.Warm, 7.5f, 0.25f));
        builder.Add(new DefectRegion(new Area(3, 0, 1, 2), DefectKind.Dead));
        string text = Encoding.UTF8.GetString(Written(new JsonMap(), builder.Build()));
        Assert.EndsWith(
            """
              "points": [
                {"x":2,"y":1,"kind":"hot","severity":7.5,"confidence":0.25},
                {"x":4,"y":1,"kind":"warm","severity":7.5,"confidence":0.25}
              ],
              "regions": [
                {"x":3,"y":0,"width":1,"height":2,"kind":"dead","severity":0,"confidence":1}
              ]
            }
            """,
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Csv_lines_are_one_photosite_each()
    {
        var builder = new DefectMap.Builder(5, 4);
        builder.Add(new Defect(2, 1, DefectKind.Hot | DefectKind.Noisy, 7.5f, 0.25f));
        builder.Add(new DefectRegion(new Area(3, 0, 1, 2), DefectKind.Dead));
        string text = Encoding.UTF8.GetString(Written(new CsvMap(), builder.Build()));
        Assert.Equal(
            """
            # PixelMend defect map: 0-based photosites of the whole stored image, rectangles written photosite by photosite
            # geometry 5x4
            x,y,kind,severity,confidence
            3,0,dead,0,1
            2,1,hot+noisy,7.5,0.25
            3,1,dead,0,1

            """,
            text
        );
    }

    [Theory]
    [InlineData("x,y\n2,1\n0,3\n")]
    [InlineData("\uFEFF# someone's list\r\n y , x \r\n\r\n1, 2\r\n 3 ,\t0\r\n")]
    [InlineData("2,1\n0,3")]
    [InlineData("x,y\r2,1\r0,3")]
    [InlineData("x;y;kind\n2;1;\n0;3;unknown\n")]
    [InlineData("y\tx\n1\t2\n3\t0\n")]
    [InlineData("2;1\n0;3")]
    [InlineData("name,y,note,x\na,1,\"b\",2\n,3,,0,more\n")]
    [InlineData("X,Y,KIND\n2,1,\n0,3,Unknown\n2,1,unknown\n")]
    [InlineData("# geometry 4x5\nx,y,width,height\n2,1,1,1\n0,3,,\n")]
    public void Csv_needs_x_and_y_only(string text) =>
        Assert.Equal([new Defect(2, 1), new Defect(0, 3)], Read(new CsvMap(), text, 4, 5).Points);

    [Fact]
    public void Csv_columns_width_and_height_make_rectangles() =>
        Assert.Equal(
            [new DefectRegion(new Area(2, 0, 1, 5), DefectKind.Stuck)],
            Read(new CsvMap(), "x,y,width,height,kind\n2,0,1,5,stuck\n", 4, 5).Regions
        );

    [Theory]
    [InlineData("x,y\n1,1\n4,1\n4,2\n", "line 3: photosite at x=4, y=1 lies off the 4 × 5 sensor; so do 2 of 3")]
    [InlineData("x,y\n1,-1\n", "line 2: photosite at x=1, y=-1 lies off")]
    [InlineData("x,y\n1\n", "line 2: y is missing")]
    [InlineData("x,y\n1,\n", "line 2: y is missing")]
    [InlineData("x,y\n1,2.5\n", "line 2: y '2.5' is not a whole number")]
    [InlineData("x;y;severity\n1;2;3,5\n", "line 2: severity '3,5' is not a number")]
    [InlineData("x,y\n1,99999999999\n", "line 2: y '99999999999' is not a whole number")]
    [InlineData("col,row\n1,2\n", "line 1: the header names no columns x and y")]
    [InlineData("x,y,x\n1,2,3\n", "line 1: the header names column 'x' twice")]
    [InlineData("x,y,kind\n1,2,odd\n", "line 2: 'odd' is not a kind of defect: write hot, warm")]
    [InlineData("x,y,severity\n1,2,NaN\n", "line 2: severity NaN must be a finite number")]
    [InlineData("x,y,confidence\n1,2,2\n", "line 2: severity 0 must be a finite number and confidence 2 one from 0 to 1")]
    [InlineData("x,y,width\n1,2,4\n", "line 2: rectangle of 4 × 1 at x=1, y=2 lies off")]
    [InlineData("x,y,width\n1,2,2147483647\n", "line 2: rectangle of 2147483647 × 1 at x=1, y=2 lies off")]
    [InlineData("x,y,width\n1,2,0\n", "line 2: a size of 0 × 1 is impossible")]
    [InlineData("# geometry 8x5\nx,y\n", "the map is for a 8 × 5 sensor, the frame has 4 × 5")]
    [InlineData("# geometry: wide\nx,y\n", "line 1: geometry 'wide' is not WIDTHxHEIGHT")]
    public void Csv_mistakes_are_named_by_line(string text, string message) => AssertMalformed(new CsvMap(), text, message);

    [Theory]
    [InlineData("", "line 1, $: The input does not contain any JSON")]
    [InlineData("null", "\"format\" is not \"pixelmend-defect-map\"")]
    [InlineData("{\"format\":\"x\",\"version\":1,\"geometry\":{\"width\":4,\"height\":5}}", "\"format\" is not")]
    [InlineData("{\n\"version\":1}", "line 2, $: members missing: 'format'")]
    [InlineData("{\"format\":\"pixelmend-defect-map\",\"version\":1,\"geometry\":7}", "line 1, $.geometry: a value of the wrong kind")]
    [InlineData(
        "{\"format\":\"pixelmend-defect-map\",\"version\":1,\"version\":1,\"geometry\":{\"width\":4,\"height\":5}}",
        "line 1, $.version: Duplicate"
    )]
    [InlineData(Head + "\"points\":[{\"x\":9,\"y\":1}]}", "point 1: photosite at x=9, y=1 lies off the 4 × 5 sensor")]
    [InlineData(Head + "\"points\":[{\"x\":1.5,\"y\":1}]}", "line 1, $.points[0].x: a value of the wrong kind or size")]
    [InlineData(Head + "\"points\":[[[[]]]]}", "line 1, $.points[0]: a value of the wrong kind or size")]
    [InlineData(Head + "\"points\":[{\"x\":1}]}", "line 1, $.points[0]: members missing: 'y'")]
    [InlineData(Head + "\"regions\":[{\"x\":1,\"y\":1,\"width\":4,\"height\":1}]}", "region 1: rectangle of 4 × 1 at x=1, y=1 lies off")]
    [InlineData(Head + "\"points\":[{\"x\":1,\"y\":1,\"kind\":\"odd\"}]}", "point 1: 'odd' is not a kind")]
    [InlineData(Head + "\"points\":[{\"x\":1,\"y\":1,\"severity\":1e999}]}", "")]
    public void Json_mistakes_are_named(string text, string message) => AssertMalformed(new JsonMap(), text, message);

    [Fact]
    public void Json_of_another_geometry_names_both()
    {
        byte[] file = Written(new JsonMap(), DefectMap.Empty(8, 5));
        RawDataException error = Assert.Throws<RawDataException>(() => new JsonMap().Read(file, 4, 5, ReadLimits.Default));
        Assert.Contains("the map is for a 8 × 5 sensor, the frame has 4 × 5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_of_a_later_version_is_unsupported()
    {
        byte[] file = Encoding.UTF8.GetBytes(Head.Replace("\"version\":1,", "\"version\":2,", StringComparison.Ordinal) + "\"new\":[]}");
        RawDataException error = Assert.Throws<RawDataException>(() => new JsonMap().Read(file, 4, 5, ReadLimits.Default));
        Assert.Equal(RawDataError.Unsupported, error.Error);
    }

    [Fact]
    public void Limits_bound_photosites_of_rectangles_too()
    {
        ReadLimits limits = new() { MaxDefects = 19 };
        byte[] file = "x,y,width,height\n0,0,4,5\n"u8.ToArray();
        RawDataException error = Assert.Throws<RawDataException>(() => new CsvMap().Read(file, 4, 5, limits));
        Assert.Equal(RawDataError.LimitExceeded, error.Error);
    }

    private const string Head = "{\"format\":\"pixelmend-defect-map\",\"version\":1,\"geometry\":{\"width\":4,\"height\":5},";

    private static void AssertMalformed(MapFormat format, string text, string message)
    {
        RawDataException error = Assert.Throws<RawDataException>(() => Read(format, text, 4, 5));
        Assert.Equal(RawDataError.Malformed, error.Error);
        Assert.StartsWith($"{format.Name}: {message}", error.Message, StringComparison.Ordinal);
    }

    private static void AssertEqual(MapProvenance expected, MapProvenance actual)
    {
        Assert.Equal(expected.Files, actual.Files);
        Assert.Equal(expected.Parameters, actual.Parameters);
        Assert.Equal((expected.Algorithm, expected.Program, expected.Camera), (actual.Algorithm, actual.Program, actual.Camera));
    }

    private static DefectMap RoundTrip(MapFormat format, DefectMap map) =>
        format.Read(Written(format, map), map.Width, map.Height, ReadLimits.Default);

    private static DefectMap Read(MapFormat format, string text, int width, int height) =>
        format.Read(Encoding.UTF8.GetBytes(text), width, height, ReadLimits.Default);

    private static byte[] Written(MapFormat format, DefectMap map) => Files.Made(output => format.Write(map, output));

    private static Gen<DefectKind> Kinds => Gen.Int[0, 511].Select(bits => (DefectKind)bits);

    private static Gen<Defect> Defects(int width, int height) =>
        from x in Gen.Int[0, width - 1]
        from y in Gen.Int[0, height - 1]
        from kind in Kinds
        from severity in Gen.Float[-1e9f, 1e9f]
        from confidence in Gen.Float[0, 1]
        from details in Details
        select new Defect(x, y, kind, severity, confidence, details);

    /// <summary>Often none, as in maps of one frame.</summary>
    private static Gen<DefectDetails?> Details =>
        from given in Gen.Bool
        from current in Gen.Double[0, 1e6]
        from always in Gen.Bool
        from iso in Gen.Double[50, 1e5].Nullable()
        from seen in Gen.DateTime.Nullable()
        select given
            ? new DefectDetails
            {
                Activation = always
                    ? null
                    : new Activation
                    {
                        DarkCurrent = current,
                        Offset = -3,
                        Iso = iso,
                        TemperatureCelsius = -10.5,
                    },
                FirstSeen = seen,
                LastSeen = seen,
                Source = "calibrate",
            }
            : null;

    /// <summary>Rectangles of more than one photosite: a single one is a point.</summary>
    private static Gen<DefectRegion?> Regions(int width, int height) =>
        from left in Gen.Int[0, width - 1]
        from top in Gen.Int[0, height - 1]
        from w in Gen.Int[1, width - left]
        from h in Gen.Int[1, height - top]
        from kind in Kinds
        from severity in Gen.Float[0, 1e9f]
        from details in Details
        select w * h == 1 ? (DefectRegion?)null : new DefectRegion(new Area(left, top, w, h), kind, severity, 0.5f, details);

    private static DefectMap Build(int width, int height, Defect[] points, DefectRegion?[] regions, MapProvenance provenance)
    {
        var builder = new DefectMap.Builder(width, height) { Provenance = provenance };
        builder.AddRange(points);
        foreach (DefectRegion region in regions.OfType<DefectRegion>())
        {
            builder.Add(region);
        }

        return builder.Build();
    }
}
