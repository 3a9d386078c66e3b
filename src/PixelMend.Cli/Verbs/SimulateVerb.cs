using System.CommandLine;
using System.Globalization;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Outputs;
using PixelMend.Cli.Rendering;
using PixelMend.Cli.Trials;
using PixelMend.Evaluation;
using PixelMend.Formats;
using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend simulate</c>: a frame whose every defect is known, from a frame in hand or from a rendered scene.</summary>
internal static class SimulateVerb
{
    private const int DefaultWidth = 1200;
    private const int DefaultHeight = 800;

    /// <summary>Scenes are computed ray by ray; larger ones take minutes.</summary>
    private const int MostSide = 16_384;

    public static Command Create(CancellationToken stop)
    {
        var scene = new Option<string?>("--scene")
        {
            Description = $"Renders a scene instead of reading a file: {string.Join(", ", Scenes.All.Select(s => s.Name))}.",
            HelpName = "NAME",
        };
        var size = new Option<string?>("--size")
        {
            Description = $"Photosites of the rendered sensor; default: {DefaultWidth}x{DefaultHeight}.",
            HelpName = "WxH",
        };
        var destination = new Option<string>("--out")
        {
            Description = "Frame to write.",
            HelpName = "FILE",
            Required = true,
        };
        var truth = new Option<string>("--truth")
        {
            Description = "Map to write: every defect, with its kind and how much it shows as severity.",
            HelpName = "MAP",
            Required = true,
        };
        var force = new Option<bool>("--force") { Description = "Replaces outputs that exist." };
        var verb = new Command("simulate", "Adds known defects to a frame, or renders a scene through a simulated sensor that has some.")
        {
            destination,
            truth,
            scene,
            size,
            force,
        };
        var injection = new InjectionOptions(verb, manySeeds: false);
        CommonOptions common = new CommonOptions(verb, corrects: false, detects: false).WithOptionalFile();
        verb.SetAction(line =>
        {
            string[] files = common.Files(line);
            string? sceneName = line.GetValue(scene);
            CommonOptions.CheckNamed("--out", line.GetValue(destination));
            CommonOptions.CheckNamed("--truth", line.GetValue(truth));
            CheckSource(files, sceneName, line.GetValue(size), injection.AreGiven(line));
            ulong seed = injection.Seed(line);
            InjectionPreset preset = injection.Preset(line);
            double density = injection.Density(line);
            SimulatedCamera? camera = sceneName is null ? null : Camera(sceneName, line.GetValue(size), common.Cfa(line), seed);
            ReadOptions reading = common.Reading(line);

            var outputs = new SimulationOutput(
                new OutputTarget(line.GetRequiredValue(destination), line.GetValue(force)),
                new OutputTarget(line.GetRequiredValue(truth), line.GetValue(force))
            );
            outputs.Check(files);
            var threads = new ParallelOptions { MaxDegreeOfParallelism = common.Threads(line), CancellationToken = stop };
            SimulationSummary summary = camera is null
                ? outputs.Inject(files[0], reading, new DefectInjection(preset, density, seed), threads) with
                {
                    Preset = preset.Name,
                    Density = density,
                    Seed = seed,
                }
                : outputs.Render(camera, threads) with
                {
                    Scene = sceneName,
                    Seed = seed,
                };
            SimulationView.Print(summary, common.Json(line), common.Quiet(line));
            return (int)ExitCode.Done;
        });
        return verb;
    }

    private static void CheckSource(string[] files, string? scene, string? size, bool injects)
    {
        string? wrong =
            scene is null && files.Length != 1 ? $"one FILE is needed, or --scene; {files.Length} files were given"
            : scene is null && size is not null ? "--size belongs to --scene: a file has its own size"
            : scene is not null && files.Length > 0 ? $"--scene {scene} renders a frame; leave out {files[0]}"
            : scene is not null && injects ? "--preset and --density belong to a FILE: a rendered sensor has defects of its own"
            : null;
        if (wrong is not null)
        {
            throw FailureException.Usage(wrong);
        }
    }

    private static SimulatedCamera Camera(string name, string? size, CfaPattern? cfa, ulong seed)
    {
        SceneKind kind =
            Scenes.All.FirstOrDefault(s => s.Name == name)
            ?? throw FailureException.Usage($"--scene: there is no '{name}'; known: {string.Join(", ", Scenes.All.Select(s => s.Name))}");
        (int width, int height) = ParseSize(size);
        var sensor = new SensorModel();
        return new SimulatedCamera(width, height, kind, Seeds.From(seed)) { Sensor = sensor with { Cfa = cfa ?? sensor.Cfa } };
    }

    private static (int Width, int Height) ParseSize(string? text)
    {
        if (text is null)
        {
            return (DefaultWidth, DefaultHeight);
        }

        string[] sides = text.Split('x', 'X');
        return sides.Length == 2 && TrySide(sides[0], out int width) && TrySide(sides[1], out int height)
            ? (width, height)
            : throw FailureException.Usage($"--size {text}: write WIDTHxHEIGHT, each 1 to {MostSide}");
    }

    private static bool TrySide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= 1 and <= MostSide;
}
