using PixelMend.Prediction;
using PixelMend.Simulation;
using Xunit;

namespace PixelMend.Tests.Prediction;

public class CholeskyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(22)]
    [InlineData(39)]
    [InlineData(48)]
    public void Solutions_give_the_right_side_back(int n)
    {
        (double[] matrix, double[] right) = Draw(n);
        double[] solution = [.. right];
        Cholesky.Solve((double[])matrix.Clone(), n, solution);
        for (int i = 0; i < n; i++)
        {
            double sum = Enumerable.Range(0, n).Sum(j => matrix[(i * n) + j] * solution[j]);
            Assert.Equal(right[i], sum, 1e-8);
        }
    }

    [Fact]
    public void Only_the_upper_triangle_is_read()
    {
        (double[] matrix, double[] right) = Draw(5);
        double[] expected = [.. right];
        Cholesky.Solve((double[])matrix.Clone(), 5, expected);
        for (int i = 0; i < 5; i++)
        {
            matrix.AsSpan(i * 5, i).Fill(double.NaN);
        }

        Cholesky.Solve(matrix, 5, right);
        Assert.Equal(expected, right);
    }

    [Fact]
    public void A_redundant_unknown_gets_no_weight()
    {
        double[] right = [3, 3, 1];
        Cholesky.Solve([1, 1, 0, 1, 1, 0, 0, 0, 1], 3, right);
        Assert.Equal([3, 0, 1], right.Select(v => Math.Round(v, 9)));
    }

    private static (double[] Matrix, double[] Right) Draw(int n)
    {
        var random = new Random64(9, (ulong)n);
        var factor = new double[n * n];
        var right = new double[n];
        for (int i = 0; i < factor.Length; i++)
        {
            factor[i] = random.Gaussian();
        }

        for (int i = 0; i < n; i++)
        {
            right[i] = random.Gaussian();
        }

        var matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                matrix[(i * n) + j] = Enumerable.Range(0, n).Sum(k => factor[(i * n) + k] * factor[(j * n) + k]) + (i == j ? 1 : 0);
            }
        }

        return (matrix, right);
    }
}
