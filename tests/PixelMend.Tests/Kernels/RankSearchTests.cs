using PixelMend.Kernels;
using Xunit;

namespace PixelMend.Tests.Kernels;

/// <summary>Ranks and means by counting, against sorting.</summary>
public class RankSearchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(31)]
    [InlineData(256)]
    public void Every_rank_is_that_of_sorted_values(int length)
    {
        foreach (float[] values in Samples(length))
        {
            float[] sorted = [.. values.Order()];
            for (int rank = 0; rank < length; rank++)
            {
                Assert.Equal(sorted[rank], RankSearch.Find(values, rank));
            }
        }
    }

    [Fact]
    public void The_median_of_eight_is_that_of_sorted_values()
    {
        foreach (float[] values in Samples(8))
        {
            Assert.Equal(values.Order().ElementAt(4), RankSearch.MedianOfEight(values));
        }
    }

    [Fact]
    public void The_middle_half_is_averaged_at_every_length()
    {
        Assert.Equal(0, RankSearch.MidMean([]));
        for (int length = 1; length <= 100; length++)
        {
            foreach (float[] values in Samples(length))
            {
                float[] before = [.. values];
                double expected = values.Order().Skip(length / 4).SkipLast(length / 4).Average(v => (double)v);
                Assert.Equal(expected, RankSearch.MidMean(values), 1e-6 * Math.Max(1, values.Max(MathF.Abs)));
                Assert.Equal(before, values);
            }
        }
    }

    [Fact]
    public void Ranks_that_there_are_not_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RankSearch.Find([1, 2], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankSearch.Find([1, 2], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankSearch.Find([], 0));
    }

    /// <summary>Continuous values, a few steps with many ties, one value, and numbers of every magnitude.</summary>
    private static float[][] Samples(int length)
    {
        var random = new Random(length);
        return
        [
            [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() - 0.5f) * 10)],
            [.. Enumerable.Range(0, length).Select(_ => (float)random.Next(-2, 3))],
            [.. Enumerable.Repeat(-7.5f, length)],
            [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-44, 38)))],
            [.. Enumerable.Range(0, length).Select(i => i % 2 == 0 ? float.MaxValue : -float.MaxValue)],
        ];
    }
}
