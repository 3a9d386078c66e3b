using CsCheck;
using PixelMend.Defects;
using Xunit;

namespace PixelMend.Tests.Defects;

public class MapComparisonTests
{
    [Fact]
    public void A_map_is_like_itself() =>
        MapGen.Map.Sample(map =>
        {
            var comparison = MapComparison.Of(map, map);
            Assert.True(comparison.IsEmpty);
            Assert.Equal(map.AllPhotosites().Count, comparison.Same);
        });

    /// <summary>Every photosite of either map is told of once, and swapping the maps swaps new with gone.</summary>
    [Fact]
    public void Every_photosite_is_accounted_for_once() =>
        (from earlier in MapGen.Map from later in MapGen.Map select (earlier, later)).Sample(maps =>
        {
            var there = MapComparison.Of(maps.earlier, maps.later);
            var back = MapComparison.Of(maps.later, maps.earlier);
            Assert.Equal(maps.later.AllPhotosites().Count, there.New.Count + there.Changed.Count + there.Same);
            Assert.Equal(maps.earlier.AllPhotosites().Count, there.Gone.Count + there.Changed.Count + there.Same);
            Assert.Equal(there.New, back.Gone);
            Assert.Equal(there.Gone, back.New);
            Assert.Equal(there.Changed.Select(c => (c.Before, c.After)), back.Changed.Select(c => (c.After, c.Before)));
            Assert.All(there.Changed, c => Assert.NotEqual(c.Before.Kind, c.After.Kind));
        });

    [Fact]
    public void Severity_and_confidence_are_no_change()
    {
        DefectMap one = Single(new Defect(1, 1, DefectKind.Hot, 5, 0.5f));
        Assert.True(MapComparison.Of(one, Single(new Defect(1, 1, DefectKind.Hot, 50, 1))).IsEmpty);
        Assert.Single(MapComparison.Of(one, Single(new Defect(1, 1, DefectKind.Hot | DefectKind.Noisy, 5, 0.5f))).Changed);
    }

    [Fact]
    public void Other_geometries_are_refused() =>
        Assert.Contains(
            "3 × 3",
            Assert.Throws<ArgumentException>(() => MapComparison.Of(DefectMap.Empty(3, 3), DefectMap.Empty(3, 4))).Message,
            StringComparison.Ordinal
        );

    private static DefectMap Single(Defect defect)
    {
        var map = new DefectMap.Builder(3, 3);
        map.Add(defect);
        return map.Build();
    }
}
