using PixelMend.Frames;

namespace PixelMend.Formats.Dng;

/// <summary>Samples as fresh lossless JPEG files hold them.</summary>
internal static class LosslessJpegSegments
{
    /// <summary>
    /// Lossless JPEG segments in raster order. A mosaic with a period of two columns is coded as two components of half the width,
    /// so that the predictor stays within a colour.
    /// </summary>
    /// <param name="plane">The samples.</param>
    /// <param name="bits">Their depth.</param>
    /// <param name="cfa">Their mosaic.</param>
    /// <param name="width">Width of a segment.</param>
    /// <param name="height">Height of a segment.</param>
    /// <param name="fillUp">Whether segments beyond the bottom are filled up with the last row (tiles) or cut short (strips).</param>
    public static List<byte[]> Encode(Plane<ushort> plane, int bits, CfaPattern cfa, int width, int height, bool fillUp)
    {
        int components = cfa.Width == 2 && width % 2 == 0 ? 2 : 1;
        var segments = new List<byte[]>();
        for (int top = 0; top < plane.Height; top += height)
        {
            int rows = fillUp ? height : Math.Min(height, plane.Height - top);
            var shape = new LosslessJpegShape(bits, width / components, rows, components, Predictor: 1);
            var segment = new ushort[width * rows];
            for (int left = 0; left < plane.Width; left += width)
            {
                for (int y = 0; y < rows; y++)
                {
                    ReadOnlySpan<ushort> source = plane.Row(Math.Min(top + y, plane.Height - 1))[left..];
                    Span<ushort> row = segment.AsSpan(y * width, width);
                    source[..Math.Min(width, source.Length)].CopyTo(row);
                    row[Math.Min(width, source.Length)..].Fill(source[^1]);
                }

                segments.Add(LosslessJpegEncoder.Encode(shape, segment));
            }
        }

        return segments;
    }
}
