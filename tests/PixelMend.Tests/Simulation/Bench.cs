using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Tests.Simulation;

/// <summary>Scenes, sensors and figures that the simulator's tests share.</summary>
internal static class Bench
{
    public static readonly ParallelOptions Threads = new();

    /// <summary>A sensor whose only noise is that of light itself, for tests of one effect at a time.</summary>
    public static readonly SensorModel Quiet = new()
    {
        ReadNoise = 0,
        RowNoise = 0,
        ColumnNoise = 0,
        ColumnPattern = 0,
        Prnu = 0,
        Dsnu = 0,
        DarkCurrent = 0,
        DarkCurrentSpread = 0,
    };

    public static readonly Exposure Dark = new() { Light = 0 };

    public static readonly Optics Sharp = new() { Blur = 0, Oversampling = 1 };

    /// <summary>Even light of any colour.</summary>
    public static SceneKind Even(Rgb light) => new("even", "Even light.", _ => new EvenLight(light));

    public static SimulatedCamera Flat(int width, int height, SensorModel sensor, Exposure exposure, ulong seed = 1) =>
        new(width, height, Scenes.Named("flat"), Seeds.From(seed))
        {
            Optics = Sharp,
            Sensor = sensor,
            Exposure = exposure,
            Defects = DefectModel.None,
        };

    public static double[] Codes(RawFrame frame) => [.. frame.Codes!.Samples.Select(c => (double)c)];

    public static double[] Minus(double[] a, double[] b) => [.. a.Zip(b, (p, q) => p - q)];

    public static double Variance(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1);
    }

    /// <summary>Asserts that two figures agree to a part of the expected one.</summary>
    public static void Near(double expected, double actual, double part) =>
        Xunit.Assert.InRange(actual, expected - (part * Math.Abs(expected)), expected + (part * Math.Abs(expected)));

    private sealed class EvenLight(Rgb light) : Scene
    {
        public override Rgb At(double x, double y) => light;
    }
}
