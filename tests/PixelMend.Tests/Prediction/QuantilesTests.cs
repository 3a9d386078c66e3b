using CsCheck;
using PixelMend.Prediction;
using Xunit;

namespace PixelMend.Tests.Prediction;

public class QuantilesTests
{
    [Fact]
    public void Select_finds_what_sorting_finds() =>
        Gen.Select(Gen.Float[-10, 10].Array[1, 60], Gen.Double[0, 1])
            .Sample(
                (values, q) =>
                {
                    // Rounded, so that many are equal.
                    float[] rounded = [.. values.Select(v => MathF.Round(v))];
                    float[] sorted = [.. rounded.Order()];
                    int rank = Math.Min((int)(q * sorted.Length), sorted.Length - 1);
                    Assert.Equal(sorted[rank], Quantiles.Select(rounded, q));
                    Assert.Equal(sorted, rounded.Order());
                },
                iter: 2000
            );

    [Fact]
    public void Sorting_is_what_the_library_does() =>
        Gen.Float[-100, 100]
            .Array[0, 200]
            .Sample(
                values =>
                {
                    // Some rounded, so that many are equal.
                    float[] sorted = [.. values.Select((v, i) => i % 3 == 0 ? v : MathF.Round(v))];
                    float[] expected = [.. sorted.Order()];
                    Quantiles.Sort(sorted);
                    Assert.Equal(expected, sorted);
                },
                iter: 1000
            );

    [Fact]
    public void Of_nothing_is_zero() => Assert.Equal(0, Quantiles.Median([]));
}
