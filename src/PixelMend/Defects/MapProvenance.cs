namespace PixelMend.Defects;

/// <summary>Where a map comes from, so that it can be trusted or made again.</summary>
public sealed record MapProvenance
{
    /// <summary>Nothing known.</summary>
    public static MapProvenance Unknown { get; } = new();

    /// <summary>Names (not paths) of the files it was made from.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Name of the algorithm, for instance <c>model</c>.</summary>
    public string? Algorithm { get; init; }

    /// <summary>Its parameters, invariant text.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Program and version.</summary>
    public string? Program { get; init; }

    /// <summary>Camera the map belongs to.</summary>
    public string? Camera { get; init; }
}
