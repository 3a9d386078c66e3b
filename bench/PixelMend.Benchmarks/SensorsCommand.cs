using PixelMend.Benchmarks.Output;
using PixelMend.Calibration;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Benchmarks;

/// <summary>
/// Whole calibrations of simulated sensors, 24 megapixels together: darks with cosmic rays, flats with shading, and defects of every kind beyond 8 standard
/// deviations. What is found, what is named right, and what is found wrongly.
/// </summary>
internal static class SensorsCommand
{
    private const int Width = 2000;
    private const int Height = 1500;
    private const int Sensors = 8;
    private const int Darks = 32;
    private const int Flats = 16;

    /// <summary>In a dark: a hundred times as many as in half a minute at sea level.</summary>
    private const int Rays = 30;
    private const double Light = 0.45;

    /// <summary>Strictly beyond 8, standard deviations of the averaged frame.</summary>
    private static readonly Bounds Leakage = new(8.5, 40);

    private static readonly DefectKind[] Kinds =
    [
        DefectKind.Hot,
        DefectKind.Warm,
        DefectKind.Dead,
        DefectKind.Stuck,
        DefectKind.LowResponse,
        DefectKind.OverResponse,
    ];

    private static readonly CalibrationSettings Settings = new();
    private static readonly SensorModel Sensor = new();
    private static readonly SceneKind Lamp = new("shaded", "Even light with shading.", setup => new ShadedLamp(setup.Aspect));

    public static string Run(Arguments arguments, ParallelOptions options)
    {
        var there = new Dictionary<string, int>(StringComparer.Ordinal);
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        var named = new Dictionary<string, int>(StringComparer.Ordinal);
        var wrong = new List<Defect>();
        foreach (int seed in Enumerable.Range(arguments.Seeds[0], Sensors))
        {
            Console.Error.Write(".");
            (DefectMap truth, DefectMap map) = Calibrate(seed, options);
            Dictionary<(int, int), DefectKind> seen = map.AllPhotosites().ToDictionary(p => (p.X, p.Y), p => p.Kind);
            DefectMask real = truth.ToMask();
            foreach ((string name, Defect site) in Named(truth))
            {
                bool isSeen = seen.TryGetValue((site.X, site.Y), out DefectKind kind);
                there[name] = there.GetValueOrDefault(name) + 1;
                found[name] = found.GetValueOrDefault(name) + (isSeen ? 1 : 0);
                named[name] = named.GetValueOrDefault(name) + (isSeen && kind.HasFlag(site.Kind) ? 1 : 0);
            }

            wrong.AddRange(map.AllPhotosites().Where(p => !real[p.X, p.Y]));
        }

        var table = new MarkdownTable(["kind", "planted", "found", "named so"]);
        foreach (string name in there.Keys)
        {
            table.Add([name, $"{there[name]}", Part(found[name], there[name]), Part(named[name], found[name])]);
        }

        double megapixels = (double)Width * Height * Sensors / 1e6;
        string kinds = string.Join(
            ", ",
            wrong.GroupBy(w => w.Kind).Select(g => $"{g.Count()} {g.Key}, {g.Min(w => w.Severity):0.0} to {g.Max(w => w.Severity):0.0}")
        );
        return $"""
            {Sensors} simulated sensors of {Width} × {Height}, RGGB, 14 bits, {Darks} darks of 1/30 s with {Rays} rays in each, {Flats} flats with shading. Leakage is 8.5 to 40 σ
            of the averaged frame.

            {table}

            Found wrongly in {megapixels:0} megapixels: {wrong.Count}{(wrong.Count == 0 ? "" : $" ({kinds})")}.
            """;
    }

    private static string Part(int part, int whole) => part == whole ? "1" : $"{part / (double)whole:0.0000}";

    private static IEnumerable<(string Name, Defect Site)> Named(DefectMap truth)
    {
        DefectMask lines = LinesOf(truth).ToMask();
        return truth.AllPhotosites().Select(p => (lines[p.X, p.Y] ? "columns, photosites of" : $"{p.Kind}", p));
    }

    private static DefectMap LinesOf(DefectMap truth)
    {
        var lines = new DefectMap.Builder(truth.Width, truth.Height);
        foreach (DefectRegion region in truth.Regions)
        {
            lines.Add(region);
        }

        return lines.Build();
    }

    private static (DefectMap Truth, DefectMap Map) Calibrate(int seed, ParallelOptions options)
    {
        SimulatedCamera shut = Camera(seed, light: 0);
        var random = new Random(seed);
        var stack = new StackStatistics(shut.Capture(0, options).Frame, keepsThree: true);
        var telegraph = new TelegraphStatistics(stack);
        foreach (int[] several in Enumerable.Range(0, Darks).Chunk(StackStatistics.FramesAtOnce))
        {
            RawFrame[] frames = [.. several.Select(i => shut.Capture(i, options).Frame)];
            Array.ForEach(frames, f => Strike(f, random));
            telegraph.Add(frames, options);
        }

        var dark = DarkCalibration.Of(stack, telegraph, Settings, options);
        SimulatedCamera open = Camera(seed, Light);
        var flats = new StackStatistics(open.Capture(0, options).Frame);
        for (int i = 0; i < Flats; i++)
        {
            flats.Add(open.Capture(1000 + i, options).Frame, options);
        }

        var flat = FlatCalibration.Of(flats, dark, leakage: 1, Settings, options);
        return (shut.Capture(0, options).Truth, SensorCalibration.Of(Width, Height, dark, [flat], Settings).Map);
    }

    /// <summary>Short tracks.</summary>
    private static void Strike(RawFrame dark, Random random)
    {
        for (int i = 0; i < Rays; i++)
        {
            (int x, int y) = (random.Next(2, Width - 6), random.Next(2, Height - 6));
            for (int step = 0; step < random.Next(1, 5); step++)
            {
                ref ushort code = ref dark.Codes![x + step, y + (step / 2)];
                code = (ushort)Math.Min(Sensor.White, code + random.Next(200, 8000));
            }
        }
    }

    private static SimulatedCamera Camera(int seed, double light)
    {
        double noise = Sensor.NoiseAt(0);
        double spread = Math.Sqrt((noise * noise / (Darks - 2)) + (Sensor.Dsnu * Sensor.Dsnu)) / Sensor.ReadNoise;
        // The floor below which no picture shows anything is the noise of a single frame.
        double floor = 1.3 * noise / Sensor.ReadNoise;
        return new SimulatedCamera(Width, Height, Lamp, Seeds.From((ulong)seed))
        {
            Optics = new Optics { Blur = 0, Oversampling = 1 },
            Defects = new DefectModel
            {
                Classes =
                [
                    .. Kinds.Select(k => new DefectClass(k, DefectShape.Single, Count: 200)),
                    new DefectClass(DefectKind.Warm, DefectShape.Column, Count: 2),
                ],
                Warm = new Bounds(Math.Max(floor, Leakage.Least * spread), Leakage.Most * spread),
                LowResponse = new Bounds(0.5, 0.77),
                OverResponse = new Bounds(1.33, 2.5),
            },
            Exposure = new Exposure { Light = light },
        };
    }

    private sealed class ShadedLamp(double aspect) : Scene
    {
        public override Rgb At(double x, double y)
        {
            double across = (x / aspect) - 0.5;
            double down = y - 0.5;
            return Rgb.Grey(1 - (0.6 * ((across * across) + (down * down))));
        }
    }
}
