using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.Formats.Dng;

/// <summary>
/// The small picture at a DNG's head, for programs that show files without developing them: uncompressed sRGB, in the camera's colours and
/// white balance, as bright as its brightest parts allow.
/// </summary>
internal static class DngPreview
{
    private const int LargestSide = 256;
    private const ushort Rgb = 2;
    private const uint Srgb = 2;

    /// <summary>Part of the pixels that may burn out: stars and lamps must not leave all else in the dark.</summary>
    private const double Burnt = 0.01;

    /// <summary>Largest factor on the signal: the noise of a dark frame is not worth a look.</summary>
    private const double LargestGain = 64;

    /// <summary>Sets the fields of the directory that holds the picture.</summary>
    /// <param name="tiff">The file's first directory.</param>
    /// <param name="frame">What it shows.</param>
    /// <param name="shown">The part that is the picture.</param>
    /// <param name="color">The mosaic's colours; null for monochrome frames.</param>
    public static void Set(TiffBuilder tiff, RawFrame frame, Area shown, DngColor? color)
    {
        // At least two photosites to a pixel: where readers go by size, no preview may pass for the raw image.
        int block = new[]
        {
            2,
            frame.Cfa.Width,
            frame.Cfa.Height,
            (Math.Max(shown.Width, shown.Height) + LargestSide - 1) / LargestSide,
        }.Max();
        var scaled = ColorMeans.Of(frame, shown, block);
        tiff.SetLong(TiffTag.NewSubfileType, 1);
        tiff.SetLong(TiffTag.ImageWidth, (uint)scaled.Width);
        tiff.SetLong(TiffTag.ImageLength, (uint)scaled.Height);
        tiff.Set(TiffTag.BitsPerSample, 8, 8, 8);
        tiff.Set(TiffTag.Compression, 1);
        tiff.Set(TiffTag.Photometric, Rgb);
        tiff.Set(TiffTag.SamplesPerPixel, 3);
        tiff.Set(TiffTag.PlanarConfiguration, 1);
        tiff.SetLong(TiffTag.RowsPerStrip, (uint)scaled.Height);
        tiff.SetLong(TiffTag.PreviewColorSpace, Srgb);
        tiff.SetSegments([Encode(Develop(scaled, color))], TiffTag.StripOffsets, TiffTag.StripByteCounts);
    }

    /// <summary>Linear red, green and blue, one pixel after the other.</summary>
    private static double[] Develop(ColorMeans scaled, DngColor? color)
    {
        var pixels = new double[3 * scaled.Width * scaled.Height];
        float[][] signals = [.. color is null ? scaled.Means.Values : color.Filters.Select(f => scaled.Means[f])];
        double[] neutral = color?.Neutral ?? [1];
        double[][] toScreen = color?.ToScreen() ?? [.. Enumerable.Repeat(Mean(signals.Length), 3)];
        double most = neutral.Max();
        for (int i = 0; i < pixels.Length; i++)
        {
            double sum = 0;
            for (int f = 0; f < signals.Length; f++)
            {
                // No filter goes further than the first that saturates, else burnt parts take its complement's colour.
                sum += toScreen[i % 3][f] * Math.Clamp(signals[f][i / 3] * most / neutral[f], 0, 1);
            }

            pixels[i] = Math.Max(sum, 0);
        }

        return pixels;
    }

    private static double[] Mean(int count) => [.. Enumerable.Repeat(1.0 / count, count)];

    private static byte[] Encode(double[] pixels)
    {
        double[] brightness = [.. pixels.Chunk(3).Select(p => p.Max()).Order()];
        double gain = Math.Min(1 / brightness[(int)((1 - Burnt) * (brightness.Length - 1))], LargestGain);
        return [.. pixels.Select(p => (byte)Math.Round(255 * Companded(Math.Min(p * gain, 1))))];
    }

    /// <summary>The curve of sRGB (IEC 61966-2-1).</summary>
    private static double Companded(double linear) => linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;
}
