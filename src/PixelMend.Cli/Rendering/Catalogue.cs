using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Detection;
using PixelMend.Formats;

namespace PixelMend.Cli.Rendering;

/// <summary>Every format, from the one list of them.</summary>
internal sealed record FormatList(IReadOnlyList<FrameFormatEntry> Frames, IReadOnlyList<FormatEntry> Maps)
{
    public static FormatList All =>
        new(
            [.. FormatSet.Frames.Select(f => new FrameFormatEntry(f.Name, f.Extensions, f.Summary, f.Part, f.StandInExtension))],
            [.. FormatSet.Maps.Select(f => new FormatEntry(f.Name, f.Extensions, f.Summary))]
        );
}

/// <summary>One format of frames.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Extensions">Its extensions, the usual one first.</param>
/// <param name="Summary">What is read and written.</param>
/// <param name="Part">What does the work: this program, or a library and its version.</param>
/// <param name="WrittenAs">Extension that repaired frames get where new files of the format cannot be written; null where they can.</param>
internal sealed record FrameFormatEntry(string Name, IReadOnlyList<string> Extensions, string Summary, string Part, string? WrittenAs);

/// <summary>One format of maps.</summary>
internal sealed record FormatEntry(string Name, IReadOnlyList<string> Extensions, string Summary);

/// <summary>Every algorithm, from the lists of them; the first of each is the default.</summary>
internal sealed record AlgorithmList(IReadOnlyList<AlgorithmEntry> Detectors, IReadOnlyList<AlgorithmEntry> Correctors)
{
    public static AlgorithmList All => new(Entries(Detection.Detectors.All), Entries(Correction.Correctors.All));

    private static AlgorithmEntry[] Entries<T>(IReadOnlyList<Algorithm<T>> all) =>
        [.. all.Select((a, i) => new AlgorithmEntry(a.Name, a.Summary, a.Source, i == 0, a.Parameters))];
}

/// <summary>One algorithm with its parameters.</summary>
internal sealed record AlgorithmEntry(string Name, string Summary, string Source, bool IsDefault, IReadOnlyList<Parameter> Parameters);
