using CsCheck;
using PixelMend.Defects;
using PixelMend.Formats.Tests.Maps;
using Xunit;

namespace PixelMend.Formats.Tests.Contract;

/// <summary>What every map format promises, tried on each one listed.</summary>
public class MapFormatContract
{
    public static TheoryData<string> Names => [.. FormatSet.Maps.Where(f => f.IsWritten).Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_photosites_come_back(string name) =>
        MapTests.Random.Sample(map =>
        {
            MapFormat format = Format(name);
            if (map.AllPhotosites().Count <= (format.MostPhotosites ?? int.MaxValue))
            {
                DefectMap again = format.Read(Written(name, map), map.Width, map.Height, ReadLimits.Default);
                Assert.Equal(Places(map), Places(again));
            }
        });

    /// <summary>Whatever origin, offset and flip a list is written with, the same words read the same photosites back; what they leave out is told.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Coordinates_read_as_they_were_written(string name)
    {
        MapFormat format = Format(name);
        Assert.SkipWhen(format.OriginIsFixed, "its origin is fixed");
        (
            from map in MapTests.Random
            from left in Gen.Int[0, map.Width - 1]
            from top in Gen.Int[0, map.Height - 1]
            from origin in Gen.Enum<MapOrigin>()
            from flip in Gen.Enum<MapFlip>()
            from dx in Gen.Int[-3, 3]
            from dy in Gen.Int[-3, 3]
            from bottomUp in Gen.Bool
            select (map, left, top, origin, flip, dx, dy, bottomUp)
        ).Sample(t =>
        {
            var context = new MapContext
            {
                Size = (t.map.Width, t.map.Height),
                ActiveArea = new Frames.Area(t.left, t.top, t.map.Width - t.left, t.map.Height - t.top),
                Origin = t.origin,
                Flip = t.flip,
                Offset = new Frames.Offset(t.dx, t.dy),
                IsBottomUp = t.bottomUp,
            };
            using var file = new MemoryStream();
            if (t.map.AllPhotosites().Count > (format.MostPhotosites ?? int.MaxValue))
            {
                return;
            }

            IReadOnlyList<string> notes = format.Write(t.map, context, file);
            (int X, int Y)[] again = [.. Places(format.Read(file.ToArray(), context).Map)];
            Assert.Subset(Places(t.map).ToHashSet(), again.ToHashSet());
            Assert.Equal(again.Length == Places(t.map).Count(), notes.Count == 0);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Maps_off_the_sensor_are_refused(string name)
    {
        DefectMap map = Single(9, 4, 8, 3);
        RawDataException error = Assert.Throws<RawDataException>(() => Format(name).Read(Written(name, map), 8, 4, ReadLimits.Default));
        Assert.Equal(RawDataError.Malformed, error.Error);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Extensions_choose_the_format(string name) =>
        Assert.All(
            Format(name).Extensions,
            e => Assert.Same(Format(name), FormatSet.MapFormatFor("map" + e.ToUpperInvariant(), Format(name).Dialect))
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Truncated_files_are_refused_or_read(string name)
    {
        byte[] file = Written(name, Example());
        foreach (int length in Hostility.Places(file.Length))
        {
            Hostility.AssertBounded(length, () => Format(name).Read(file.AsMemory(0, length), 40, 30, ReadLimits.Default));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Files_with_flipped_bytes_are_refused_or_read(string name)
    {
        byte[] file = Written(name, Example());
        foreach (int place in Hostility.Places(file.Length))
        {
            foreach (byte flip in Hostility.Flips)
            {
                byte[] damaged = [.. file];
                damaged[place] ^= flip;
                Hostility.AssertBounded(file.Length, () => Format(name).Read(damaged, 40, 30, ReadLimits.Default));
            }
        }
    }

    /// <summary>An offset or a flip of the file is undone where the reader is told of it; a crop by what lies outside it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Offsets_and_flips_lead_there_and_back(string name)
    {
        DefectMap map = Example();
        MapFormat format = Format(name);
        foreach (MapFlip flip in Enum.GetValues<MapFlip>())
        {
            var turned = new MapContext { Size = (40, 30), Flip = flip };
            DefectMap once = format.Read(Written(name, map), turned).Map;
            DefectMap twice = format.Read(Written(name, once), turned).Map;
            Assert.Equal(Places(map), Places(twice));
            Assert.Equal(
                Places(map)
                    .Select(p => (X: flip.HasFlag(MapFlip.Horizontal) ? 39 - p.X : p.X, Y: flip.HasFlag(MapFlip.Vertical) ? 29 - p.Y : p.Y))
                    .OrderBy(p => p.Y)
                    .ThenBy(p => p.X),
                Places(once)
            );
        }

        DefectMap single = Single(40, 30, 9, 4);
        var moved = new MapContext { Size = (40, 30), Offset = new Frames.Offset(5, -3) };
        Assert.Equal([(14, 1)], Places(format.Read(Written(name, single), moved).Map));
    }

    /// <summary>Coordinates of the visible area are translated by its top left, and what lies outside is told.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Origins_are_honoured_by_formats_that_leave_them_open(string name)
    {
        MapFormat format = Format(name);
        Assert.SkipWhen(format.OriginIsFixed, "its origin is fixed");
        var active = new MapContext
        {
            Size = (40, 30),
            ActiveArea = new Frames.Area(6, 4, 32, 24),
            Origin = MapOrigin.Active,
        };
        DefectMap map = Single(40, 30, 9, 5);
        using var file = new MemoryStream();
        Assert.Empty(format.Write(map, active, file));
        Assert.Equal([(9, 5)], Places(format.Read(file.ToArray(), active).Map));
        Assert.Equal([(3, 1)], Places(format.Read(file.ToArray(), 32, 24, ReadLimits.Default)));
        Assert.Single(format.Write(Single(40, 30, 2, 2), active, Stream.Null));
    }

    /// <summary>A file that states no size yields the smallest sensor that holds its photosites, and says so.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Sizes_are_stated_or_guessed(string name)
    {
        DefectMap map = Single(40, 30, 9, 5);
        MapReading read = Format(name).Read(Written(name, map), MapContext.Unknown);
        Assert.Equal([(9, 5)], Places(read.Map));
        Assert.Equal(read.SizeIsKnown ? (40, 30) : (10, 6), (read.Map.Width, read.Map.Height));
    }

    private static MapFormat Format(string name) => FormatSet.Maps.Single(f => f.Name == name);

    private static byte[] Written(string name, DefectMap map) => Files.Made(output => Format(name).Write(map, output));

    private static IEnumerable<(int X, int Y)> Places(DefectMap map) => map.AllPhotosites().Select(d => (d.X, d.Y));

    private static DefectMap Single(int width, int height, int x, int y)
    {
        var builder = new DefectMap.Builder(width, height);
        builder.Add(new Defect(x, y));
        return builder.Build();
    }

    private static DefectMap Example()
    {
        var builder = new DefectMap.Builder(40, 30)
        {
            Provenance = new MapProvenance
            {
                Files = ["a.dng", "b.dng"],
                Algorithm = "model",
                Parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["threshold"] = "4" },
            },
        };
        builder.Add(new Defect(3, 4, DefectKind.Hot, 12.5f, 0.75f));
        builder.Add(new Defect(30, 4, DefectKind.Dead | DefectKind.Noisy, 3, 1));
        builder.Add(new DefectRegion(new Frames.Area(7, 0, 1, 30), DefectKind.Stuck));
        return builder.Build();
    }
}
