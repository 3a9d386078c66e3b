using PixelMend.Frames;
using PixelMend.Prediction;
using PixelMend.Simulation;
using PixelMend.Tests.Simulation;
using Xunit;

namespace PixelMend.Tests.Prediction;

public class NoiseScaleTests
{
    [Theory]
    [InlineData(1e-6, 2e-4)]
    [InlineData(4e-5, 1e-4)]
    [InlineData(1e-5, 0)]
    public void Poisson_and_Gaussian_parts_are_recovered(double offset, double slope)
    {
        var random = new Random64(11);
        var levels = new float[60_000];
        var residuals = new float[levels.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = (float)random.Uniform();
            residuals[i] = (float)Math.Abs(Math.Sqrt(offset + (slope * levels[i])) * random.Gaussian());
        }

        var noise = NoiseScale.Fit(new LevelOrder(levels), residuals, 0);
        foreach (double level in new[] { 0.1, 0.5, 0.9 })
        {
            Bench.Near(Math.Sqrt(offset + (slope * level)), noise.Sigma(level), 0.03);
        }
    }

    [Fact]
    public void Calm_places_show_the_noise_where_most_are_busy()
    {
        const double sigma = 0.01;
        var random = new Random64(12);
        var levels = new float[60_000];
        var residuals = new float[levels.Length];
        var activities = new float[levels.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            float busy = i % 5 < 2 ? 0 : 1 + (float)random.Uniform();
            levels[i] = (float)random.Uniform();
            activities[i] = busy + (0.1f * (float)random.Uniform());
            residuals[i] = (float)Math.Abs(sigma * (1 + busy) * random.Gaussian());
        }

        Bench.Near(sigma, NoiseScale.FitCalm(new LevelOrder(levels), residuals, activities, 0).Sigma(0.5), 0.15);
        Assert.True(NoiseScale.Fit(new LevelOrder(levels), residuals, 0).Sigma(0.5) > 1.5 * sigma);
    }

    [Fact]
    public void No_less_than_rounding_to_codes()
    {
        var noise = NoiseScale.Fit(new LevelOrder(new float[1000]), new float[1000], 0.01);
        Assert.Equal(0.01 / Math.Sqrt(12), noise.Sigma(0.5), 1e-9);
        Assert.Equal(0.01 / Math.Sqrt(12), NoiseScale.Fit(new LevelOrder([]), [], 0.01).Sigma(0), 1e-9);
    }

    [Theory]
    [InlineData(1e-4, 1e-6, true)] // a little less than what is seen
    [InlineData(3e-4, 3e-6, false)] // more than is there: the noise was filtered away
    [InlineData(2e-5, 2e-7, false)] // so much less that detail is everywhere
    public void Declared_noise_counts_where_it_can_be(double slope, double offset, bool used)
    {
        var seen = new NoiseScale(2e-6, 2e-4);
        var declared = new NoiseScale(offset, slope);
        Assert.Equal(used ? declared : seen, seen.Given([new NoiseProfile(slope, offset)], 0.3, 1e-4));
    }

    [Fact]
    public void Nothing_declared_changes_nothing()
    {
        var seen = new NoiseScale(2e-6, 2e-4);
        Assert.Equal(seen, seen.Given([], 0.3, 1e-4));
    }

    [Fact]
    public void Declared_noise_is_no_less_than_that_of_rounding() =>
        Assert.Equal(0.12 / 12, new NoiseScale(0.02, 0).Given([new NoiseProfile(0, 0.009)], 0.3, Math.Sqrt(0.12)).Offset, 6);
}
