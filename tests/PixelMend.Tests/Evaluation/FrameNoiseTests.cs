using PixelMend.Defects;
using PixelMend.Evaluation;
using PixelMend.Frames;
using PixelMend.Simulation;
using PixelMend.Tests.Simulation;
using Xunit;

namespace PixelMend.Tests.Evaluation;

/// <summary>The noise that a frame shows against the noise that its sensor has, which simulated frames declare.</summary>
public class FrameNoiseTests
{
    [Theory]
    [InlineData("sky", "RGGB")]
    [InlineData("stars", "RGGB")]
    [InlineData("color-chart", "RGGB")]
    [InlineData("sky", "MONO")]
    [InlineData("stars", "MONO")]
    [InlineData("color-chart", "XTRANS")]
    [InlineData("sky", "QUAD-RGGB")]
    public void Is_that_of_the_sensor_where_half_of_the_scene_is_calm(string scene, string cfa)
    {
        RawFrame frame = Frame(scene, cfa);
        double level = Mean(frame);
        Bench.Near(
            Declared(frame, level),
            FrameNoise.Of(frame, DefectMap.Empty(frame.Width, frame.Height), Bench.Threads).Sigma(level),
            0.08
        );
    }

    [Theory]
    [InlineData("foliage")]
    [InlineData("fabric")]
    public void Is_no_less_where_detail_is_everywhere(string scene)
    {
        RawFrame frame = Frame(scene, "RGGB");
        double level = Mean(frame);
        FrameNoise noise = FrameNoise.Of(frame, DefectMap.Empty(frame.Width, frame.Height), Bench.Threads);
        Assert.True(noise.Sigma(level) >= 0.95 * Declared(frame, level));
    }

    private static RawFrame Frame(string scene, string cfa) =>
        new SimulatedCamera(640, 480, Scenes.Named(scene), Seeds.From(7))
        {
            Sensor = Bench.Quiet with { Cfa = CfaPattern.Parse(cfa), ReadNoise = 3 },
            Defects = DefectModel.None,
        }
            .Capture(0, Bench.Threads)
            .Frame;

    private static double Declared(RawFrame frame, double level) =>
        Math.Sqrt((frame.Info.Noise[0].Scale * level) + frame.Info.Noise[0].Offset);

    private static double Mean(RawFrame frame) =>
        Enumerable.Range(0, frame.Height).Average(y => Enumerable.Range(0, frame.Width).Average(x => (double)frame.Signal(x, y)));
}
