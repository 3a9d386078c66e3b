using System.Text.RegularExpressions;

namespace PixelMend.Cli.Files;

/// <summary>Shell patterns, for those that reach the program quoted: <c>*</c>, <c>?</c>, <c>[a-z]</c>, and <c>**</c> for folders at any depth.</summary>
internal static class Glob
{
    public static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?', '[');

    /// <summary>The files that match, sorted by name; none where none does.</summary>
    public static IReadOnlyList<string> Expand(string pattern)
    {
        string[] segments = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> paths = [pattern.StartsWith('/') ? "/" : string.Empty];
        for (int i = 0; i < segments.Length; i++)
        {
            string segment = segments[i];
            bool last = i == segments.Length - 1;
            paths = paths.SelectMany(parent => Step(parent, segment, last));
        }

        return [.. paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Step(string parent, string segment, bool last)
    {
        if (segment == "**")
        {
            IEnumerable<string> below = Entries(parent, folders: true).SelectMany(folder => Step(folder, segment, last));
            return last ? below.Concat(Entries(parent, folders: false)) : below.Prepend(parent);
        }

        if (!IsPattern(segment))
        {
            string path = Path.Combine(parent, segment);
            return (last ? File.Exists(path) : Directory.Exists(path)) ? [path] : [];
        }

        Regex matcher = ToRegex(segment);
        return Entries(parent, folders: !last).Where(path => matcher.IsMatch(Path.GetFileName(path)));
    }

    /// <summary>Folders that may not be read hold nothing for us, as in the shell. Hidden entries need to be named.</summary>
    private static IEnumerable<string> Entries(string parent, bool folders)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden };
        string where = parent.Length == 0 ? "." : parent;
        IEnumerable<string> found = folders
            ? Directory.EnumerateDirectories(where, "*", options)
            : Directory.EnumerateFiles(where, "*", options);
        return found.Select(path => Path.Combine(parent, Path.GetFileName(path)));
    }

    private static Regex ToRegex(string segment)
    {
        string text = Regex.Escape(segment).Replace(@"\*", ".*").Replace(@"\?", ".").Replace(@"\[!", "[^").Replace(@"\[", "[");
        return new Regex($"^{text}$", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);
    }
}
