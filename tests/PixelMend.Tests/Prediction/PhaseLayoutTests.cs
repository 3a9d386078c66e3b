using PixelMend.Frames;
using PixelMend.Prediction;
using PixelMend.Tests.Mosaics;
using Xunit;

namespace PixelMend.Tests.Prediction;

public class PhaseLayoutTests
{
    public static TheoryData<string> Cfas => [.. Mosaic.Cfas];

    [Theory]
    [MemberData(nameof(Cfas))]
    public void A_step_is_one_offset_wherever_it_is_taken(string text)
    {
        var cfa = CfaPattern.Parse(text);
        for (int width = 1; width <= 40; width += 3)
        {
            var layout = new PhaseLayout(width, 20, cfa);
            for (int x = 0; x < width; x++)
            {
                for (int dx = -PhaseLayout.Reach; dx <= PhaseLayout.Reach; dx++)
                {
                    Assert.Equal(
                        layout.IndexOf(x + dx) + (3 * layout.RowStride),
                        layout.IndexOf(x) + layout.OffsetOf(x % cfa.Width, new Offset(dx, 3))
                    );
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cfas))]
    public void Every_column_has_a_place_of_its_own_within_the_row(string text)
    {
        var cfa = CfaPattern.Parse(text);
        for (int width = 1; width <= 40; width++)
        {
            var layout = new PhaseLayout(width, 20, cfa);
            int[] places = [.. Enumerable.Range(-PhaseLayout.Reach, width + (2 * PhaseLayout.Reach)).Select(layout.IndexOf)];
            Assert.Equal(places.Length, places.Distinct().Count());
            Assert.All(places, p => Assert.InRange(p, 0, layout.RowStride - 1));
        }
    }

    [Theory]
    [MemberData(nameof(Cfas))]
    public void A_band_holds_the_frame_mirrored_at_its_borders(string text)
    {
        const int height = 13;
        foreach (int width in new[] { 1, 2, 5, 9, 22 })
        {
            RawFrame frame = Mosaic.Of(text, width, height, (x, y) => 300 + (100 * y) + x);
            var view = new MosaicView(frame);
            var layout = new PhaseLayout(width, height, view.Cfa);
            var band = new MosaicBand(view, layout, 5, PhaseLayout.Reach);
            band.Load(4, 5, new Fills(height, [new Fill(0, 6, 0.25f)]));
            for (int y = 4 - PhaseLayout.Reach; y < 9 + PhaseLayout.Reach; y++)
            {
                for (int x = -PhaseLayout.Reach; x < width + PhaseLayout.Reach; x++)
                {
                    int mx = PhaseLayout.Mirror(x, width, view.Cfa.Width);
                    int my = PhaseLayout.Mirror(y, height, view.Cfa.Height);
                    float expected = (mx, my) == (0, 6) ? 0.25f : frame.Signal(mx, my);
                    Assert.Equal(expected, band.Signal[band.IndexOf(x, y)], 1e-6f);
                }
            }

            Assert.Equal(frame.Signal(0, 6), band.Raw[band.IndexOf(0, 6)], 1e-6f);
        }
    }

    [Theory]
    [InlineData("RGGB")]
    [InlineData("XTRANS")]
    [InlineData("MONO")]
    public void A_band_that_goes_on_holds_what_one_loaded_there_holds(string text)
    {
        const int width = 21;
        const int height = 24;
        const int around = 3;
        RawFrame frame = Mosaic.Of(text, width, height, (x, y) => 300 + (100 * y) + x);
        var view = new MosaicView(frame);
        var layout = new PhaseLayout(width, height, view.Cfa);
        var fills = new Fills(height, [new Fill(3, 6, 0.25f), new Fill(4, 9, 0.5f), new Fill(20, 17, 0.75f)]);
        var band = new MosaicBand(view, layout, 6, PhaseLayout.Reach);
        float[] computed = band.NewBuffer(6);
        band.Load(0, 6, around, fills);
        for (int top = 0; top < height; top += 6)
        {
            if (top > 0)
            {
                band.Advance(6, around, fills, (computed, 1));
                Assert.Equal(
                    band.Signal.AsSpan(band.RowStart(top), layout.RowStride),
                    computed.AsSpan(band.RowStart(top), layout.RowStride)
                );
            }

            var other = new MosaicBand(view, layout, 6, PhaseLayout.Reach);
            other.Load(top, 6, around, fills);
            Range rows = band.RowStart(top - around)..band.RowStart(top + 6 + around);
            Assert.Equal(other.Signal[rows], band.Signal[rows]);
            Assert.Equal(other.Raw[rows], band.Raw[rows]);
            band.Signal.CopyTo(computed, 0);
        }
    }

    [Fact]
    public void Mirrored_places_lie_inside_and_keep_their_phase()
    {
        for (int period = 1; period <= 12; period++)
        {
            for (int length = 1; length <= 40; length++)
            {
                for (int i = -20; i < length + 20; i++)
                {
                    int inside = PhaseLayout.Mirror(i, length, period);
                    Assert.InRange(inside, 0, length - 1);
                    if (length >= period)
                    {
                        Assert.Equal(0, (inside - i) % period);
                    }

                    if (i >= 0 && i < length)
                    {
                        Assert.Equal(i, inside);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cfas))]
    public void Rings_do_not_touch_and_opposites_come_in_pairs(string text)
    {
        var cfa = CfaPattern.Parse(text);
        for (int y = 0; y < cfa.Height; y++)
        {
            for (int x = 0; x < cfa.Width; x++)
            {
                Offset[] ring = PhaseSteps.RingOf(cfa, x, y);
                Assert.Equal(8, ring.Length);
                Assert.All(ring, s => Assert.InRange(s.Distance, 2, PhaseLayout.Reach));
                Assert.All(ring, s => Assert.Equal(cfa[x, y], cfa[x + s.Dx, y + s.Dy]));
            }
        }

        var layout = new PhaseLayout(60, 60, cfa);
        var opposites = PhaseSteps.Opposites(layout);
        for (int phase = 0; phase < cfa.PhaseCount; phase++)
        {
            int[] offsets = opposites.Of(phase % cfa.Width, phase / cfa.Width).ToArray();
            Assert.Equal(0, offsets.Length % 2);
            Assert.Equal(offsets.Length, offsets.Distinct().Count());
        }
    }
}
