using PixelMend.Calibration;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Tests.Calibration;

/// <summary>Calibration series of a simulated sensor whose defects are known.</summary>
internal sealed class Series(int width, int height, ulong seed)
{
    private static readonly ParallelOptions Threads = new();
    private static readonly CalibrationSettings Settings = new();

    public SensorModel Sensor { get; init; } = new();

    public DefectModel Defects { get; init; } = new();

    public double DarkSeconds { get; init; } = 1.0 / 30;

    public double Celsius { get; init; } = Exposure.ReferenceCelsius;

    /// <summary>Cosmic rays in each dark.</summary>
    public int Rays { get; init; }

    /// <summary>Falls off towards the corners, as a lens makes it.</summary>
    public SceneKind Lamp { get; init; } = new("shaded", "Even light with shading.", setup => new Shaded(setup.Aspect));

    public DefectMap Truth(int frame = 0) => Camera(0).Capture(frame, Threads).Truth;

    /// <summary>A picture of foliage, which differs from frame to frame by its noise alone.</summary>
    public SimulatedFrame Picture(int frame, double light, double seconds) =>
        new SimulatedCamera(width, height, Scenes.Named("foliage"), Seeds.From(seed))
        {
            Sensor = Sensor,
            Defects = Defects,
            Exposure = new Exposure
            {
                Light = light,
                Seconds = seconds,
                Celsius = Celsius,
            },
        }.Capture(frame, Threads);

    public RawFrame Dark(int frame)
    {
        RawFrame dark = Camera(0).Capture(frame, Threads).Frame;
        var random = new Random(((int)seed * 1000) + frame);
        for (int i = 0; i < Rays; i++)
        {
            // A short track of several photosites.
            (int x, int y) = (random.Next(2, width - 6), random.Next(2, height - 6));
            for (int step = 0; step < random.Next(1, 5); step++)
            {
                dark.Codes![x + step, y + (step / 2)] = (ushort)
                    Math.Min(Sensor.White, dark.Codes[x + step, y + (step / 2)] + random.Next(200, 8000));
            }
        }

        return dark;
    }

    public StackStatistics Darks(int frames, out TelegraphStatistics telegraph, double light = 0)
    {
        SimulatedCamera camera = Camera(light);
        var stack = new StackStatistics(camera.Capture(0, Threads).Frame, keepsThree: true);
        telegraph = new TelegraphStatistics(stack);
        for (int i = 0; i < frames; i++)
        {
            RawFrame dark = Rays == 0 ? camera.Capture(i, Threads).Frame : Dark(i);
            telegraph.Add(dark, Threads);
        }

        return stack;
    }

    public DarkCalibration CalibrateDarks(int frames)
    {
        StackStatistics stack = Darks(frames, out TelegraphStatistics telegraph);
        return DarkCalibration.Of(stack, telegraph, Settings, Threads);
    }

    /// <summary>What speaks for light in darks that all saw some; in good ones by default.</summary>
    public string? SignOfLight(int frames, double light = 0)
    {
        StackStatistics stack = Darks(frames, out TelegraphStatistics telegraph, light);
        return LightLeak.Sign(stack, DarkCalibration.Of(stack, telegraph, Settings, Threads));
    }

    public SensorCalibration Calibrate(int darks, int flats, params double[] levels)
    {
        DarkCalibration? dark = darks > 0 ? CalibrateDarks(darks) : null;
        FlatCalibration[] responses = [.. levels.Select((level, i) => CalibrateFlats(flats, level, 1000 * (i + 1), dark))];
        return SensorCalibration.Of(width, height, dark, responses, Settings);
    }

    private FlatCalibration CalibrateFlats(int frames, double light, int first, DarkCalibration? dark)
    {
        SimulatedCamera camera = Camera(light);
        var stack = new StackStatistics(camera.Capture(0, Threads).Frame);
        for (int i = 0; i < frames; i++)
        {
            stack.Add(camera.Capture(first + i, Threads).Frame, Threads);
        }

        return FlatCalibration.Of(stack, dark, leakage: 1, Settings, Threads);
    }

    private SimulatedCamera Camera(double light) =>
        new(width, height, Lamp, Seeds.From(seed))
        {
            Optics = new Optics { Blur = 0, Oversampling = 1 },
            Sensor = Sensor,
            Defects = Defects,
            Exposure = new Exposure
            {
                Light = light,
                Seconds = DarkSeconds,
                Celsius = Celsius,
            },
        };

    private sealed class Shaded(double aspect) : Scene
    {
        public override Rgb At(double x, double y)
        {
            double across = (x / aspect) - 0.5;
            double down = y - 0.5;
            return Rgb.Grey(1 - (0.6 * ((across * across) + (down * down))));
        }
    }
}
