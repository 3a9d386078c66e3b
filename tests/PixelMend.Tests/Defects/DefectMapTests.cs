using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Simulation;
using Xunit;

namespace PixelMend.Tests.Defects;

public class DefectMapTests
{
    [Fact]
    public void Points_are_sorted_and_duplicates_united()
    {
        var builder = new DefectMap.Builder(10, 8);
        builder.AddRange([new(5, 2, DefectKind.Hot, 3, 0.5f), new(9, 0), new(0, 7), new(1, 2), new(5, 2, DefectKind.Noisy, 2, 0.9f)]);
        Assert.Equal([new(9, 0), new(1, 2), new(5, 2, DefectKind.Hot | DefectKind.Noisy, 3, 0.9f), new(0, 7)], builder.Build().Points);
    }

    [Fact]
    public void United_details_hold_whenever_one_source_holds()
    {
        DateTimeOffset first = DateTimeOffset.UnixEpoch;
        var old = new DefectDetails
        {
            Activation = new Activation { DarkCurrent = 2 },
            FirstSeen = first,
            LastSeen = first.AddDays(1),
            Source = "calibrate",
        };
        DefectDetails late = old with
        {
            Activation = new Activation { DarkCurrent = 5 },
            FirstSeen = first.AddDays(2),
            LastSeen = first.AddDays(3),
            Source = "learn",
        };
        DefectDetails both = late with { FirstSeen = first, Source = "calibrate + learn" };
        Assert.Equal(both, United(old, late));
        Assert.Equal(both, United(late, old, late));
        Assert.Equal(old with { Activation = null }, United(old, null));
        Assert.Null(United(null, null));

        static DefectDetails? United(params DefectDetails?[] sources)
        {
            var builder = new DefectMap.Builder(1, 1);
            builder.AddRange(sources.Select(s => new Defect(0, 0, Details: s)));
            return Assert.Single(builder.Build().Points).Details;
        }
    }

    [Fact]
    public void Building_on_does_not_change_a_map_built_before()
    {
        var builder = new DefectMap.Builder(10, 8);
        builder.Add(new Defect(3, 3));
        DefectMap first = builder.Build();
        builder.Add(new Defect(1, 1));
        Assert.Equal([new Defect(3, 3)], first.Points);
        Assert.Equal(2, builder.Build().Points.Count);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(10, 0)]
    [InlineData(0, 8)]
    public void Points_off_the_sensor_are_refused(int x, int y) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DefectMap.Builder(10, 8).Add(new Defect(x, y)));

    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(0, 0, 11, 1)]
    [InlineData(-1, 0, 2, 1)]
    [InlineData(9, 7, 2, 1)]
    [InlineData(3, 3, -1, -1)]
    [InlineData(1, 1, int.MaxValue, 1)]
    public void Rectangles_off_the_sensor_are_refused(int left, int top, int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new DefectMap.Builder(10, 8).Add(new DefectRegion(new Area(left, top, width, height)))
        );

    [Fact]
    public void Maps_of_other_sensors_are_refused() =>
        Assert.Throws<ArgumentException>(() => DefectMap.Union(10, 8, [DefectMap.Empty(10, 8), DefectMap.Empty(8, 10)]));

    [Fact]
    public void A_union_does_not_depend_on_the_order_of_maps()
    {
        DefectMap[] maps = [.. Enumerable.Range(0, 4).Select(i => Random((ulong)i))];
        DefectMap expected = DefectMap.Union(30, 20, maps);
        foreach (DefectMap[] order in new[] { maps.Reverse().ToArray(), [maps[2], maps[0], maps[3], maps[1], maps[0]] })
        {
            DefectMap actual = DefectMap.Union(30, 20, order);
            Assert.Equal(expected.Points, actual.Points);
            Assert.Equal(expected.Regions, actual.Regions);
        }
    }

    [Fact]
    public void All_photosites_are_those_of_the_mask_with_the_kinds_of_points_and_regions()
    {
        DefectMap map = Random(7);
        DefectMask mask = map.ToMask();
        IReadOnlyList<Defect> all = map.AllPhotosites();
        Assert.Equal(mask.Count, all.Count);
        Assert.Equal(all.OrderBy(d => d.Y).ThenBy(d => d.X), all);
        foreach (Defect defect in all)
        {
            Assert.True(mask[defect.X, defect.Y]);
            DefectKind points = map
                .Points.Where(p => (p.X, p.Y) == (defect.X, defect.Y))
                .Aggregate(DefectKind.Unknown, (k, p) => k | p.Kind);
            DefectKind regions = map
                .Regions.Where(r => r.Area.Contains(defect.X, defect.Y))
                .Aggregate(DefectKind.Unknown, (k, r) => k | r.Kind);
            Assert.Equal(points | regions, defect.Kind);
        }
    }

    [Fact]
    public void Provenance_changes_nothing_else()
    {
        DefectMap map = Random(7);
        DefectMap other = map.From(new MapProvenance { Algorithm = "model" });
        Assert.Equal(map.Points, other.Points);
        Assert.Equal(map.Regions, other.Regions);
        Assert.Equal("model", other.Provenance.Algorithm);
        Assert.False(other.IsEmpty);
        Assert.True(DefectMap.Empty(3, 3).IsEmpty);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(63, 3)]
    [InlineData(64, 3)]
    [InlineData(65, 3)]
    public void A_mask_is_one_bit_per_photosite(int width, int height)
    {
        var mask = new DefectMask(width, height);
        for (int y = 0; y < height; y++)
        {
            Assert.False(mask.AnyInRow(y));
            for (int x = 0; x < width; x++)
            {
                mask[x, y] = true;
                Assert.Equal(1, mask.Count);
                Assert.True(mask[x, y]);
                Assert.Equal([y], Enumerable.Range(0, height).Where(mask.AnyInRow));
                Assert.All(Enumerable.Range(0, width + 1), from => Assert.Equal(from <= x ? x : width, mask.NextInRow(from, y)));
                mask[x, y] = false;
            }
        }

        Assert.Equal(0, mask.Count);
    }

    private static DefectMap Random(ulong seed)
    {
        var random = new Random64(seed);
        int Below(int limit) => (int)(random.Next() % (ulong)limit);
        var builder = new DefectMap.Builder(30, 20);
        for (int i = 0; i < 40; i++)
        {
            builder.Add(new Defect(Below(30), Below(20), (DefectKind)Below(512), Below(9), Below(10) / 10f));
        }

        for (int i = 0; i < 12; i++)
        {
            builder.Add(new DefectRegion(new Area(Below(3), Below(3), 1 + Below(2), 1 + Below(2)), (DefectKind)(1 << Below(2)), Below(4)));
        }

        return builder.Build();
    }
}
