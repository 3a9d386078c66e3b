using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;
using PixelMend.Prediction;
using Xunit;

namespace PixelMend.Tests.Detection;

public class ThinLineTestTests
{
    private const int Size = 33;
    private const int Centre = 16;
    private const ushort Background = 1000;
    private const ushort Bright = 6000;

    public static TheoryData<string, int, int> Lines =>
        new()
        {
            { "MONO", 1, 0 },
            { "MONO", 2, 1 },
            { "RGGB", 2, 0 },
            { "RGGB", 4, 2 },
            { "RGGB", -4, 2 },
            { "RGGB", 2, 4 },
        };

    [Theory]
    [MemberData(nameof(Lines))]
    public void What_stands_out_on_both_sides_alike_is_explained(string cfa, int dx, int dy)
    {
        var codes = Flat();
        for (int k = -3; k <= 3; k++)
        {
            codes[Centre + (k * dx), Centre + (k * dy)] = Bright;
        }

        Assert.Equal(0, Unexplained(codes, cfa), 3);
    }

    [Theory]
    [InlineData("MONO")]
    [InlineData("RGGB")]
    [InlineData("XTRANS")]
    public void A_lone_photosite_is_not(string cfa)
    {
        Plane<ushort> codes = Flat();
        codes[Centre, Centre] = Bright;
        Assert.Equal(1, Unexplained(codes, cfa));
    }

    [Fact]
    public void One_side_alone_explains_nothing()
    {
        Plane<ushort> codes = Flat();
        codes[Centre, Centre] = Bright;
        codes[Centre + 2, Centre] = Bright;
        Assert.Equal(1, Unexplained(codes, "RGGB"));
    }

    private static Plane<ushort> Flat()
    {
        var codes = new Plane<ushort>(Size, Size);
        codes.Samples.AsSpan().Fill(Background);
        return codes;
    }

    private static float Unexplained(Plane<ushort> codes, string cfa)
    {
        var frame = new RawFrame(codes, 14, CfaPattern.Parse(cfa), new Levels(0, 16383));
        var view = new MosaicView(frame);
        var test = new ThinLineTest(view, new LocalExcess(view, new Suspects(view, DefectMap.Empty(Size, Size))));
        return test.Unexplained(Centre, Centre, (Bright - Background) / 16383f);
    }
}
