using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Benchmarks.Frames;

/// <summary>A sensor without faults before a picture: Poisson noise of light and Gaussian read noise, nothing else.</summary>
internal static class PlainCamera
{
    private static readonly Optics NoLens = new() { Blur = 0, Oversampling = 1 };

    /// <summary>A sensor model with only those two.</summary>
    public static SensorModel Sensor(CfaPattern cfa, int bitDepth, double black, double white, double gain, double readNoise) =>
        new()
        {
            Cfa = cfa,
            BitDepth = bitDepth,
            Black = black,
            White = white,
            Gain = gain,
            FullWell = double.MaxValue,
            ReadNoise = readNoise,
            TailShare = 0,
            RowNoise = 0,
            ColumnNoise = 0,
            ColumnPattern = 0,
            Prnu = 0,
            Dsnu = 0,
            DarkCurrent = 0,
        };

    /// <summary>Takes the picture; the frame says nothing of its noise, so that every method must find out.</summary>
    public static RawFrame Take(Picture picture, SceneKind scene, SensorModel sensor, ulong seed, ParallelOptions options)
    {
        var camera = new SimulatedCamera(picture.Width, picture.Height, scene, Seeds.From(seed))
        {
            Optics = NoLens,
            Sensor = sensor,
            Defects = DefectModel.None,
        };
        return new RawFrame(camera.Capture(0, options).Frame.Codes!, sensor.BitDepth, sensor.Cfa, sensor.Levels);
    }
}
