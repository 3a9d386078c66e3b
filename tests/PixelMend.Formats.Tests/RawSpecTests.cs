using CsCheck;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Formats.Tests;

public class RawSpecTests
{
    [Fact]
    public void Every_key_is_read()
    {
        RawSpec spec = RawSpec.Parse(
            "width=2592, height=1536,depth=10,cfa=GRBG,black=16.5,white=1000,stride=4000,offset=12,packing=mipi,endian=big"
        );
        Assert.Equal(
            new RawSpec
            {
                Width = 2592,
                Height = 1536,
                Depth = 10,
                Cfa = CfaPattern.Parse("GRBG"),
                Black = 16.5f,
                White = 1000,
                Stride = 4000,
                Offset = 12,
                Packing = RawPacking.Mipi,
                BigEndian = true,
            },
            spec
        );
    }

    [Fact]
    public void Defaults_are_mono_black_0_and_the_largest_code()
    {
        RawSpec spec = RawSpec.Parse("width=3,height=2,depth=12");
        Assert.Equal((CfaPattern.Mono, 0f, 4095f), (spec.Cfa, spec.Black, spec.EffectiveWhite));
    }

    [Theory]
    [InlineData("", "'' is not understood")]
    [InlineData("width=3,height=2", "depth is missing")]
    [InlineData("width=3,height=2,depth=8,colour=RGGB", "'colour=RGGB' is not understood: write key=value with the keys width")]
    [InlineData("width=3,height=2,depth=8,width=3", "width is given twice")]
    [InlineData("width=x,height=2,depth=8", "width=x is not a whole number from 1")]
    [InlineData("width=0,height=2,depth=8", "width=0 is not a whole number from 1")]
    [InlineData("width=-3,height=2,depth=8", "width=-3 is not a whole number from 1")]
    [InlineData("width=99999999999,height=2,depth=8", "width=99999999999 is not")]
    [InlineData("width=3,height=2,depth=17", "depth=17 is not a whole number from 1 to 16")]
    [InlineData("width=3,height=2,depth=8,cfa=R-G", "'R-G' is not a CFA")]
    [InlineData("width=3,height=2,depth=8,black=255", "white=255 must be above black=255")]
    [InlineData("width=3,height=2,depth=8,black=255,white=300", "black=255 leaves no code of 8 bits above it, the largest is 255")]
    [InlineData("width=3,height=2,depth=14,black=1e38,white=3e38", "black=1E+38 leaves no code of 14 bits above it")]
    [InlineData("width=3,height=2,depth=8,cfa=NOPE", "'NOPE' is not a CFA")]
    [InlineData("width=3,height=2,depth=8,white=256", "white=256 is beyond 255, the largest code of 8 bits")]
    [InlineData("width=3,height=2,depth=8,white=NaN", "white=NaN is not a number")]
    [InlineData("width=3,height=2,depth=8,stride=2", "stride=2 is less than the 3 bytes of a row")]
    [InlineData("width=3,height=2,depth=8,packing=mipi", "packing=mipi needs depth=10, 12 or 14, not 8")]
    [InlineData("width=3,height=2,depth=8,packing=zip", "packing=zip is not one of plain, mipi")]
    [InlineData("width=3,height=2,depth=8,endian=pdp", "endian=pdp is not one of little, big")]
    [InlineData("width=3,height=2,depth=8,offset=-1", "offset=-1 is not a whole number from 0")]
    public void What_is_wrong_is_named(string text, string message)
    {
        FormatException error = Assert.Throws<FormatException>(() => RawSpec.Parse(text));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_reads_back_as_the_same_geometry() =>
        Dumps.Specs.Sample(spec => RawSpec.Parse(spec.ToString()) == spec with { White = spec.EffectiveWhite });
}
