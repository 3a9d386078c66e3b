using PixelMend.Simulation;
using Xunit;

namespace PixelMend.Tests.Simulation;

public class Random64Tests
{
    /// <summary>Computed with an independent implementation of SplitMix64 and xoshiro256**: samples rendered today must render the same for ever.</summary>
    [Fact]
    public void Numbers_never_change()
    {
        var random = new Random64(1, 2, 3);
        Assert.Equal(
            [0x5EF64063A9F8127BUL, 0x9E5E7C9713654168UL, 0x992FEBD7E9A7C8CBUL, 0x0BBE56A12AEEE8D9UL],
            [random.Next(), random.Next(), random.Next(), random.Next()]
        );
        Assert.Equal(0xE220A8397B1DCDAFUL, Random64.Mix(0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.02)]
    [InlineData(1.5)]
    [InlineData(12)]
    [InlineData(39.9)]
    [InlineData(40)]
    [InlineData(150)]
    [InlineData(900)]
    public void Poisson_counts_follow_the_distribution(double mean)
    {
        const int draws = 400_000;
        var random = new Random64(5);
        var seen = new int[(int)(mean + (12 * Math.Sqrt(mean + 1)) + 12)];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; i++)
        {
            double count = random.Poisson(mean);
            seen[(int)count]++;
            sum += count;
            squares += (count - mean) * (count - mean);
        }

        // Kolmogorov–Smirnov: beyond 1.95 / √n one correct generator in a thousand would fail; the seed is fixed.
        // In logarithms, because e to the −900 is no double.
        double logarithm = -mean;
        double expected = 0;
        double observed = 0;
        for (int k = 0; k < seen.Length; k++)
        {
            expected += Math.Exp(logarithm);
            observed += (double)seen[k] / draws;
            logarithm += Math.Log(mean / (k + 1));
            Assert.InRange(observed - expected, -1.95 / Math.Sqrt(draws), 1.95 / Math.Sqrt(draws));
        }

        Assert.InRange(sum / draws, mean - (4 * Math.Sqrt(mean / draws)), mean + (4 * Math.Sqrt(mean / draws)));
        Bench.Near(mean, squares / draws, mean < 1 ? 0.05 : 0.01);
    }

    [Fact]
    public void Gaussian_numbers_have_the_moments_of_a_normal_distribution()
    {
        var random = new Random64(6);
        double[] values = [.. Enumerable.Range(0, 400_000).Select(_ => random.Gaussian())];
        Assert.InRange(values.Average(), -0.005, 0.005);
        Bench.Near(1, Bench.Variance(values), 0.01);
        Bench.Near(3, values.Average(v => v * v * v * v), 0.02);
    }
}
