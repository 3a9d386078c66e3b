using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.Formats.Dng;

/// <summary>Samples as fresh DNG files store them.</summary>
internal static class DngSamples
{
    /// <summary>Rows of 8 bits, little-endian 16 bits, or packed bits.</summary>
    public static byte[] Packed(Plane<ushort> plane, int bits)
    {
        int stride = BitPacking.RowBytes(plane.Width, bits);
        var bytes = new byte[checked(stride * plane.Height)];
        for (int y = 0; y < plane.Height; y++)
        {
            ReadOnlySpan<ushort> samples = plane.Row(y);
            Span<byte> row = bytes.AsSpan(y * stride, stride);
            for (int x = 0; x < samples.Length; x++)
            {
                if (bits == 16)
                {
                    (row[2 * x], row[(2 * x) + 1]) = ((byte)samples[x], (byte)(samples[x] >> 8));
                }
                else
                {
                    BitPacking.Set(row, bits, x, samples[x]);
                }
            }
        }

        return bytes;
    }

    /// <summary>
    /// Square lossless JPEG tiles in raster order, the last column and row filled up with their edge. A mosaic with a period of two columns
    /// is coded as two components of half the width, so that the predictor stays within a colour.
    /// </summary>
    public static List<byte[]> LosslessTiles(Plane<ushort> plane, int bits, CfaPattern cfa, int side)
    {
        int components = cfa.Width == 2 ? 2 : 1;
        var shape = new LosslessJpegShape(bits, side / components, side, components, Predictor: 1);
        var tile = new ushort[side * side];
        var tiles = new List<byte[]>();
        for (int top = 0; top < plane.Height; top += side)
        {
            for (int left = 0; left < plane.Width; left += side)
            {
                for (int i = 0; i < tile.Length; i++)
                {
                    tile[i] = plane[Math.Min(left + (i % side), plane.Width - 1), Math.Min(top + (i / side), plane.Height - 1)];
                }

                tiles.Add(LosslessJpegEncoder.Encode(shape, tile));
            }
        }

        return tiles;
    }
}
