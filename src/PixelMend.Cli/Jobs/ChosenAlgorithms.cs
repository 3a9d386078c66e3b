using System.Globalization;
using PixelMend.Algorithms;
using PixelMend.Cli.Failures;
using PixelMend.Correction;
using PixelMend.Detection;
using PixelMend.Formats;

namespace PixelMend.Cli.Jobs;

/// <summary>An algorithm made ready, with what it was made from.</summary>
internal sealed record Chosen<T>(string Name, Settings Settings, T Instance);

/// <summary>The algorithms of a run. One <c>--set</c> reaches every chosen algorithm that has a parameter of that name.</summary>
/// <param name="Detector">Null where only known defects count.</param>
/// <param name="Corrector">Null where defects are only found.</param>
internal sealed record ChosenAlgorithms(Chosen<IDefectDetector>? Detector, Chosen<IDefectCorrector>? Corrector)
{
    /// <param name="detector">A name; null: the default.</param>
    /// <param name="corrector">A name; null: the default.</param>
    /// <param name="sets">Texts <c>name=value</c>.</param>
    /// <param name="sensitivity">How readily to flag.</param>
    /// <param name="detect">Whether a detector is wanted.</param>
    /// <param name="correct">Whether a corrector is wanted.</param>
    /// <exception cref="FailureException">A name is unknown or a value out of range.</exception>
    public static ChosenAlgorithms Of(
        string? detector,
        string? corrector,
        IReadOnlyList<string> sets,
        Sensitivity sensitivity,
        bool detect,
        bool correct
    )
    {
        Algorithm<IDefectDetector>? foundDetector = detect ? Find("--detector", Detectors.All, detector) : null;
        Algorithm<IDefectCorrector>? foundCorrector = correct ? Find("--corrector", Correctors.All, corrector) : null;
        Parameter[] known = [.. foundDetector?.Parameters ?? [], .. foundCorrector?.Parameters ?? []];
        Dictionary<string, double> given = Parse(sets, known);
        return new ChosenAlgorithms(Make(foundDetector, given, sensitivity), Make(foundCorrector, given, sensitivity));
    }

    /// <summary>The job that these algorithms do on a frame.</summary>
    public Repair ToRepair() => new() { Detectors = Detector is { } detector ? [detector.Instance] : [], Corrector = Corrector?.Instance };

    /// <summary>The same job on the frames of one video, in their order: what is learned from one serves the next as long as it fits.</summary>
    public Repair ToVideoRepair()
    {
        Repair single = ToRepair();
        return new Repair
        {
            Detectors = [.. single.Detectors.Select(ForVideo)],
            Corrector = single.Corrector is { } corrector ? ForVideo(corrector) : null,
        };
    }

    /// <summary>The algorithms as files record them that are changed with them.</summary>
    public EditRecord ToRecord() =>
        new(
            ProgramInfo.NameAndVersion,
            [
                Detector is { } detector
                    ? $"defects found by {detector.Name}, sensitivity {detector.Settings.Sensitivity.ToString().ToLowerInvariant()}"
                    : "known defects only",
                .. Corrector is { } corrector ? (string[])[$"values inferred by {corrector.Name}"] : [],
            ]
        );

    private static T ForVideo<T>(T algorithm) => algorithm is IVideoAlgorithm<T> learning ? learning.ForVideo() : algorithm;

    private static Algorithm<T> Find<T>(string option, IReadOnlyList<Algorithm<T>> all, string? name) =>
        name is null
            ? all[0]
            : all.FirstOrDefault(a => a.Name == name)
                ?? throw FailureException.Usage($"{option}: there is no '{name}'; known: {string.Join(", ", all.Select(a => a.Name))}");

    private static Dictionary<string, double> Parse(IReadOnlyList<string> sets, Parameter[] known)
    {
        var given = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string set in sets)
        {
            int equals = set.IndexOf('=');
            if (equals < 1 || !double.TryParse(set.AsSpan(equals + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            {
                throw FailureException.Usage($"--set {set}: write name=value with a number, for instance threshold=0.1");
            }

            string name = set[..equals];
            if (!known.Any(p => p.Name == name))
            {
                string names = string.Join(", ", known.Select(p => p.Name).Distinct(StringComparer.Ordinal));
                throw FailureException.Usage(
                    $"--set {set}: the chosen algorithms have no parameter '{name}'; known: {(names.Length > 0 ? names : "none")}"
                );
            }

            given[name] = value;
        }

        return given;
    }

    private static Chosen<T>? Make<T>(Algorithm<T>? algorithm, Dictionary<string, double> given, Sensitivity sensitivity)
    {
        if (algorithm is null)
        {
            return null;
        }

        try
        {
            var own = given.Where(g => algorithm.Parameters.Any(p => p.Name == g.Key)).ToDictionary(StringComparer.Ordinal);
            var settings = new Settings(algorithm.Parameters, own, sensitivity);
            return new Chosen<T>(algorithm.Name, settings, algorithm.Create(settings));
        }
        catch (ArgumentException e)
        {
            throw FailureException.Usage($"--set: {e.Message}");
        }
    }
}
