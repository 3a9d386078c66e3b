using PixelMend.Formats.Tiff;

namespace PixelMend.Formats.Dng;

/// <summary>The colours of the mosaic's planes as DNG tags.</summary>
internal static class DngColorWriter
{
    private const ushort D65 = 21;

    /// <summary>Sets the tags in the file's first directory.</summary>
    public static void Set(TiffBuilder tiff, DngColor color)
    {
        double[] matrix = [.. color.Responses.SelectMany(r => (double[])[r.X, r.Y, r.Z]).Select(v => Math.Round(v, 4))];
        tiff.SetRational(TiffTag.ColorMatrix1, signed: true, matrix);
        tiff.SetRational(TiffTag.AsShotNeutral, signed: false, [.. color.Neutral.Select(v => Math.Round(v, 6))]);
        tiff.Set(TiffTag.CalibrationIlluminant1, D65);
    }
}
