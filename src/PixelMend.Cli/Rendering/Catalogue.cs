using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Detection;
using PixelMend.Formats;

namespace PixelMend.Cli.Rendering;

/// <summary>Every format, from the one list of them.</summary>
internal sealed record FormatList(IReadOnlyList<FormatEntry> Frames, IReadOnlyList<FormatEntry> Maps)
{
    public static FormatList All =>
        new(
            [.. FormatSet.Frames.Select(f => FormatEntry.Of(f, f.Name, f.Extensions, f.Summary))],
            [.. FormatSet.Maps.Select(f => FormatEntry.Of(f, f.Name, f.Extensions, f.Summary))]
        );
}

/// <summary>One format.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Extensions">With their dot, the usual one first.</param>
/// <param name="Summary">What is read, written and kept, in a sentence.</param>
/// <param name="Part">The part of the program that it is in.</param>
/// <param name="Page">The page that says it in full, from the project's root.</param>
internal sealed record FormatEntry(string Name, IReadOnlyList<string> Extensions, string Summary, string Part, string Page)
{
    /// <param name="format">The format, whose assembly is the part of the program that it is in.</param>
    /// <param name="name">Its name, which the page is named after.</param>
    /// <param name="extensions">Its extensions.</param>
    /// <param name="summary">Its summary.</param>
    public static FormatEntry Of(object format, string name, IReadOnlyList<string> extensions, string summary) =>
        new(
            name,
            extensions,
            summary,
            format.GetType().Assembly.GetName().Name!,
            $"docs/formats/{name.ToLowerInvariant().Replace(' ', '-')}.md"
        );
}

/// <summary>Every algorithm, from the lists of them; the first of each is the default.</summary>
internal sealed record AlgorithmList(IReadOnlyList<AlgorithmEntry> Detectors, IReadOnlyList<AlgorithmEntry> Correctors)
{
    public static AlgorithmList All => new(Entries(Detection.Detectors.All), Entries(Correction.Correctors.All));

    private static AlgorithmEntry[] Entries<T>(IReadOnlyList<Algorithm<T>> all) =>
        [.. all.Select((a, i) => new AlgorithmEntry(a.Name, a.Summary, a.Source, i == 0, a.Parameters))];
}

/// <summary>One algorithm with its parameters.</summary>
internal sealed record AlgorithmEntry(string Name, string Summary, string Source, bool IsDefault, IReadOnlyList<Parameter> Parameters);
