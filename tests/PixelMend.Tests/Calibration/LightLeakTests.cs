using PixelMend.Frames;
using PixelMend.Simulation;
using Xunit;

namespace PixelMend.Tests.Calibration;

/// <summary>Darks that all saw light are told from those that are only warm, or lit by their own amplifier.</summary>
public class LightLeakTests
{
    private const int Width = 480;
    private const int Height = 360;

    private static readonly SceneKind Daylight = new("daylight", "Light of which green is most.", _ => new Even(new Rgb(0.5, 1, 0.6)));
    private static readonly SceneKind CornerGlow = new("glow", "A glowing corner.", _ => new Glow());

    [Theory]
    [InlineData("RGGB", 0.02, 8, 71)]
    [InlineData("RGGB", 0.3, 3, 72)]
    [InlineData("XTRANS", 0.05, 8, 73)]
    public void Colours_betray_light(string cfa, double light, int frames, ulong seed)
    {
        var series = new Series(Width, Height, seed)
        {
            Sensor = new SensorModel { Cfa = CfaPattern.Parse(cfa) },
            Lamp = Daylight,
        };
        Assert.StartsWith("light got in: colours", series.SignOfLight(frames, light), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RGGB", 0.2, 8, 76)]
    [InlineData("MONO", 0.2, 8, 74)]
    [InlineData("MONO", 0.5, 16, 75)]
    public void Evenness_betrays_light_without_colours(string cfa, double light, int frames, ulong seed) =>
        Assert.StartsWith("light got in: photosites", Sensor(cfa, seed).SignOfLight(frames, light), StringComparison.Ordinal);

    [Theory]
    [InlineData("RGGB", 1.0 / 30, 3, 81)]
    [InlineData("RGGB", 60, 8, 82)]
    [InlineData("MONO", 1, 16, 83)]
    [InlineData("MONO", 1000, 8, 84)]
    [InlineData("XTRANS", 3000, 8, 85)]
    public void Dark_current_is_no_light_however_strong(string cfa, double seconds, int frames, ulong seed) =>
        Assert.Null(Sensor(cfa, seed, seconds).SignOfLight(frames));

    [Theory]
    [InlineData(0.05, 91)]
    [InlineData(0.5, 92)]
    public void A_glowing_amplifier_is_no_leak(double light, ulong seed)
    {
        var series = new Series(Width, Height, seed)
        {
            Sensor = new SensorModel { Cfa = CfaPattern.Parse("MONO") },
            Lamp = CornerGlow,
            DarkSeconds = 60,
        };
        Assert.Null(series.SignOfLight(8, light));
    }

    [Fact]
    public void Black_levels_that_differ_by_phase_are_no_light()
    {
        var series = new Series(Width, Height, seed: 93) { Sensor = new SensorModel { BlackOffsets = [0, 40, -30, 20] } };
        Assert.Null(series.SignOfLight(8));
    }

    private static Series Sensor(string cfa, ulong seed, double seconds = 1.0 / 30) =>
        new(Width, Height, seed)
        {
            Sensor = new SensorModel { Cfa = CfaPattern.Parse(cfa) },
            DarkSeconds = seconds,
        };

    private sealed class Even(Rgb light) : Scene
    {
        public override Rgb At(double x, double y) => light;
    }

    /// <summary>Falls to a twentieth within a quarter of the sensor's height.</summary>
    private sealed class Glow : Scene
    {
        public override Rgb At(double x, double y) => Rgb.Grey(Math.Exp(-12 * Math.Sqrt((x * x) + (y * y))));
    }
}
