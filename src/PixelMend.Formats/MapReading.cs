using PixelMend.Defects;

namespace PixelMend.Formats;

/// <summary>What came of reading a map file.</summary>
/// <param name="Map">The defects, in sensor coordinates.</param>
/// <param name="SizeIsKnown">Whether the sensor's size was given or stated; else the map is as large as its photosites need.</param>
/// <param name="Notes">What had to be decided or left out, in words for the user.</param>
public sealed record MapReading(DefectMap Map, bool SizeIsKnown, IReadOnlyList<string> Notes);
