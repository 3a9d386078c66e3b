namespace PixelMend.Defects;

/// <summary>What longer observation tells of a defect, beside its place, kind and severity.</summary>
public sealed record DefectDetails
{
    private const string Join = " + ";

    /// <summary>When it shows; null: always.</summary>
    public Activation? Activation { get; init; }

    /// <summary>When the first frame that shows it was taken.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>When the last frame that shows it was taken.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>What found it, for instance <c>calibrate</c>; several joined by <c> + </c>.</summary>
    public string? Source { get; init; }

    /// <summary>What two sources know together: active whenever one says so, seen from the first time to the last.</summary>
    internal static DefectDetails? Unite(DefectDetails? one, DefectDetails? other)
    {
        if (one == other)
        {
            return one;
        }

        var united = new DefectDetails
        {
            Activation = Activation.Widest(one?.Activation, other?.Activation),
            FirstSeen = Outer(one?.FirstSeen, other?.FirstSeen, sign: -1),
            LastSeen = Outer(one?.LastSeen, other?.LastSeen, sign: 1),
            Source = UniteNames(one?.Source, other?.Source),
        };
        return united == Nothing ? null : united;
    }

    private static DefectDetails Nothing { get; } = new();

    /// <summary>The later of two times for sign 1, the earlier for −1; a known one before an unknown.</summary>
    private static DateTimeOffset? Outer(DateTimeOffset? one, DateTimeOffset? other, int sign) =>
        one is null ? other
        : other is null || sign * one.Value.CompareTo(other.Value) >= 0 ? one
        : other;

    private static string? UniteNames(string? one, string? other) =>
        one is null ? other
        : other is null ? one
        : string.Join(Join, one.Split(Join).Union(other.Split(Join), StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
