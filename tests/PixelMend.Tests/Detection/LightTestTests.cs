using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;
using PixelMend.Prediction;
using PixelMend.Tests.Mosaics;
using Xunit;

namespace PixelMend.Tests.Detection;

/// <summary>Points of light against single bright photosites.</summary>
public class LightTestTests
{
    private const int Size = 33;
    private const int Centre = 16;
    private const double Background = 500;
    private const double Flux = 2500;
    private const float Allowed = 0.01f;

    public static TheoryData<string> Cfas => ["MONO", "RGGB", "GRBG", "QUAD-RGGB", "XTRANS", "RGWB"];

    [Theory]
    [MemberData(nameof(Cfas))]
    public void Points_of_light_are_mostly_explained_wherever_they_fall(string cfa)
    {
        foreach (double width in new[] { 0.5, 0.65, 0.9 })
        {
            for (double px = -0.5; px <= 0.5; px += 0.2)
            {
                for (double py = -0.5; py <= 0.5; py += 0.2)
                {
                    RawFrame frame = Star(cfa, px, py, width);
                    float excess = frame.Signal(Centre, Centre) - frame.Signal(0, 0);
                    Assert.InRange(Explained(frame), 0.5f * excess, 5f * excess);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cfas))]
    public void Single_bright_photosites_are_not(string cfa)
    {
        RawFrame frame = Mosaic.Of(cfa, Size, Size, (x, y) => (x, y) == (Centre, Centre) ? 3500 : Background);
        Assert.Equal(0, Explained(frame), 1e-6f);
    }

    [Theory]
    [MemberData(nameof(Cfas))]
    public void Bright_neighbours_in_a_row_are_no_point(string cfa)
    {
        RawFrame frame = Mosaic.Of(cfa, Size, Size, (x, y) => y == Centre && x is >= Centre and <= Centre + 1 ? 3500 : Background);
        Assert.InRange(Explained(frame), 0, 0.1f * (frame.Signal(Centre, Centre) - frame.Signal(0, 0)));
    }

    [Fact]
    public void Known_defects_are_no_witnesses()
    {
        RawFrame star = Star("MONO", 0, 0, 0.65);
        var around = Mosaic.Block(new Area(Centre - 1, Centre - 1, 3, 3)).Where(s => s != (Centre, Centre));
        Assert.Equal(0, Explained(star, Mosaic.Map(star, around)));
    }

    private static float Explained(RawFrame frame, DefectMap? known = null)
    {
        var view = new MosaicView(frame);
        var suspects = new Suspects(view, known ?? DefectMap.Empty(Size, Size));
        float[] gains = [.. Enumerable.Repeat(frame.Signal(0, 0), frame.Cfa.PhaseCount)];
        return new LightTest(view, new LocalExcess(view, suspects), gains).Explained(Centre, Centre, Allowed);
    }

    private static RawFrame Star(string cfa, double px, double py, double width)
    {
        double Share(double distance)
        {
            const int parts = 32;
            return Enumerable
                .Range(0, parts)
                .Average(i =>
                    Math.Exp(-0.5 * Math.Pow((distance - 0.5 + ((i + 0.5) / parts)) / width, 2)) / (width * Math.Sqrt(2 * Math.PI))
                );
        }

        return Mosaic.Of(cfa, Size, Size, (x, y) => Background + (Flux * Share(x - Centre - px) * Share(y - Centre - py)));
    }
}
