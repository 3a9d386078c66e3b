using PixelMend.Defects;
using Xunit;

namespace PixelMend.Tests.Defects;

public class DefectKindsTests
{
    [Fact]
    public void Every_combination_of_kinds_is_read_back()
    {
        for (int bits = 0; bits < 1 << DefectKinds.All.Count; bits++)
        {
            Assert.True(DefectKinds.TryParse(DefectKinds.NameOf((DefectKind)bits), out DefectKind kind));
            Assert.Equal((DefectKind)bits, kind);
        }
    }

    [Fact]
    public void Every_kind_has_a_name() =>
        Assert.Equal(Enum.GetValues<DefectKind>().Where(k => k != DefectKind.Unknown), DefectKinds.All.Select(k => k.Kind));

    [Theory]
    [InlineData("", DefectKind.Unknown)]
    [InlineData("unknown", DefectKind.Unknown)]
    [InlineData(" HOT + noisy ", DefectKind.Hot | DefectKind.Noisy)]
    [InlineData("low-response", DefectKind.LowResponse)]
    public void Case_and_spaces_do_not_matter(string text, DefectKind expected)
    {
        Assert.True(DefectKinds.TryParse(text, out DefectKind kind));
        Assert.Equal(expected, kind);
    }

    [Theory]
    [InlineData("hott")]
    [InlineData("hot+purple")]
    [InlineData("hot,dead")]
    public void Other_words_are_refused(string text) => Assert.False(DefectKinds.TryParse(text, out _));
}
