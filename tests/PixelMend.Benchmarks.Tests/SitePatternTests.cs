using PixelMend.Benchmarks.Trials;
using PixelMend.Defects;
using PixelMend.Evaluation;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Benchmarks.Tests;

public class SitePatternTests
{
    public static TheoryData<string, int, int> Patterns =>
        new()
        {
            { "isolated", 1, 1 },
            { "same-colour couplet", 2, 2 },
            { "adjacent couplet", 2, 2 },
            { "2 × 2", 4, 4 },
            { "centre of 3 × 3", 9, 1 },
        };

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Groups_have_their_size_and_do_not_meet(string name, int missing, int scored)
    {
        RawFrame frame = WitnessFrame.Busy("RGGB", seed: 1);
        SitePattern pattern = SitePattern.All.Single(p => p.Name == name);
        MissingGroup[] groups = [.. pattern.Place(frame, new Random(1))];
        Assert.NotEmpty(groups);
        Assert.All(groups, g => Assert.Equal((missing, scored), (g.Missing.Count, g.Scored.Count)));
        Assert.All(
            groups,
            g =>
                Assert.All(
                    groups.Where(h => h != g),
                    h =>
                        Assert.All(
                            g.Missing,
                            a => Assert.All(h.Missing, b => Assert.True(new Offset(a.Dx - b.Dx, a.Dy - b.Dy).Distance > 3))
                        )
                )
        );
    }

    [Theory]
    [InlineData("MONO")]
    [InlineData("GRBG")]
    [InlineData("QUAD-RGGB")]
    [InlineData("NONA-RGGB")]
    [InlineData("XTRANS")]
    public void Couplets_are_of_one_colour(string cfa)
    {
        RawFrame frame = WitnessFrame.Busy(cfa, seed: 1);
        Assert.All(
            SitePattern.Couplet.Place(frame, new Random(1)),
            g => Assert.Single(g.Missing.Select(o => frame.Cfa[o.Dx, o.Dy]).Distinct())
        );
    }

    [Fact]
    public void Columns_are_lines_from_end_to_end()
    {
        RawFrame frame = WitnessFrame.Busy("RGGB", seed: 1);
        DefectMap truth = SitePattern.Column.Into(frame, seed: 1).Truth;
        Assert.Empty(truth.Points);
        Assert.All(truth.Regions, r => Assert.Equal((0, 1, frame.Height), (r.Area.Top, r.Area.Width, r.Area.Height)));
    }

    [Fact]
    public void Missing_photosites_read_white_and_all_others_what_they_read()
    {
        RawFrame frame = WitnessFrame.Busy("RGGB", seed: 1);
        foreach (SitePattern pattern in SitePattern.All)
        {
            InjectedFrame broken = pattern.Into(frame, seed: 1);
            DefectMask missing = broken.Truth.ToMask();
            for (int y = 0; y < frame.Height; y++)
            {
                for (int x = 0; x < frame.Width; x++)
                {
                    Assert.Equal(missing[x, y] ? WitnessFrame.White : frame.Stored(x, y), broken.Broken.Stored(x, y));
                }
            }
        }
    }
}
