using PixelMend.Formats;

namespace PixelMend.Cli.Files;

/// <summary>The mark in the names of files that the program made from others: <c>NAME.mended.EXT</c>.</summary>
internal static class OwnOutput
{
    private const string Mark = ".mended";

    /// <summary>The output's name in the input's own format.</summary>
    public static string NameFor(string input) => $"{FileName.Stem(input)}{Mark}{FileName.Extension(input)}";

    /// <summary>The same, with the extension of the format that stands in where new files of the input's own cannot be written.</summary>
    public static string NameForNew(string input) =>
        FormatSet.FrameFormatNamed(input)?.StandInExtension is { } extension ? $"{FileName.Stem(input)}{Mark}{extension}" : NameFor(input);

    public static bool IsMarked(string path) => FileName.Stem(path).EndsWith(Mark, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the outputs of a file stand when they are not told to stand elsewhere.</summary>
    public static IEnumerable<string> PathsFor(string input) =>
        ((string[])[NameFor(input), NameForNew(input)])
            .Distinct(StringComparer.Ordinal)
            .Select(name => Path.Combine(Path.GetDirectoryName(input) ?? string.Empty, name));
}
