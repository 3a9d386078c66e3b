using CsCheck;
using PixelMend.Defects;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Tests.Defects;

public class ClusterKernelTests
{
    /// <summary>Fewer than five good of eight: the fourth defective neighbour makes a kernel, and so does the sensor's end beside a defect.</summary>
    [Theory]
    [InlineData(new[] { ".....", ".....", "..#..", ".....", "....." }, 0)]
    [InlineData(new[] { ".....", ".###.", "..#..", ".....", "....." }, 0)]
    [InlineData(new[] { ".....", ".###.", "..##.", ".....", "....." }, 2)]
    [InlineData(new[] { ".....", ".###.", ".###.", ".###.", "....." }, 5)]
    [InlineData(new[] { "#....", ".....", ".....", ".....", "....." }, 0)]
    [InlineData(new[] { "##...", ".....", ".....", ".....", "....." }, 2)]
    public void Of_a_sensor_without_a_mosaic_the_eight_that_touch_count(string[] rows, int expected)
    {
        DefectMap map = MapGen.Picture(rows);
        Assert.Equal(expected, ClusterKernel.Count(map.Points, map.ToMask(), CfaPattern.Mono));
    }

    /// <summary>A dense square of a Bayer mosaic takes one neighbour of its own colour from each photosite at most: no kernel, where mono has four.</summary>
    [Fact]
    public void Of_a_mosaic_those_of_the_same_colour_count()
    {
        DefectMap square = MapGen.Picture("........", "........", "........", "...##...", "..###...", "........", "........", "........");
        Assert.Equal(0, ClusterKernel.Count(square.Points, square.ToMask(), CfaPattern.Parse("RGGB")));
    }

    /// <summary>Against the definition, for Bayer: the ring at two steps, or for green the nearest diagonals and those two steps straight on.</summary>
    [Fact]
    public void Of_a_bayer_mosaic_the_nearest_eight_count() =>
        MapGen.Map.Sample(map =>
        {
            var cfa = CfaPattern.Parse("RGGB");
            DefectMask bad = map.ToMask();
            int expected = map.AllPhotosites()
                .Count(p =>
                {
                    bool[] around = [.. Around(p, cfa[p.X, p.Y] == CfaColor.Green).Where(IsOnSensor).Select(n => bad[n.X, n.Y])];
                    return around.Contains(true) && around.Count(isBad => !isBad) < 5;
                });
            Assert.Equal(expected, ClusterKernel.Count(map.AllPhotosites(), bad, cfa));
        });

    private static IEnumerable<(int X, int Y)> Around(Defect site, bool isGreen) =>
        from dy in Enumerable.Range(-2, 5)
        from dx in Enumerable.Range(-2, 5)
        where (dx, dy) != (0, 0)
        where isGreen ? Math.Abs(dx) + Math.Abs(dy) == 2 : dx % 2 == 0 && dy % 2 == 0
        select (site.X + dx, site.Y + dy);

    private static bool IsOnSensor((int X, int Y) p) => p.X >= 0 && p.Y >= 0 && p.X < MapGen.Width && p.Y < MapGen.Height;
}
