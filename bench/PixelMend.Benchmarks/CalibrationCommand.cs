using PixelMend.Benchmarks.Output;
using PixelMend.Calibration;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Benchmarks;

/// <summary>Static defects found in simulated calibration series, by how far they are off: the curve from where nothing can be seen to where nothing is missed.</summary>
internal static class CalibrationCommand
{
    private const int Width = 480;
    private const int Height = 360;
    private const int Darks = 32;
    private const int TelegraphDarks = 100;
    private const int Sites = 150;

    /// <summary>What is up once, or never, cannot be told from a ray, or from a good one.</summary>
    private const int LeastUp = 2;

    /// <summary>A third of them has a level half-way up: only the upper one is as far off as stated.</summary>
    private const double UpperLevel = 0.75;
    private const int Columns = 6;

    /// <summary>Standard deviations of the averaged frame, noise and fixed pattern together.</summary>
    private static readonly double[] Amplitudes = [3, 4, 5, 6, 7, 8, 10, 14, 20];

    /// <summary>Standard deviations of a single reading.</summary>
    private static readonly double[] Jumps = [4, 5, 6, 7, 8, 10, 14, 20];

    private static readonly double[] Duties = [0.1, 0.2, 0.3, 0.5];

    private static readonly CalibrationSettings Settings = new();
    private static readonly SensorModel Sensor = new();

    public static string Run(Arguments arguments, ParallelOptions options)
    {
        Tally[] leaks = Curve(Amplitudes, a => Leaking(a, DefectShape.Single, Sites, arguments.Seeds, options));
        Tally[] columns = Curve(Amplitudes, a => Leaking(a, DefectShape.Column, Columns, arguments.Seeds, options));
        var still = new MarkdownTable(["kind", .. Amplitudes.Select(a => $"{a} σ"), "found wrongly"]);
        still.Add(["hot and warm", .. Cells(leaks)]);
        still.Add(["column, each photosite so far off", .. Cells(columns)]);
        var blinking = new MarkdownTable(["duty", .. Jumps.Select(j => $"{j} σ"), "found wrongly"]);
        foreach (double duty in Duties)
        {
            Tally[] curve = Curve(Jumps, j => Blinking(j, duty, arguments.Seeds, options));
            int all = Sites / 2 * arguments.Seeds.Count * Jumps.Length;
            blinking.Add([$"{duty} ({curve.Sum(t => t.There) / (double)all:0.00})", .. Cells(curve)]);
        }

        return $"""
            Simulated sensors of {Width} × {Height} with the seeds {string.Join(
                ", ",
                arguments.Seeds
            )}, RGGB, 14 bits: {Sites} defects, or {Columns} columns, of one amplitude in each.
            Part found from {Darks} darks; σ is that of the averaged frame, noise and fixed pattern together.

            {still}

            Telegraph photosites found from {TelegraphDarks} darks, and named so; σ is that of a single reading. Each stays in its level for 1 to 8 frames, so that
            some never jump, and a third has a level half-way up: of those that are in the upper level in {LeastUp} frames or more, which are counted in brackets.

            {blinking}
            """;
    }

    private static Tally[] Curve(double[] amplitudes, Func<double, Tally> measure)
    {
        Console.Error.Write(".");
        return [.. amplitudes.Select(measure)];
    }

    private static IEnumerable<string> Cells(Tally[] curve) =>
        [.. curve.Select(t => t.Found == t.There ? "1" : $"{t.Found / (double)t.There:0.000}"), $"{curve.Sum(t => t.Wrong)}"];

    private static Tally Leaking(double amplitude, DefectShape shape, int count, IReadOnlyList<int> seeds, ParallelOptions options)
    {
        double noise = Sensor.NoiseAt(0);
        double spread = Math.Sqrt(
            (noise * noise / (Darks - 2)) + (Sensor.Dsnu * Sensor.Dsnu) + (shape == DefectShape.Single ? 0 : Square(Sensor.ColumnPattern))
        );
        double leak = amplitude * spread / Sensor.ReadNoise;
        var model = new DefectModel { Classes = [new DefectClass(DefectKind.Warm, shape, count)], Warm = new Bounds(leak, leak) };
        return Sum(seeds, model, (camera, truth) => Compare(truth, Calibrate(camera, Darks, options), DefectKind.Unknown), options);
    }

    private static Tally Blinking(double jump, double duty, IReadOnlyList<int> seeds, ParallelOptions options)
    {
        double noises = jump * Sensor.NoiseAt(0) / Sensor.ReadNoise;
        var model = new DefectModel
        {
            Classes = [new DefectClass(DefectKind.Telegraph, DefectShape.Single, Sites / 2)],
            Telegraph = new Bounds(noises, noises),
            TelegraphDuty = new Bounds(duty, duty),
        };
        return Sum(
            seeds,
            model,
            (camera, truth) =>
            {
                var up = new Dictionary<(int, int), int>();
                DefectMap map = Calibrate(camera, TelegraphDarks, options, (up, UpperLevel * jump));
                return Compare(truth, map, DefectKind.Telegraph, site => up.GetValueOrDefault(site) >= LeastUp);
            },
            options
        );
    }

    private static Tally Sum(
        IReadOnlyList<int> seeds,
        DefectModel model,
        Func<SimulatedCamera, DefectMap, Tally> measure,
        ParallelOptions options
    )
    {
        var sum = new Tally(0, 0, 0);
        foreach (int seed in seeds)
        {
            var camera = new SimulatedCamera(Width, Height, Scenes.Named("flat"), Seeds.From((ulong)seed))
            {
                Defects = model,
                Exposure = new Exposure { Light = 0 },
            };
            Tally one = measure(camera, camera.Capture(0, options).Truth);
            sum = new Tally(sum.There + one.There, sum.Found + one.Found, sum.Wrong + one.Wrong);
        }

        return sum;
    }

    private static Tally Compare(DefectMap truth, DefectMap map, DefectKind named, Func<(int, int), bool>? counts = null)
    {
        Dictionary<(int, int), DefectKind> found = map.AllPhotosites().ToDictionary(p => (p.X, p.Y), p => p.Kind);
        HashSet<(int, int)> real = [.. truth.AllPhotosites().Select(p => (p.X, p.Y))];
        (int, int)[] counted = [.. real.Where(counts ?? (_ => true))];
        return new Tally(
            counted.Length,
            counted.Count(s => found.TryGetValue(s, out DefectKind kind) && kind.HasFlag(named)),
            found.Keys.Count(s => !real.Contains(s))
        );
    }

    /// <summary>The map of a series; counts as well in how many frames each photosite is that far off, σ.</summary>
    private static DefectMap Calibrate(
        SimulatedCamera shut,
        int darks,
        ParallelOptions options,
        (Dictionary<(int, int), int> Frames, double Least)? up = null
    )
    {
        var stack = new StackStatistics(shut.Capture(0, options).Frame, keepsThree: true);
        var telegraph = new TelegraphStatistics(stack);
        foreach (int[] several in Enumerable.Range(0, darks).Chunk(StackStatistics.FramesAtOnce))
        {
            SimulatedFrame[] taken = [.. several.Select(i => shut.Capture(i, options))];
            RawFrame[] frames = [.. taken.Select(t => t.Frame)];
            telegraph.Add(frames, options);
            foreach (Defect site in taken.SelectMany(t => t.Truth.Points.Where(p => p.Severity > up?.Least)))
            {
                up?.Frames[(site.X, site.Y)] = up.Value.Frames.GetValueOrDefault((site.X, site.Y)) + 1;
            }
        }

        var dark = DarkCalibration.Of(stack, telegraph, Settings, options);
        return SensorCalibration.Of(Width, Height, dark, [], Settings).Map;
    }

    private static double Square(double value) => value * value;

    /// <summary>Defective photosites, those of them found, and found ones that are good.</summary>
    private readonly record struct Tally(int There, int Found, int Wrong);
}
