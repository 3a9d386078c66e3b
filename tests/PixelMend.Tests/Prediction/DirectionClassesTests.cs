using PixelMend.Frames;
using PixelMend.Prediction;
using PixelMend.Tests.Mosaics;
using Xunit;

namespace PixelMend.Tests.Prediction;

public class DirectionClassesTests
{
    public static TheoryData<string> Cfas => ["MONO", "RGGB", "QUAD-RGGB", "XTRANS", "RGWB", "12/34"];

    [Theory]
    [MemberData(nameof(Cfas))]
    public void Edges_of_four_directions_are_four_classes(string text)
    {
        var cfa = CfaPattern.Parse(text);
        Offset[] steps = Patch.Steps(3);
        for (int phase = 0; phase < cfa.PhaseCount; phase++)
        {
            var classes = new DirectionClasses(cfa, phase, steps);
            int ClassOf(Func<Offset, bool> bright) => classes.Of([.. steps.Select(s => bright(s) ? 0.8f : 0.2f)], 1);
            int[] found = [ClassOf(s => s.Dx > 0), ClassOf(s => s.Dy > 0), ClassOf(s => s.Dx > s.Dy), ClassOf(s => s.Dx > -s.Dy)];
            Assert.Equal(4, found.Select(c => c / (DirectionClasses.Count / 4)).Distinct().Count());
            Assert.All(found, c => Assert.InRange(c, 0, DirectionClasses.Count - 1));
        }
    }

    [Fact]
    public void Flat_places_and_their_noise_are_one_thing()
    {
        Offset[] steps = Patch.Steps(3);
        var classes = new DirectionClasses(CfaPattern.Parse("RGGB"), 0, steps);
        float[] values = [.. steps.Select(s => 0.4f + (s.Dx * 1e-4f))];
        Assert.Equal(classes.Of([.. steps.Select(_ => 0.4f)], 1) % 3, classes.Of(values, 1) % 3);
    }

    [Fact]
    public void Scaled_patches_stay_in_their_class()
    {
        Offset[] steps = Patch.Steps(3);
        var classes = new DirectionClasses(CfaPattern.XTrans, 7, steps);
        RawFrame frame = Mosaic.Simulated("XTRANS", 40, 30, "fabric");
        for (int x = 6; x < 30; x++)
        {
            float[] values = [.. steps.Select(s => frame.Signal(x + s.Dx, 13 + s.Dy))];
            Assert.Equal(classes.Of(values, 1), classes.Of([.. values.Select(v => (v - 0.25f) / 0.125f)], 0.125f));
        }
    }

    [Fact]
    public void Samples_are_sorted_as_single_patches_are()
    {
        var view = new MosaicView(Mosaic.Simulated("RGGB", 60, 40, "fabric"));
        var layout = new PhaseLayout(view.Width, view.Height, view.Cfa);
        using var stripes = new Stripes(view, layout, new Fills(view.Height, []), clamp: false, Patch.Steps(3), Mosaic.OneThread);
        using PatchSamples samples = PatchSamples.Draw(stripes, 1, 301);
        var classes = new DirectionClasses(view.Cfa, 1, stripes.Steps);
        int[] sorted = classes.Of(samples);
        Assert.True(sorted.Distinct().Count() > 4);
        Assert.Equal(Enumerable.Range(0, samples.Count).Select(k => classes.Of(samples.Row(k), samples.Spreads[k])), sorted);
    }
}
