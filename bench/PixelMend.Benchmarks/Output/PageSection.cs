namespace PixelMend.Benchmarks.Output;

/// <summary>The part of a page that a command writes, between two comments that name it.</summary>
internal static class PageSection
{
    /// <summary>Puts new text between <c>&lt;!-- name: begin --&gt;</c> and <c>&lt;!-- name: end --&gt;</c>; all else stays.</summary>
    /// <exception cref="InvalidDataException">The page has no such part.</exception>
    public static void Replace(string path, string name, string text) =>
        File.WriteAllText(path, Replaced(File.ReadAllText(path), name, text));

    internal static string Replaced(string page, string name, string text)
    {
        (int from, int to) = Find(page, name);
        return $"{page[..from]}\n{text.Trim()}\n\n{page[to..]}";
    }

    /// <summary>What stands there.</summary>
    internal static string Text(string page, string name)
    {
        (int from, int to) = Find(page, name);
        return page[from..to].Trim();
    }

    private static (int From, int To) Find(string page, string name)
    {
        string begin = $"<!-- {name}: begin -->\n";
        string end = $"<!-- {name}: end -->";
        int from = page.IndexOf(begin, StringComparison.Ordinal);
        int to = page.IndexOf(end, StringComparison.Ordinal);
        return from >= 0 && to > from
            ? (from + begin.Length, to)
            : throw new InvalidDataException($"the page has no part between '{begin.Trim()}' and '{end}'");
    }
}
