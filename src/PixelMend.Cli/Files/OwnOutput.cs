namespace PixelMend.Cli.Files;

/// <summary>The mark in the names of files that the program made from others: <c>NAME.mended.EXT</c>.</summary>
internal static class OwnOutput
{
    private const string Mark = ".mended";

    public static string NameFor(string input) => $"{Path.GetFileNameWithoutExtension(input)}{Mark}{Path.GetExtension(input)}";

    public static bool IsMarked(string path) => Path.GetFileNameWithoutExtension(path).EndsWith(Mark, StringComparison.OrdinalIgnoreCase);

    /// <summary>The file that a marked one was made from.</summary>
    public static string SourceOf(string marked)
    {
        string stem = Path.GetFileNameWithoutExtension(marked)[..^Mark.Length];
        return Path.Combine(Path.GetDirectoryName(marked) ?? string.Empty, stem + Path.GetExtension(marked));
    }
}
