namespace PixelMend.Algorithms;

/// <summary>
/// The registration of an algorithm: its command-line name, help, documentation and parameters all follow from this one entry.
/// </summary>
/// <typeparam name="T">What it makes: a detector or a corrector.</typeparam>
/// <param name="Name">As written by the user, kebab-case.</param>
/// <param name="Summary">One sentence of what it does.</param>
/// <param name="Source">Paper, standard or convention it follows.</param>
/// <param name="Parameters">Numbers a user may set.</param>
/// <param name="Create">Makes one for checked settings.</param>
public sealed record Algorithm<T>(
    string Name,
    string Summary,
    string Source,
    IReadOnlyList<Parameter> Parameters,
    Func<Settings, T> Create
);
