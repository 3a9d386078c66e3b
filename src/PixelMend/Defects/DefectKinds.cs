namespace PixelMend.Defects;

/// <summary>The one table of kinds and the names under which users and files know them.</summary>
public static class DefectKinds
{
    private const char Join = '+';

    private const string UnknownName = "unknown";

    // An array, because maps have many thousand photosites and enumerating it allocates nothing.
    private static readonly (DefectKind Kind, string Name)[] Table =
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

    /// <summary>Every single kind with its name, in the order of their bits.</summary>
    public static IReadOnlyList<(DefectKind Kind, string Name)> All => Table;

    /// <summary>The name of a kind, several joined by <c>+</c>: <c>hot+noisy</c>; <c>unknown</c> for none.</summary>
    public static string NameOf(DefectKind kind)
    {
        foreach ((DefectKind single, string name) in Table)
        {
            if (kind == single)
            {
                return name;
            }
        }

        return kind == DefectKind.Unknown ? UnknownName : string.Join(Join, Table.Where(k => kind.HasFlag(k.Kind)).Select(k => k.Name));
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

    /// <summary>Leaves out kinds that a stronger one of the same sort covers: a hot photosite is no warm one, a dead one does not respond a little.</summary>
    public static DefectKind Strongest(DefectKind kind)
    {
        kind = kind.HasFlag(DefectKind.Dead) ? kind & ~DefectKind.LowResponse : kind;
        return kind.HasFlag(DefectKind.Hot) ? kind & ~DefectKind.Warm : kind;
    }

    private static DefectKind Find(ReadOnlySpan<char> word)
    {
        foreach ((DefectKind kind, string name) in Table)
        {
            if (word.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return DefectKind.Unknown;
    }
}
