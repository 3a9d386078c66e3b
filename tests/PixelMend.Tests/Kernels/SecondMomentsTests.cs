using PixelMend.Kernels;
using PixelMend.Simulation;
using Xunit;

namespace PixelMend.Tests.Kernels;

/// <summary>The one kernel that is no row operation, against its reference: on whole numbers, whose sums are exact in any order.</summary>
public class SecondMomentsTests
{
    [Theory]
    [InlineData(1, 8)]
    [InlineData(4, 8)]
    [InlineData(25, 16)]
    [InlineData(49, 240)]
    [InlineData(52, 24)]
    public void Equals_its_reference_on_and_right_of_the_diagonal(int values, int count)
    {
        int padded = SecondMoments.Padded(values);
        int stride = count + 8;
        float[] samples = Draw(padded * stride);
        double[] expected = [.. Draw(padded * padded).Select(v => (double)v)];
        double[] actual = [.. expected];
        SecondMoments.Reference(samples, stride, count, padded, expected);
        SecondMoments.Add(samples, stride, count, padded, actual);
        for (int i = 0; i < padded; i++)
        {
            Assert.Equal(expected.AsSpan((i * padded) + i, padded - i), actual.AsSpan((i * padded) + i, padded - i));
        }
    }

    [Theory]
    [InlineData(64, 8, 7, 4)]
    [InlineData(64, 8, 16, 4)]
    [InlineData(64, 8, 8, 5)]
    [InlineData(31, 8, 8, 4)]
    public void Other_lengths_are_refused(int samples, int stride, int count, int values) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SecondMoments.Add(new float[samples], stride, count, values, new double[64]));

    [Theory]
    [InlineData(1, 4)]
    [InlineData(4, 4)]
    [InlineData(49, 52)]
    public void Values_are_padded(int values, int padded) => Assert.Equal(padded, SecondMoments.Padded(values));

    private static float[] Draw(int length)
    {
        var random = new Random64(7, (ulong)length);
        return [.. Enumerable.Range(0, length).Select(_ => (float)((int)(random.Next() % 41) - 20))];
    }
}
