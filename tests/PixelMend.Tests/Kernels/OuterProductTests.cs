using PixelMend.Kernels;
using Xunit;

namespace PixelMend.Tests.Kernels;

/// <summary>The one kernel that is no row operation: every width against its reference, on its padded lengths.</summary>
public class OuterProductTests
{
    private delegate void Operation(in FourRows rows, int values, Span<float> moments);

    private static readonly Dictionary<string, Operation> Widths = new(StringComparer.Ordinal)
    {
        ["16"] = OuterProduct.Add<Lanes16>,
        ["8"] = OuterProduct.Add<Lanes8>,
        ["4"] = OuterProduct.Add<Lanes4>,
        ["1"] = OuterProduct.Add<Lane>,
        ["widest"] = OuterProduct.Add,
    };

    public static TheoryData<string> AllWidths => [.. Widths.Keys];

    [Theory]
    [MemberData(nameof(AllWidths))]
    public void Equals_its_reference_and_leaves_what_lies_left_of_the_diagonal(string width)
    {
        foreach (int values in new[] { 1, 16, 25, 32, 33, 49, 64 })
        {
            int length = OuterProduct.Padded(values);
            for (ulong seed = 0; seed < 5; seed++)
            {
                float[] before = new KernelInputs(length * length, seed).A;
                float[] expected = [.. before];
                float[] actual = [.. before];
                OuterProduct.Reference(Rows(length, seed), values, expected);
                Widths[width](Rows(length, seed), values, actual);
                Assert.Equal(expected, actual);
                for (int i = 0; i < values; i++)
                {
                    int first = (i * length) + (i / OuterProduct.Alignment * OuterProduct.Alignment);
                    Assert.Equal(before[(i * length)..first], actual[(i * length)..first]);
                }
            }
        }
    }

    [Fact]
    public void A_weight_of_zero_leaves_its_row_out()
    {
        float[] ones = [.. Enumerable.Repeat(1f, 16)];
        var moments = new float[256];
        var rows = new FourRows
        {
            A = ones,
            B = ones,
            C = ones,
            D = ones,
            WeightA = 2,
            WeightB = 0,
            WeightC = 0.5f,
            WeightD = 0,
        };
        OuterProduct.Add(rows, 16, moments);
        Assert.All(moments, m => Assert.Equal(2.5f, m));
    }

    [Theory]
    [InlineData(15, 15, 256)]
    [InlineData(16, 16, 255)]
    [InlineData(16, 17, 256)]
    [InlineData(16, 32, 1024)]
    public void Other_lengths_are_refused(int rowLength, int values, int moments) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OuterProduct.Add(Rows(rowLength, 1), values, new float[moments]));

    [Theory]
    [InlineData(1, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    [InlineData(49, 64)]
    public void Rows_are_padded_to_whole_lanes(int values, int padded) => Assert.Equal(padded, OuterProduct.Padded(values));

    private static FourRows Rows(int length, ulong seed)
    {
        var one = new KernelInputs(length, seed);
        var other = new KernelInputs(length, seed + 100);
        return new FourRows
        {
            A = one.A,
            B = one.B,
            C = other.A,
            D = other.B,
            WeightA = 1,
            WeightB = 0.3f,
            WeightC = 0,
            WeightD = one.Factor,
        };
    }
}
