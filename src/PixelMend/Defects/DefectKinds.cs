namespace PixelMend.Defects;

/// <summary>The one table of kinds and the names under which users and files know them.</summary>
public static class DefectKinds
{
    private const char Join = '+';

    private const string UnknownName = "unknown";

    /// <summary>Every single kind with its name, in the order of their bits.</summary>
    public static IReadOnlyList<(DefectKind Kind, string Name)> All { get; } =
    [
        (DefectKind.Hot, "hot"),
        (DefectKind.Warm, "warm"),
        (DefectKind.Dead, "dead"),
        (DefectKind.Stuck, "stuck"),
        (DefectKind.LowResponse, "low-response"),
        (DefectKind.OverResponse, "over-response"),
        (DefectKind.Noisy, "noisy"),
        (DefectKind.Telegraph, "telegraph"),
        (DefectKind.NonLinear, "non-linear"),
    ];

    /// <summary>The name of a kind, several joined by <c>+</c>: <c>hot+noisy</c>; <c>unknown</c> for none.</summary>
    public static string NameOf(DefectKind kind)
    {
        // One kind is the rule and must not allocate: maps have many thousand photosites.
        foreach ((DefectKind single, string name) in All)
        {
            if (kind == single)
            {
                return name;
            }
        }

        return kind == DefectKind.Unknown ? UnknownName : string.Join(Join, All.Where(k => kind.HasFlag(k.Kind)).Select(k => k.Name));
    }

    /// <summary>Reads what <see cref="NameOf"/> writes, letter case and spaces aside; empty text is unknown.</summary>
    /// <returns>Whether every name is known.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out DefectKind kind)
    {
        kind = DefectKind.Unknown;
        foreach (Range range in text.Split(Join))
        {
            ReadOnlySpan<char> word = text[range].Trim();
            if (word.IsEmpty || word.Equals(UnknownName, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            DefectKind single = Find(word);
            if (single == DefectKind.Unknown)
            {
                return false;
            }

            kind |= single;
        }

        return true;
    }

    private static DefectKind Find(ReadOnlySpan<char> word)
    {
        foreach ((DefectKind kind, string name) in All)
        {
            if (word.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return DefectKind.Unknown;
    }
}
