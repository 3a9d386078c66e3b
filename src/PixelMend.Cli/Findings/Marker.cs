namespace PixelMend.Cli.Findings;

/// <summary>A defect on the overview: its place and the first of its kinds.</summary>
internal readonly record struct Marker(int X, int Y, string Kind);
