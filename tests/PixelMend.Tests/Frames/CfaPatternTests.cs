using PixelMend.Frames;
using Xunit;

namespace PixelMend.Tests.Frames;

public class CfaPatternTests
{
    public static TheoryData<string, int, int> Known =>
        new()
        {
            { "MONO", 1, 1 },
            { "RGGB", 2, 2 },
            { "RG/GB", 2, 2 },
            { "QUAD-GRBG", 4, 4 },
            { "NONA-RGGB", 6, 6 },
            { "XTRANS", 6, 6 },
            { "RGBW", 2, 2 },
            { "RGWB/GRBW", 4, 2 },
            { "GG/GG", 1, 1 },
            { "RR/RR", 1, 1 },
            { "RG/GI", 2, 2 },
            { "RGB/RGB", 3, 1 },
            { "R/G/B/W", 1, 4 },
        };

    [Theory]
    [MemberData(nameof(Known))]
    public void Parse_finds_the_smallest_period(string text, int width, int height)
    {
        CfaPattern pattern = CfaPattern.Parse(text);
        Assert.Equal((width, height), (pattern.Width, pattern.Height));
        Assert.Equal(pattern, CfaPattern.Parse(pattern.ToString()));
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void Neighbors_have_the_same_colour_nearest_first(string text, int width, int height)
    {
        CfaPattern pattern = CfaPattern.Parse(text);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                ReadOnlySpan<Offset> steps = pattern.Neighbors(x, y);
                Assert.True(steps.Length >= 8);
                int last = 0;
                foreach (Offset step in steps)
                {
                    Assert.Equal(pattern[x, y], pattern[x + step.Dx, y + step.Dy]);
                    Assert.True(step.SquaredLength >= last);
                    last = step.SquaredLength;
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void Shift_sees_the_same_mosaic_from_another_origin(string text, int width, int height)
    {
        CfaPattern pattern = CfaPattern.Parse(text);
        for (int i = 0; i < width * height * 4; i++)
        {
            (int dx, int dy) = (i % (2 * width), i / (2 * width));
            CfaPattern crop = pattern.Shift(dx, dy);
            Assert.Equal(pattern[dx + 3, dy + 1], crop[3, 1]);
            Assert.Equal(pattern, crop.Shift(-dx, -dy));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("RG/G")]
    [InlineData("RG G")]
    [InlineData("RGGBRGGBRGGBRGGBR")]
    [InlineData("BAYER")]
    [InlineData("XTRAN")]
    [InlineData("NOPE")]
    [InlineData("RGGI")]
    [InlineData("QUAD-MONO8")]
    public void Parse_refuses_what_is_not_a_pattern(string text) => Assert.Throws<FormatException>(() => CfaPattern.Parse(text));
}
