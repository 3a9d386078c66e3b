namespace PixelMend.Formats;

/// <summary>Who changed a file and how, for formats that keep a record of it (FITS HISTORY).</summary>
/// <param name="Program">Name and version.</param>
/// <param name="Steps">One clause for each thing that was done.</param>
public sealed record EditRecord(string Program, IReadOnlyList<string> Steps);
