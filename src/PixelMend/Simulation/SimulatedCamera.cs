using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Simulation;

/// <summary>Where randomness starts: the same seeds give the same frames, on any machine and any number of threads.</summary>
/// <param name="Scene">Chooses the scene of its kind.</param>
/// <param name="Sensor">Chooses the individual sensor: its fixed pattern and its defects.</param>
/// <param name="Noise">Chooses the noise; every frame number has noise of its own.</param>
public readonly record struct Seeds(ulong Scene, ulong Sensor, ulong Noise)
{
    /// <summary>Three seeds from one.</summary>
    public static Seeds From(ulong seed) => new(seed, Random64.Mix(seed), Random64.Mix(seed + 1));
}

/// <summary>A frame with the truth about it.</summary>
/// <param name="Frame">What the sensor delivers.</param>
/// <param name="Truth">
/// All defects of the sensor. Their severity is how far the expected reading in this frame is from a good photosite's, in standard deviations
/// there: a dead photosite in the dark, or a telegraph one at rest, has none. A region has the mean of its photosites.
/// </param>
/// <param name="Clean">What the same sensor would deliver without defects, noise and all: equal to <paramref name="Frame"/> outside the truth.</param>
public sealed record SimulatedFrame(RawFrame Frame, DefectMap Truth, RawFrame Clean);

/// <summary>
/// A camera before a scene: renders it once and takes any number of frames of it. Physics, not a model of our own detectors: see
/// <see cref="SensorModel"/> and <see cref="DefectModel"/>.
/// </summary>
/// <param name="width">Photosites per row, at least 1.</param>
/// <param name="height">Rows, at least 1.</param>
/// <param name="scene">What it looks at; see <see cref="Scenes"/>.</param>
/// <param name="seeds">Where randomness starts.</param>
public sealed class SimulatedCamera(int width, int height, SceneKind scene, Seeds seeds)
{
    private RadianceImage? image;
    private DefectPattern? pattern;

    /// <summary>The lens.</summary>
    public Optics Optics { get; init; } = new();

    /// <summary>The sensor when all its photosites are good.</summary>
    public SensorModel Sensor { get; init; } = new();

    /// <summary>What is wrong with the sensor.</summary>
    public DefectModel Defects { get; init; } = new();

    /// <summary>How frames are taken.</summary>
    public Exposure Exposure { get; init; } = new();

    /// <summary>Takes a frame.</summary>
    /// <param name="frame">Number of the frame, from 0: noise and telegraph levels depend on it, the sensor and the scene do not.</param>
    /// <param name="options">Threads to use, and cancellation; the result does not depend on them.</param>
    public SimulatedFrame Capture(long frame, ParallelOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        var setup = new SceneSetup(width, height, seeds.Scene);
        image ??= RadianceImage.Draw(scene.Create(setup), Optics, width, height, options);
        pattern ??= DefectPattern.Draw(width, height, Sensor, Defects, seeds.Sensor);
        var clean = new Plane<ushort>(width, height);
        var actual = new Plane<ushort>(width, height);
        var severities = new float[height][];
        var readout = new SensorReadout(Sensor, Exposure, seeds, frame, width);
        Parallel.For(0, height, options, y => severities[y] = readout.ReadRow(y, image, pattern.Row(y), clean.Row(y), actual.Row(y)));
        FrameInfo info = Describe();
        return new SimulatedFrame(Wrap(actual, info), Truth(pattern, severities), Wrap(clean, info));
    }

    private RawFrame Wrap(Plane<ushort> codes, FrameInfo info) => new(codes, Sensor.BitDepth, Sensor.Cfa, Sensor.Levels) { Info = info };

    private FrameInfo Describe()
    {
        double range = Sensor.White - Sensor.Black;
        double noise = (Sensor.Gain * Sensor.Gain * Sensor.ReadVariance) + (1.0 / 12);
        return new FrameInfo
        {
            Make = "PixelMend",
            Model = "Simulated sensor",
            Serial = $"simulated-{seeds.Sensor:x16}",
            Description = $"Simulated picture, not a photograph: scene '{scene.Name}', seeds {seeds.Scene}/{seeds.Sensor}/{seeds.Noise}.",
            ExposureSeconds = Exposure.Seconds,
            TemperatureCelsius = Exposure.Celsius,
            Noise = [new NoiseProfile(Sensor.Gain / range, noise / (range * range))],
        };
    }

    private DefectMap Truth(DefectPattern drawn, float[][] severities)
    {
        var truth = new DefectMap.Builder(width, height)
        {
            Provenance = new MapProvenance { Algorithm = "simulated", Camera = "PixelMend Simulated sensor" },
        };
        foreach (Offset site in drawn.Points)
        {
            SortedList<int, DefectBehavior> row = drawn.Row(site.Dy)!;
            truth.Add(new Defect(site.Dx, site.Dy, row[site.Dx].Kind, severities[site.Dy][row.IndexOfKey(site.Dx)]));
        }

        foreach (DefectRegion region in drawn.Regions)
        {
            double sum = 0;
            for (int y = region.Area.Top; y < region.Area.Bottom; y++)
            {
                for (int x = region.Area.Left; x < region.Area.Right; x++)
                {
                    sum += severities[y][drawn.Row(y)!.IndexOfKey(x)];
                }
            }

            truth.Add(region with { Severity = (float)(sum / region.Area.Count) });
        }

        return truth.Build();
    }
}
