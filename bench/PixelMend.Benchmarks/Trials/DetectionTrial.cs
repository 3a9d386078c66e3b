using System.Globalization;
using PixelMend.Benchmarks.Frames;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Evaluation;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Trials;

/// <summary>A way to break frames for detectors.</summary>
/// <param name="Preset">Name of the injection preset.</param>
/// <param name="Density">Part of the photosites that become defective.</param>
internal sealed record DefectLoad(string Preset, double Density)
{
    public string F1 => Measure("F1");

    public string Recall => Measure("recall");

    public string Precision => Measure("precision");

    /// <summary>As in the tables: <c>mixed 1e-3</c>.</summary>
    public override string ToString() => $"{Preset} {Density.ToString("0e-0", CultureInfo.InvariantCulture)}";

    private string Measure(string name) => $"{this} {name}";
}

/// <summary>What every detector finds of known defects, and what it flags in frames without.</summary>
internal static class DetectionTrial
{
    /// <summary>False alarms per megapixel of the frame as it is.</summary>
    public const string Clean = "clean FP/Mpx";

    public static void Run(
        BenchFrame frame,
        IReadOnlyList<DefectLoad> loads,
        IReadOnlyList<int> seeds,
        Results results,
        ParallelOptions options
    )
    {
        var none = DefectMap.Empty(frame.Frame.Width, frame.Frame.Height);
        var clean = new InjectedFrame(frame.Frame, frame.Frame, [], none, none, none.ToMask());
        Score(clean, options, (method, score) => results.Add(frame.Name, method, Clean, score.FalseAlarmsPerMegapixel));
        foreach (DefectLoad load in loads)
        {
            foreach (int seed in seeds)
            {
                var injection = new DefectInjection(InjectionPresets.Named(load.Preset), load.Density, (ulong)seed);
                Score(
                    injection.Into(frame.Frame, none, options),
                    options,
                    (method, score) =>
                    {
                        results.Add(frame.Name, method, load.F1, score.F1);
                        results.Add(frame.Name, method, load.Recall, score.Recall);
                        results.Add(frame.Name, method, load.Precision, score.Precision);
                    }
                );
            }
        }
    }

    private static void Score(InjectedFrame frame, ParallelOptions options, Action<string, DetectionScore> take)
    {
        foreach (Method<IDefectDetector> method in Methods.Detectors.Where(m => m.Handles(frame.Original.Cfa)))
        {
            var found = new DefectMap.Builder(frame.Broken.Width, frame.Broken.Height);
            method.Instance.Detect(new Evidence(frame.Broken, DefectMap.Empty(frame.Broken.Width, frame.Broken.Height)), found, options);
            take(method.Name, DetectionScore.Of(frame, found.Build()));
        }
    }
}
