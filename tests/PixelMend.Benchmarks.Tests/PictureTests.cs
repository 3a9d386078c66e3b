using PixelMend.Benchmarks.Frames;
using PixelMend.Frames;
using PixelMend.Simulation;
using Xunit;

namespace PixelMend.Benchmarks.Tests;

public class PictureTests
{
    [Theory]
    [InlineData("RGGB", 4)]
    [InlineData("QUAD-RGGB", 4)]
    [InlineData("XTRANS", 6)]
    [InlineData("MONO", 4)]
    public void A_pixel_is_the_mean_of_each_colour_in_its_square(string cfa, int factor)
    {
        RawFrame frame = WitnessFrame.Busy(cfa, seed: 5);
        Picture picture = Picture.Shrink(new BenchFrame("busy", frame))!;
        Assert.Equal((frame.Width / factor, frame.Height / factor), (picture.Width, picture.Height));
        Assert.Equal(MeanOf(CfaColor.Red), picture.Pixels[2, 3].R, 1e-6);
        Assert.Equal(MeanOf(CfaColor.Green), picture.Pixels[2, 3].G, 1e-6);
        Assert.Equal(MeanOf(CfaColor.Blue), picture.Pixels[2, 3].B, 1e-6);

        double MeanOf(CfaColor color) =>
            Enumerable
                .Range(0, factor * factor)
                .Select(i => (X: (3 * factor) + (i % factor), Y: (2 * factor) + (i / factor)))
                .Where(s => frame.Cfa.IsMono || frame.Cfa[s.X, s.Y] == color)
                .Average(s => (frame.Stored(s.X, s.Y) - WitnessFrame.Black) / ((double)WitnessFrame.White - WitnessFrame.Black));
    }

    [Fact]
    public void Arrays_without_red_green_and_blue_make_no_picture() =>
        Assert.Null(Picture.Shrink(new BenchFrame("busy", WitnessFrame.Busy("12/34", seed: 5))));

    [Fact]
    public void A_photosite_sees_its_pixel_through_its_filter()
    {
        var pixels = new Rgb[60, 80];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i / 80, i % 80] = new Rgb(0.1 + (0.002 * (i % 80)), 0.3, 0.8 - (0.003 * (i / 80)));
        }

        var picture = new Picture("ramp", pixels);
        // So much light for a code, and no read noise, that what noise is left is far below one code.
        SensorModel sensor = PlainCamera.Sensor(CfaPattern.Parse("RGGB"), 12, 256, 4095, gain: 1e-9, readNoise: 0);
        RawFrame frame = PlainCamera.Take(picture, picture.AsScene(), sensor, 1, WitnessFrame.Threads);
        for (int i = 0; i < pixels.Length; i++)
        {
            (int x, int y) = (i % 80, i / 80);
            Rgb pixel = pixels[y, x];
            double seen = frame.Cfa[x, y] switch
            {
                CfaColor.Red => (0.94 * pixel.R) + (0.05 * pixel.G) + (0.01 * pixel.B),
                CfaColor.Green => (0.05 * pixel.R) + (0.9 * pixel.G) + (0.05 * pixel.B),
                _ => (0.01 * pixel.R) + (0.05 * pixel.G) + (0.94 * pixel.B),
            };
            Assert.Equal(256 + (3839 * seen), frame.Stored(x, y), 0.51);
        }
    }

    [Fact]
    public void Polarisers_at_right_angles_share_the_light()
    {
        var pixels = new Rgb[50, 50];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i / 50, i % 50] = Rgb.Grey(0.4);
        }

        RawFrame frame = Mosaic
            .All.Single(m => m.Name == "polarisers, 2 × 2")
            .Take(new Picture("grey", pixels), WitnessFrame.Threads)
            .Frame;
        double[] means = [.. Enumerable.Range(0, 4).Select(p => Signals(frame, p).Average())];
        // 0° and 90° lie on one diagonal, 45° and 135° on the other: light is only shared out between the two of a pair.
        Assert.Equal(0.8, means[0] + means[3], 0.01);
        Assert.Equal(0.8, means[1] + means[2], 0.01);
        Assert.InRange(Signals(frame, 1).Max() - Signals(frame, 1).Min(), 0.15, 0.6);
    }

    private static double[] Signals(RawFrame frame, int phase) =>
        [
            .. Enumerable
                .Range(0, frame.Width * frame.Height)
                .Where(i => frame.Cfa.PhaseOf(i % frame.Width, i / frame.Width) == phase)
                .Select(i => (double)frame.Signal(i % frame.Width, i / frame.Width)),
        ];
}
