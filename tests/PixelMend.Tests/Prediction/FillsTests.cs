using PixelMend.Prediction;
using Xunit;

namespace PixelMend.Tests.Prediction;

public class FillsTests
{
    private static readonly Fill[] Sites = [new(2, 0, 1), new(5, 0, 2), new(9, 0, 3), new(0, 3, 4), new(1, 3, 5), new(7, 4, 6)];

    [Fact]
    public void Every_site_is_found_in_its_row()
    {
        var fills = new Fills(6, Sites);
        Assert.Equal(Sites.Length, fills.Count);
        Assert.Equal(Sites, fills.All.ToArray());
        Assert.All(Sites, s => Assert.Equal(s.Signal, fills.Signal(s.X, s.Y)));
        for (int y = 0; y < 6; y++)
        {
            Assert.Equal(Sites.Where(s => s.Y == y), fills.Row(y).ToArray());
        }
    }

    [Fact]
    public void There_may_be_none()
    {
        var fills = new Fills(2, []);
        Assert.Equal(0, fills.Count);
        Assert.True(fills.Row(1).IsEmpty);
    }

    [Fact]
    public void Others_that_join_keep_the_order_and_count_before()
    {
        Fill[] others = [new(0, 0, 10), new(5, 0, 11), new(4, 2, 12), new(1, 3, 13), new(9, 5, 14)];

        Fills joined = new Fills(6, Sites).Joined(others);

        IEnumerable<Fill> expected = others.Concat(Sites).DistinctBy(s => (s.X, s.Y)).OrderBy(s => s.Y).ThenBy(s => s.X);
        Assert.Equal(expected, joined.All.ToArray());
        Assert.Equal(Sites, new Fills(6, []).Joined(Sites).All.ToArray());
        Assert.Equal(Sites, new Fills(6, Sites).Joined([]).All.ToArray());
    }
}
