using PixelMend.Formats.Dng;
using PixelMend.Formats.Tiff;

namespace PixelMend.Formats;

/// <summary>Every format, listed once.</summary>
public static class FormatSet
{
    /// <summary>Frame formats in the order in which they are tried on a file.</summary>
    public static IReadOnlyList<FrameFormat> Frames { get; } = [new DngFormat(), new TiffFormat()];

    /// <summary>Map formats, chosen by extension.</summary>
    public static IReadOnlyList<MapFormat> Maps { get; } = [];
}
