using System.Text;
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
        var text = new StringBuilder("^");
        for (int i = 0; i < segment.Length; i++)
        {
            int close = segment[i] == '[' ? EndOfSet(segment, i) : -1;
            text.Append(
                segment[i] == '*' ? ".*"
                : segment[i] == '?' ? "."
                : close > 0 ? SetToRegex(segment[(i + 1)..close])
                : Regex.Escape(segment[i].ToString())
            );
            i = Math.Max(i, close);
        }

        return new Regex($"{text}$", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);
    }

    /// <summary>The bracket that closes the set; -1 where none does, and the opening one stands for itself. One right after the start belongs to the set.</summary>
    private static int EndOfSet(string segment, int open)
    {
        int first = segment.AsSpan(open + 1).StartsWith('!') ? open + 2 : open + 1;
        return first + 1 < segment.Length ? segment.IndexOf(']', first + 1) : -1;
    }

    /// <summary>One character of a set such as <c>a-z_</c>; a range that runs backwards holds nothing.</summary>
    private static string SetToRegex(string set)
    {
        bool negated = set.StartsWith('!');
        string rest = negated ? set[1..] : set;
        var members = new StringBuilder();
        for (int i = 0; i < rest.Length; i++)
        {
            bool range = i + 2 < rest.Length && rest[i + 1] == '-';
            (char from, char to) = (rest[i], range ? rest[i + 2] : rest[i]);
            members.Append(from <= to ? $"\\u{(int)from:X4}-\\u{(int)to:X4}" : string.Empty);
            i += range ? 2 : 0;
        }

        return members.Length > 0 ? $"[{(negated ? "^" : "")}{members}]"
            : negated ? "."
            : "[^\\s\\S]";
    }
}
