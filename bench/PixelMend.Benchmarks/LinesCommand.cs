using PixelMend.Algorithms;
using PixelMend.Benchmarks.Output;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Benchmarks;

/// <summary>
/// Whole columns and rows found in single simulated frames, by how far they are off: the curve that shows what a scene's own structure hides, and
/// whether clean scenes have lines found in them.
/// </summary>
internal static class LinesCommand
{
    private const int Width = 1600;
    private const int Height = 1200;
    private const int LinesPerFrame = 6;

    /// <summary>Nearest distance of a line to the border, which hides one of its sides.</summary>
    private const int Inside = 20;

    private static readonly string[] Cfas = ["RGGB", "MONO", "QUAD-RGGB", "XTRANS"];
    private static readonly string[] Scenes = ["night-city", "stars", "foliage", "fabric", "zone-plate", "sky", "color-chart"];

    /// <summary>Mean offsets, in standard deviations of one photosite's noise at the line's mean level.</summary>
    private static readonly double[] Offsets = [1, 1.5, 2, 3, 5];

    /// <summary>A sensor whose columns and rows are all alike, for the oracle.</summary>
    private static readonly SensorModel Even = new()
    {
        RowNoise = 0,
        ColumnNoise = 0,
        ColumnPattern = 0,
        Prnu = 0,
        Dsnu = 0,
    };

    public static string Run(Arguments arguments, ParallelOptions options)
    {
        var table = new MarkdownTable([
            "filter array",
            "scene",
            .. Offsets.Select(o => $"{o} σ"),
            "found wrongly, with lines",
            "in clean frames",
        ]);
        foreach (string cfa in Cfas)
        {
            Console.Error.WriteLine($"{cfa} ...");
            foreach (string scene in Scenes)
            {
                table.Add([cfa, scene, .. Row(cfa, scene, arguments.Seeds, options)]);
            }
        }

        return $"""
            Frames of {Width} × {Height}, 14 bits, rendered with seeds {string.Join(
                ", ",
                arguments.Seeds
            )}; {LinesPerFrame} whole columns and rows each, half of them bright and half dark. Found of {LinesPerFrame * arguments.Seeds.Count}, and in brackets what the oracle finds; wrongly found lines are counts over all frames of the row.

            {table}
            """;
    }

    private static IEnumerable<string> Row(string cfa, string scene, IReadOnlyList<int> seeds, ParallelOptions options)
    {
        var found = new int[Offsets.Length];
        var possible = new int[Offsets.Length];
        int wrong = 0;
        int clean = 0;
        foreach (int seed in seeds)
        {
            RawFrame frame = Camera(cfa, scene, seed, new SensorModel()).Capture(0, options).Frame;
            var oracle = LineOracle.Of(Camera(cfa, scene, seed, Even), options);
            clean += LinesIn(frame, options).Count;
            for (int i = 0; i < Offsets.Length; i++)
            {
                (RawFrame planted, HashSet<(bool Column, int Line, bool Bright)> truth) = Plant(frame, Offsets[i], (ulong)seed);
                HashSet<(bool Column, int Line)> places = [.. truth.Select(t => (t.Column, t.Line))];
                HashSet<(bool Column, int Line)> lines = LinesIn(planted, options);
                found[i] += lines.Count(places.Contains);
                possible[i] += oracle.Found(truth, Offsets[i]);
                wrong += lines.Count(l => !places.Contains(l));
            }
        }

        return [.. found.Select((f, i) => $"{f} ({possible[i]})"), $"{wrong}", $"{clean}"];
    }

    private static SimulatedCamera Camera(string cfa, string scene, int seed, SensorModel sensor) =>
        new(Width, Height, Simulation.Scenes.Named(scene), Seeds.From((ulong)seed))
        {
            Sensor = sensor with { Cfa = CfaPattern.Parse(cfa) },
            Defects = DefectModel.None,
        };

    private static HashSet<(bool Column, int Line)> LinesIn(RawFrame frame, ParallelOptions options)
    {
        Algorithm<IDefectDetector> model = Detectors.All[0];
        var found = new DefectMap.Builder(frame.Width, frame.Height);
        model
            .Create(new Settings(model.Parameters, new Dictionary<string, double>(StringComparer.Ordinal)))
            .Detect(new Evidence(frame, DefectMap.Empty(frame.Width, frame.Height)), found, options);
        return [.. found.Build().Regions.Select(r => (r.Area.Width == 1, r.Area.Width == 1 ? r.Area.Left : r.Area.Top))];
    }

    private static (RawFrame Frame, HashSet<(bool Column, int Line, bool Bright)> Lines) Plant(RawFrame frame, double offset, ulong seed)
    {
        var random = new Random((int)seed);
        var changes = new Dictionary<(int X, int Y), SampleChange>();
        var lines = new HashSet<(bool Column, int Line, bool Bright)>();
        while (lines.Count < LinesPerFrame)
        {
            bool column = lines.Count % 2 == 0;
            bool bright = lines.Count % 4 < 2;
            int count = column ? frame.Width : frame.Height;
            int line = Inside + random.Next(count - (2 * Inside));
            if (lines.Contains((column, line, !bright)) || !lines.Add((column, line, bright)))
            {
                continue;
            }

            (int X, int Y)[] sites =
            [
                .. Enumerable.Range(0, column ? frame.Height : frame.Width).Select(i => column ? (line, i) : (i, line)),
            ];
            double level = Math.Max(0, sites.Average(s => frame.Signal(s.X, s.Y)));
            NoiseProfile noise = frame.Info.Noise[0];
            double codes = offset * Math.Sqrt((noise.Scale * level) + noise.Offset) * frame.Levels.Range * (bright ? 1 : -1);
            foreach ((int x, int y) in sites)
            {
                // Rounded at random, so that the mean is the offset asked for.
                double code = Math.Floor(frame.Codes![x, y] + codes + random.NextDouble());
                changes[(x, y)] = new SampleChange(x, y, 0, (float)Math.Clamp(code, 0, (1 << frame.BitDepth) - 1), 1);
            }
        }

        return (frame.With([.. changes.Values]), lines);
    }
}
