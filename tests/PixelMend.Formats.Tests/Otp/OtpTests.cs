using CsCheck;
using PixelMend.Defects;
using PixelMend.Formats.Otp;
using PixelMend.Formats.Tests.Maps;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests.Otp;

public class OtpTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Updates_flip_bits_one_way_and_lose_nothing(bool erasedIsZero) =>
        (from first in MapTests.Random from second in MapTests.Random select (first, second)).Sample(maps =>
        {
            DefectMap later = OnSensorOf(maps.first, maps.second);
            OtpImage empty = OtpImage.Create(8192, maps.first.Width, maps.first.Height, CfaPattern.Parse("RGGB"), erasedIsZero);
            OtpImage factory = empty.Program(maps.first).Image;
            (OtpImage field, _, int leftOut) = factory.Program(later);
            byte erased = erasedIsZero ? (byte)0 : byte.MaxValue;
            Assert.Equal(0, leftOut);
            AssertOneWay(empty.ToBytes(), factory.ToBytes(), erased);
            AssertOneWay(factory.ToBytes(), field.ToBytes(), erased);

            DefectMap union = DefectMap.Union(later.Width, later.Height, [maps.first, later]);
            Assert.Equal(Kinds(union), Kinds(Read(OtpImage.Open(field.ToBytes()))));
            Assert.Equal(field.ToBytes(), field.Program(later).Image.ToBytes());
        });

    /// <summary>Any map into a memory of any size: what goes in are the most severe entries, what is told is true, and severities come back to a fifth.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Capacity_is_kept_and_the_most_severe_go_first(bool withSeverity) =>
        (
            from map in MapTests.Random
            from size in Gen.Int[OtpImage.HeaderLength, 150]
            from erasedIsZero in Gen.Bool
            select (map, size, erasedIsZero)
        ).Sample(t =>
        {
            OtpImage empty = OtpImage.Create(t.size, t.map.Width, t.map.Height, erasedIsZero: t.erasedIsZero);
            (OtpImage image, int added, int leftOut) = empty.Program(t.map, withSeverity);
            Assert.Equal(t.size, image.ToBytes().Length);
            Assert.Equal(t.map.Points.Count + t.map.Regions.Count, added + leftOut);
            Assert.Equal(added > 0 && withSeverity, image.KeepsSeverity);
            DefectMap held = Read(image);
            Assert.Equal(added, held.Points.Count + held.Regions.Count);

            float[] severities = [.. t.map.Points.Select(p => p.Severity).Concat(t.map.Regions.Select(r => r.Severity)).OrderDescending()];
            HashSet<(int, int)> points = [.. held.Points.Select(p => (p.X, p.Y))];
            float[] kept =
            [
                .. t.map.Points.Where(p => points.Contains((p.X, p.Y))).Select(p => p.Severity),
                .. t.map.Regions.Where(r => held.Regions.Any(h => (h.Area, h.Kind) == (r.Area, r.Kind))).Select(r => r.Severity),
            ];
            Assert.Equal(severities.Take(added), kept.OrderDescending().Take(added));
            foreach (Defect point in withSeverity ? held.Points : [])
            {
                float given = t.map.Points.Single(p => (p.X, p.Y) == (point.X, point.Y)).Severity;
                Assert.InRange(
                    point.Severity,
                    given <= 0 ? 0 : Math.Clamp(given, 0.25f, 8192) * 0.84f,
                    given <= 0 ? 0 : Math.Clamp(given, 0.25f, 8192) * 1.19f
                );
            }
        });

    /// <summary>Updates add up in either polarity, each only flipping bits one way; an image of one polarity is the complement of the other's.</summary>
    [Fact]
    public void Polarities_are_complements_through_any_number_of_updates() =>
        (from first in MapTests.Random from later in MapTests.Random.Array[1, 4] select (first, later)).Sample(t =>
        {
            OtpImage ones = OtpImage.Create(4096, t.first.Width, t.first.Height).Program(t.first).Image;
            OtpImage zeros = OtpImage.Create(4096, t.first.Width, t.first.Height, erasedIsZero: true).Program(t.first).Image;
            DefectMap all = t.first;
            foreach (DefectMap later in t.later.Select(map => OnSensorOf(t.first, map)))
            {
                (byte[] before, byte[] beforeZeros) = (ones.ToBytes(), zeros.ToBytes());
                (ones, zeros) = (ones.Program(later).Image, zeros.Program(later).Image);
                AssertOneWay(before, ones.ToBytes(), byte.MaxValue);
                AssertOneWay(beforeZeros, zeros.ToBytes(), 0);
                all = DefectMap.Union(all.Width, all.Height, [all, later]);
            }

            Assert.Equal(Array.ConvertAll(ones.ToBytes(), b => (byte)~b), zeros.ToBytes());
            Assert.Equal(Kinds(all), Kinds(Read(OtpImage.Open(zeros.ToBytes()))));
        });

    /// <summary>Whatever bit flips, no photosite appears that was not programmed: its record is passed over, and told of, or the image refused.</summary>
    [Fact]
    public void A_flipped_bit_invents_nothing() =>
        (from map in MapTests.Random from later in MapTests.Random from at in Gen.Int[0, int.MaxValue] select (map, later, at)).Sample(t =>
        {
            DefectMap later = OnSensorOf(t.map, t.later);
            OtpImage good = OtpImage.Create(600, t.map.Width, t.map.Height).Program(t.map).Image.Program(later).Image;
            byte[] image = good.ToBytes();
            int programmed = image.Length - good.FreeBytes;
            int bit = t.at % (programmed * 8);
            image[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                MapReading read = OtpImage.Open(image).Read(new OtpMap(), MapContext.Unknown);
                Assert.NotEmpty(read.Notes);
                Dictionary<(int, int), DefectKind> known = DefectMap
                    .Union(t.map.Width, t.map.Height, [t.map, later])
                    .AllPhotosites()
                    .ToDictionary(p => (p.X, p.Y), p => p.Kind);
                Assert.All(read.Map.AllPhotosites(), p => Assert.Equal(p.Kind, known[(p.X, p.Y)] & p.Kind));
            }
            catch (RawDataException)
            {
                Assert.True(bit / 8 < OtpImage.HeaderLength);
            }
        });

    [Fact]
    public void The_most_severe_fit_first()
    {
        var map = new DefectMap.Builder(4000, 3000);
        for (int i = 0; i < 500; i++)
        {
            map.Add(new Defect(i * 7919 % 4000, i * 104_729 % 3000, DefectKind.Hot, Severity: i));
        }

        DefectMap all = map.Build();
        (OtpImage image, int added, int leftOut) = OtpImage.Create(512, 4000, 3000).Program(all);
        Assert.Equal(all.Points.Count, added + leftOut);
        Assert.InRange(added, 150, 250);
        IEnumerable<(int, int)> expected = all.Points.OrderByDescending(p => p.Severity).Take(added).Select(p => (p.X, p.Y)).Order();
        Assert.Equal(expected, Read(image).Points.Select(p => (p.X, p.Y)).Order());
        Assert.Equal((0, leftOut), (image.Program(all).Added, image.Program(all).LeftOut));
    }

    /// <summary>Power fails while the last record is programmed, after any number of bytes and in the middle of one: what came before stands, and the next update goes on.</summary>
    [Fact]
    public void A_torn_record_is_left_out_and_the_next_one_follows_it()
    {
        DefectMap first = Map(3);
        DefectMap second = Map(9);
        OtpImage factory = OtpImage.Create(1024, 100, 80).Program(first).Image;
        byte[] before = factory.ToBytes();
        byte[] after = factory.Program(second).Image.ToBytes();
        int start = before.Length - factory.FreeBytes;
        int end = after.AsSpan().LastIndexOfAnyExcept(byte.MaxValue) + 1;
        for (int cut = start; cut < end; cut++)
        {
            byte[] torn = [.. after[..cut], (byte)(after[cut] | 0x0F), .. before[(cut + 1)..]];
            OtpImage image = OtpImage.Open(torn);
            if (torn.AsSpan().SequenceEqual(after))
            {
                continue;
            }

            Assert.Equal(Kinds(first), Kinds(Read(image)));
            OtpImage repaired = image.Program(second).Image;
            AssertOneWay(torn, repaired.ToBytes(), byte.MaxValue);
            Assert.Equal(Kinds(DefectMap.Union(100, 80, [first, second])), Kinds(Read(repaired)));
        }
    }

    [Fact]
    public void Bits_that_would_go_back_are_refused()
    {
        byte[] before = [0xF0, 0x0F];
        OneWay.Check(before, [0xE0, 0x00], erasedIsZero: false);
        Assert.Contains(
            "Byte 1 would go from 0x0F to 0x1F",
            Assert.Throws<ArgumentException>(() => OneWay.Check(before, [0xF0, 0x1F], erasedIsZero: false)).Message,
            StringComparison.Ordinal
        );
        OneWay.Check(before, [0xF1, 0x1F], erasedIsZero: true);
        Assert.Throws<ArgumentException>(() => OneWay.Check(before, [0x70, 0x0F], erasedIsZero: true));
        Assert.Throws<ArgumentException>(() => OneWay.Check(before, [0xF0], erasedIsZero: false));
    }

    [Theory]
    [InlineData(0, "does not begin with PMOT")]
    [InlineData(7, "the header's checksum is wrong")]
    public void Damaged_headers_are_refused(int place, string message)
    {
        byte[] image = OtpImage.Create(64, 100, 80).ToBytes();
        image[place] ^= 1;
        RawDataException error = Assert.Throws<RawDataException>(() => OtpImage.Open(image));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sensors_of_65536_photosites_a_side_fit()
    {
        var map = new DefectMap.Builder(65_536, 65_536);
        map.Add(new Defect(65_535, 65_535, DefectKind.Dead));
        map.Add(new DefectRegion(new Area(65_535, 0, 1, 65_536), DefectKind.Stuck));
        DefectMap big = map.Build();
        var context = new MapContext { Limits = new ReadLimits { MaxPhotosites = 1L << 32 } };
        DefectMap again = OtpImage.Create(64, 65_536, 65_536).Program(big).Image.Read(new OtpMap(), context).Map;
        Assert.Equal((65_536, 65_536), (again.Width, again.Height));
        Assert.Equal(big.Points, again.Points);
        Assert.Equal(big.Regions, again.Regions);
    }

    /// <summary>The worked example of docs/formats/otp.md, byte for byte; PIXELMEND_WRITE_DOCS=1 renews it.</summary>
    [Fact]
    public void The_documented_example_is_what_is_written()
    {
        var factory = new DefectMap.Builder(64, 48);
        factory.Add(new Defect(10, 2, DefectKind.Hot));
        factory.Add(new Defect(33, 2, DefectKind.Dead | DefectKind.Noisy));
        factory.Add(new DefectRegion(new Area(40, 0, 1, 48), DefectKind.Stuck));
        var field = new DefectMap.Builder(64, 48);
        field.Add(new Defect(5, 47, DefectKind.Warm));
        OtpImage image = OtpImage.Create(80, 64, 48, CfaPattern.Parse("RGGB")).Program(factory.Build()).Image.Program(field.Build()).Image;
        string dump = string.Join(
            '\n',
            image.ToBytes().Chunk(16).Select((row, i) => $"{i * 16:x4}  {string.Join(' ', row.Select(b => $"{b:x2}"))}")
        );
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "PixelMend.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        Assert.NotNull(folder);
        string page = Path.Combine(folder, "docs", "formats", "otp.md");
        string text = File.ReadAllText(page);
        const string Fence = "```hexdump\n";
        int start = text.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length;
        int end = text.IndexOf("\n```", start, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("PIXELMEND_WRITE_DOCS") == "1")
        {
            File.WriteAllText(page, text[..start] + dump + text[end..]);
            return;
        }

        Assert.Equal(text[start..end], dump);
    }

    private static DefectMap Read(OtpImage image) => image.Read(new OtpMap(), MapContext.Unknown).Map;

    private static DefectMap Map(int step)
    {
        var map = new DefectMap.Builder(100, 80);
        for (int i = 0; i < 40; i++)
        {
            map.Add(new Defect(i * step % 100, i * 13 % 80, (DefectKind)(1 << (i % 9))));
        }

        return map.Build();
    }

    private static void AssertOneWay(byte[] before, byte[] after, byte erased)
    {
        Assert.Equal(before.Length, after.Length);
        Assert.All(before.Zip(after), p => Assert.Equal(0, (p.First ^ erased) & ~(p.Second ^ erased)));
    }

    /// <summary>A photosite's kinds as all entries together tell them.</summary>
    private static IEnumerable<(int, int, DefectKind)> Kinds(DefectMap map) => map.AllPhotosites().Select(p => (p.X, p.Y, p.Kind));

    private static DefectMap OnSensorOf(DefectMap sensor, DefectMap other)
    {
        var map = new DefectMap.Builder(sensor.Width, sensor.Height);
        map.AddRange(other.Points.Select(p => p with { X = p.X % sensor.Width, Y = p.Y % sensor.Height, Severity = Math.Abs(p.Severity) }));
        return map.Build();
    }
}
