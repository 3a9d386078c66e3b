namespace PixelMend.Algorithms;

/// <summary>One number that a user may set with <c>--set name=value</c>.</summary>
/// <param name="Name">As written by the user, kebab-case.</param>
/// <param name="Default">Value when not set.</param>
/// <param name="Least">Smallest value accepted.</param>
/// <param name="Most">Largest value accepted.</param>
/// <param name="Meaning">What it does and its unit, for help and docs.</param>
public sealed record Parameter(string Name, double Default, double Least, double Most, string Meaning);
