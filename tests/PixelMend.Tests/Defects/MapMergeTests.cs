using CsCheck;
using PixelMend.Defects;
using Xunit;

namespace PixelMend.Tests.Defects;

public class MapMergeTests
{
    /// <summary>Photosite by photosite: kept where enough maps have it, with the kinds of all of them.</summary>
    [Theory]
    [InlineData(MergeMode.Union)]
    [InlineData(MergeMode.Majority)]
    [InlineData(MergeMode.Intersection)]
    public void Votes_decide_and_kinds_add_up(MergeMode mode) =>
        MapGen
            .Map.Array[1, 5]
            .Sample(maps =>
            {
                DefectMask[] masks = [.. maps.Select(m => m.ToMask())];
                IReadOnlyList<Defect> all = DefectMap.Union(MapGen.Width, MapGen.Height, maps).AllPhotosites();
                IEnumerable<(int, int, DefectKind, float)> expected = all.Where(d =>
                        IsKept(masks.Count(m => m[d.X, d.Y]), maps.Length, mode)
                    )
                    .Select(d => (d.X, d.Y, d.Kind, d.Severity));
                Assert.Equal(expected, MapMerge.Of(maps, mode).AllPhotosites().Select(d => (d.X, d.Y, d.Kind, d.Severity)));
            });

    [Theory]
    [InlineData(MergeMode.Union)]
    [InlineData(MergeMode.Majority)]
    [InlineData(MergeMode.Intersection)]
    public void The_order_of_maps_does_not_matter(MergeMode mode) =>
        MapGen
            .Map.Array[1, 5]
            .Sample(maps =>
            {
                DefectMap forward = MapMerge.Of(maps, mode);
                DefectMap backward = MapMerge.Of([.. maps.Reverse()], mode);
                Assert.Equal(forward.Points, backward.Points);
                Assert.Equal(forward.Regions, backward.Regions);
            });

    /// <summary>Seen from the first time of any map to the last.</summary>
    [Fact]
    public void Times_span_all_sources()
    {
        DefectMap Seen(int first, int last)
        {
            var map = new DefectMap.Builder(3, 3);
            map.Add(new Defect(1, 1, Details: new DefectDetails { FirstSeen = MapGen.Day(first), LastSeen = MapGen.Day(last) }));
            return map.Build();
        }

        DefectDetails? details = Assert.Single(MapMerge.Of([Seen(4, 6), Seen(1, 2), Seen(5, 5)], MergeMode.Intersection).Points).Details;
        Assert.Equal((MapGen.Day(1), MapGen.Day(6)), (details?.FirstSeen, details?.LastSeen));
    }

    /// <summary>Ageing drops what was last seen before the day, and nothing else.</summary>
    [Fact]
    public void Ageing_keeps_what_was_seen_since_and_what_was_never_dated() =>
        (from map in MapGen.Map from day in Gen.Int[-1, 11] select (map, day)).Sample(t =>
        {
            DefectMap aged = MapMerge.SeenSince(t.map, MapGen.Day(t.day));
            Assert.Equal(t.map.Points.Where(p => !IsOld(p.Details)), aged.Points);
            Assert.Equal(t.map.Regions.Where(r => !IsOld(r.Details)), aged.Regions);

            bool IsOld(DefectDetails? details) => details?.LastSeen < MapGen.Day(t.day);
        });

    [Fact]
    public void No_map_and_other_geometries_are_refused()
    {
        Assert.Throws<ArgumentException>(() => MapMerge.Of([], MergeMode.Union));
        Assert.Throws<ArgumentException>(() => MapMerge.Of([DefectMap.Empty(3, 3), DefectMap.Empty(4, 3)], MergeMode.Union));
    }

    private static bool IsKept(int votes, int maps, MergeMode mode) =>
        mode switch
        {
            MergeMode.Union => votes > 0,
            MergeMode.Majority => 2 * votes > maps,
            _ => votes == maps,
        };
}
