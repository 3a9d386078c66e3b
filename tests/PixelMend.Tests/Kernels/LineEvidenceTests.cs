using PixelMend.Kernels;
using PixelMend.Simulation;
using Xunit;

namespace PixelMend.Tests.Kernels;

public class LineEvidenceTests
{
    private const int Stride = 140;
    private const int Origin = Stride + 5;
    private const int Longest = 101;

    /// <summary>Ordinary margins, none, and the largest there can be.</summary>
    private static readonly ScreenMargin<ushort>[] Margins =
    [
        new(300, new(20, 6000), new(30, 4000), new(50, 2000), new(90, 500), 16384),
        new(0, new(0, 0), new(0, 0), new(0, 0), new(0, 0), 0),
        new(0, new(21845, 21845), new(21845, 21845), new(21845, 21845), new(21845, 21845), 21845),
    ];

    [Fact]
    public void Equals_its_reference_at_every_width_and_length()
    {
        foreach (int range in new[] { 3, 700, 65535 })
        {
            var random = new Random64(7);
            ushort[] codes = [.. Enumerable.Range(0, 3 * Stride).Select(_ => (ushort)(random.Next() % (ulong)(range + 1)))];
            foreach (ScreenMargin<ushort> margin in Margins)
            {
                foreach ((int before, int behind) in new[] { (-2, 2), (-Stride, Stride), (3, 3) })
                {
                    for (int length = 1; length <= Longest; length++)
                    {
                        var expected = new ushort[length];
                        LineEvidence.Reference(codes, Origin, before, behind, margin, expected);
                        Assert.Equal(expected, Result(r => LineEvidence.Run(codes, Origin, before, behind, margin, r)));
                        Assert.Equal(expected, Result(r => LineEvidence.Run<Sample<ushort>>(codes, Origin, before, behind, margin, r)));
                        foreach (
                            (int count, Action<ushort[]> run) in new (int, Action<ushort[]>)[]
                            {
                                (8, r => LineEvidence.Run<Samples128<ushort>>(codes, Origin, before, behind, margin, r)),
                                (16, r => LineEvidence.Run<Samples256<ushort>>(codes, Origin, before, behind, margin, r)),
                                (32, r => LineEvidence.Run<Samples512<ushort>>(codes, Origin, before, behind, margin, r)),
                            }
                        )
                        {
                            if (length >= count)
                            {
                                Assert.Equal(expected, Result(run));
                            }
                        }

                        ushort[] Result(Action<ushort[]> run)
                        {
                            var result = new ushort[length];
                            run(result);
                            return result;
                        }
                    }
                }
            }
        }
    }

    /// <summary>Beside neighbours of 1000 and 1040 a margin of 20 + 40 / 4 counts, once and three times.</summary>
    [Theory]
    [InlineData(1020, 2)]
    [InlineData(1050, 2)]
    [InlineData(1051, 3)]
    [InlineData(1110, 3)]
    [InlineData(1111, 4)]
    [InlineData(989, 1)]
    [InlineData(929, 0)]
    public void Steps_are_at_one_and_three_margins(int code, int step)
    {
        ScreenMargin<ushort> margin = Margins[0] with { Black = 1000 };
        var result = new ushort[1];
        LineEvidence.Run([1000, (ushort)code, 1040], 1, -1, 1, margin, result);
        Assert.Equal(step, result[0]);
    }
}
