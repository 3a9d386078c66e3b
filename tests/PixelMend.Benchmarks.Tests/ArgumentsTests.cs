using Xunit;

namespace PixelMend.Benchmarks.Tests;

public class ArgumentsTests
{
    [Fact]
    public void Files_and_options_are_told_apart()
    {
        var given = Arguments.Parse(["a.dng", "--seeds", "5,6,7", "--raw", "width=4,height=2,depth=8", "b.dng", "--into", "page.md"]);
        Assert.Equal(["a.dng", "b.dng"], given.Files);
        Assert.Equal([5, 6, 7], given.Seeds);
        Assert.Equal(4, given.Reading.Raw!.Width);
        Assert.Equal("page.md", given.Into);
    }

    [Theory]
    [InlineData("--colour")]
    [InlineData("--seeds")]
    [InlineData("--seeds", "one")]
    [InlineData("--raw", "width=4")]
    public void What_makes_no_sense_is_refused(params string[] words) => Assert.Throws<FormatException>(() => Arguments.Parse(words));
}
