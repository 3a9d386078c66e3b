using PixelMend.Frames;
using PixelMend.Prediction;
using PixelMend.Simulation;
using PixelMend.Tests.Mosaics;
using Xunit;

namespace PixelMend.Tests.Prediction;

/// <summary>The solve against plain least squares on the same patches.</summary>
public class PatchCovarianceTests
{
    private static readonly Offset[] Steps = Patch.Steps(1);

    public static TheoryData<int[]> Patterns =>
        new() { new[] { 0, 1, 2, 3, 4, 5, 6, 7 }, new[] { 0, 1, 2, 3 }, new[] { 1, 4, 6 }, new[] { 5 } };

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Weights_sum_to_one_and_are_those_of_least_squares(int[] good)
    {
        PatchSamples samples = Draw(Noise(seed: 4));
        var weights = new double[good.Length];
        PatchCovariance covariance = All(samples);
        covariance.Solve(good, weights);
        double variance = covariance.Unexplained(good, weights);

        Assert.Equal(1, weights.Sum(), 1e-4);
        double[] expected = LeastSquares(samples, good);
        Assert.Equal(expected, weights, (e, a) => Math.Abs(e - a) < 2e-3);
        Assert.Equal(MeanSquare(samples, good, expected), variance, 1e-3);
    }

    [Fact]
    public void A_linear_relation_is_recovered()
    {
        // Every photosite is the mean of its left and right neighbours: slopes in x, anything in y.
        var random = new Random64(8);
        double[] slope = [.. Enumerable.Range(0, 60).Select(_ => 30 * random.Uniform())];
        double[] start = [.. Enumerable.Range(0, 60).Select(_ => 300 + (2000 * random.Uniform()))];
        PatchSamples samples = Draw(Floats(60, 60, (x, y) => start[y] + (slope[y] * x)));
        int[] sides = [.. Enumerable.Range(0, Steps.Length).Where(t => Steps[t].Dy == 0)];
        var weights = new double[2];
        PatchCovariance covariance = All(samples);
        covariance.Solve(sides, weights);
        double variance = covariance.Unexplained(sides, weights);
        Assert.Equal(0.5, weights[0], 1e-2);
        Assert.Equal(0.5, weights[1], 1e-2);
        Assert.InRange(variance, 0, 1e-3);
    }

    [Fact]
    public void Fewer_neighbours_explain_less()
    {
        PatchSamples samples = Draw(Noise(seed: 5));
        double last = 0;
        for (int n = Steps.Length; n >= 1; n--)
        {
            int[] good = [.. Enumerable.Range(0, n)];
            var weights = new double[n];
            PatchCovariance covariance = All(samples);
            covariance.Solve(good, weights);
            double variance = covariance.Unexplained(good, weights);
            Assert.True(variance >= last - 1e-6, $"{n}: {variance} after {last}");
            last = variance;
        }
    }

    [Fact]
    public void Mixing_is_linear()
    {
        PatchCovariance one = All(Draw(Noise(seed: 4)));
        PatchCovariance other = All(Draw(Floats(60, 60, (x, y) => (x * 17) + (y * y))));
        int[] all = [.. Enumerable.Range(0, Steps.Length)];
        var expected = new double[all.Length];
        var actual = new double[all.Length];
        one.Solve(all, expected);
        one.Mix(other, 1).Solve(all, actual);
        Assert.Equal(expected, actual);
        other.Solve(all, expected);
        one.Mix(other, 0).Solve(all, actual);
        Assert.Equal(expected, actual);
    }

    private static PatchCovariance All(PatchSamples samples) =>
        PatchCovariance.Of(samples, [.. Enumerable.Range(0, samples.Count)], [.. Enumerable.Repeat(1f, samples.Count)]);

    private static PatchSamples Draw(RawFrame frame)
    {
        var view = new MosaicView(frame);
        var layout = new PhaseLayout(view.Width, view.Height, view.Cfa);
        var stripes = new Stripes(view, layout, new Fills(view.Height, []), clamp: false, Patch.Steps(1), Mosaic.OneThread);
        return PatchSamples.Draw(stripes, 0, 2000);
    }

    /// <summary>Noise blurred so that neighbours resemble each other.</summary>
    private static RawFrame Noise(ulong seed)
    {
        var random = new Random64(seed);
        var white = new double[64 * 64];
        for (int i = 0; i < white.Length; i++)
        {
            white[i] = random.Gaussian();
        }

        double At(int x, int y) => white[(y * 64) + x];
        return Floats(
            60,
            60,
            (x, y) => 2000 + (200 * (At(x, y) + At(x + 1, y) + At(x, y + 1) + At(x + 2, y + 1) + (0.3 * At(x + 3, y + 3))))
        );
    }

    private static RawFrame Floats(int width, int height, Func<int, int, double> value)
    {
        var values = new Plane<float>(width, height);
        for (int i = 0; i < values.Samples.Length; i++)
        {
            values.Samples[i] = (float)value(i % width, i / width);
        }

        return new RawFrame(values, CfaPattern.Mono, Mosaic.Levels);
    }

    /// <summary>Least squares with weights that sum to one: the last good neighbour is subtracted from all, and the rest solved by elimination.</summary>
    private static double[] LeastSquares(PatchSamples samples, int[] good)
    {
        int n = good.Length - 1;
        var system = new double[n, n + 1];
        for (int k = 0; k < samples.Count; k++)
        {
            float[] row = samples.Row(k).ToArray();
            double last = row[good[^1]];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    system[i, j] += (row[good[i]] - last) * (row[good[j]] - last);
                }

                system[i, n] += (row[good[i]] - last) * (row[^1] - last);
            }
        }

        for (int i = 0; i < n; i++)
        {
            for (int other = 0; other < n; other++)
            {
                double factor = other == i ? 0 : system[other, i] / system[i, i];
                for (int j = 0; j <= n; j++)
                {
                    system[other, j] -= factor * system[i, j];
                }
            }
        }

        double[] weights = [.. Enumerable.Range(0, n).Select(i => system[i, n] / system[i, i])];
        return [.. weights, 1 - weights.Sum()];
    }

    private static double MeanSquare(PatchSamples samples, int[] good, double[] weights) =>
        Enumerable
            .Range(0, samples.Count)
            .Average(k =>
            {
                float[] row = samples.Row(k).ToArray();
                return Math.Pow(row[^1] - good.Select((g, i) => weights[i] * row[g]).Sum(), 2);
            });
}
