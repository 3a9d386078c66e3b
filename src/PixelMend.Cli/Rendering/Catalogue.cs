using System.Text.Json.Serialization;
using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Detection;
using PixelMend.Formats;
using PixelMend.Formats.Fits;
using PixelMend.Formats.Maps;
using PixelMend.Formats.Otp;

namespace PixelMend.Cli.Rendering;

/// <summary>Every format, from the one list of them.</summary>
internal sealed record FormatList(IReadOnlyList<FormatEntry> Frames, IReadOnlyList<FormatEntry> Maps)
{
    public static FormatList All =>
        new(
            [
                .. FormatSet.Frames.Select(f => new FormatEntry(
                    f.Name,
                    f.Extensions,
                    f.Summary,
                    f.Part,
                    FormatEntry.PageOf(f.Name),
                    f.StandInExtension
                )),
            ],
            [.. FormatSet.Maps.Select(f => new FormatEntry(f.Name, f.Extensions, f.Summary, "PixelMend", FormatEntry.PageOf(f), null))]
        );
}

/// <summary>One format.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Extensions">With their dot, the usual one first.</param>
/// <param name="Summary">What is read, written and kept, in a sentence.</param>
/// <param name="Part">What does the work: this program, or a library and its version.</param>
/// <param name="Page">The page that says it in full, from the project's root.</param>
/// <param name="WrittenAs">Extension that repaired frames get where new files of the format cannot be written; null where they can.</param>
internal sealed record FormatEntry(
    string Name,
    IReadOnlyList<string> Extensions,
    string Summary,
    string Part,
    string Page,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? WrittenAs
)
{
    /// <summary>The page of a format of maps; lists and masks of other programs share one.</summary>
    public static string PageOf(MapFormat format) =>
        format switch
        {
            CsvMap or JsonMap or FitsMask => PageOf(format.Name),
            PackedFitsMask => PageOf("fits-mask"),
            OtpMap or PartTable => PageOf("otp"),
            _ => PageOf("maps"),
        };

    /// <summary>The page of a format of this name.</summary>
    public static string PageOf(string name) => $"docs/formats/{name.ToLowerInvariant().Replace(' ', '-')}.md";
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
