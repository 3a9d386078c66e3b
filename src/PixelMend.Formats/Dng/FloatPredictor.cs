using PixelMend.Formats.Tiff;

namespace PixelMend.Formats.Dng;

/// <summary>
/// Predictors of deflated 32-bit floats (TIFF Technical Note 3, DNG 1.4): none, horizontal differences of the samples' bits, or
/// differences of bytes after splitting a row into planes of its samples' bytes, highest first. The ×2 and ×4 variants look two or four samples back.
/// </summary>
internal sealed class FloatPredictor
{
    private readonly int back;
    private readonly bool bytePlanes;
    private readonly ByteOrder order;

    private FloatPredictor(int back, bool bytePlanes, ByteOrder order) =>
        (this.back, this.bytePlanes, this.order) = (back, bytePlanes, order);

    /// <summary>The predictor by its TIFF number, or null for one that is not known.</summary>
    public static FloatPredictor? Number(long number, ByteOrder order) =>
        number switch
        {
            1 => new FloatPredictor(0, false, order),
            2 => new FloatPredictor(1, false, order),
            34892 => new FloatPredictor(2, false, order),
            34893 => new FloatPredictor(4, false, order),
            3 => new FloatPredictor(1, true, order),
            34894 => new FloatPredictor(2, true, order),
            34895 => new FloatPredictor(4, true, order),
            _ => null,
        };

    /// <summary>Turns a row as coded into samples. <paramref name="row"/> serves as scratch.</summary>
    public void Restore(Span<byte> row, Span<float> samples)
    {
        for (int i = back; bytePlanes && i < row.Length; i++)
        {
            row[i] += row[i - back];
        }

        for (int x = 0; x < samples.Length; x++)
        {
            uint bits = bytePlanes ? Gather(row, x, samples.Length) : order.UInt32(row[(4 * x)..]);
            bits += !bytePlanes && back > 0 && x >= back ? BitConverter.SingleToUInt32Bits(samples[x - back]) : 0;
            samples[x] = BitConverter.UInt32BitsToSingle(bits);
        }
    }

    /// <summary>Turns samples into a row as coded.</summary>
    public void Subtract(ReadOnlySpan<float> samples, Span<byte> row)
    {
        for (int x = 0; x < samples.Length; x++)
        {
            uint bits = BitConverter.SingleToUInt32Bits(samples[x]);
            if (bytePlanes)
            {
                Scatter(bits, row, x, samples.Length);
            }
            else
            {
                uint before = back > 0 && x >= back ? BitConverter.SingleToUInt32Bits(samples[x - back]) : 0;
                order.Write(row[(4 * x)..], bits - before);
            }
        }

        for (int i = row.Length - 1; bytePlanes && i >= back; i--)
        {
            row[i] -= row[i - back];
        }
    }

    private static uint Gather(ReadOnlySpan<byte> row, int x, int width) =>
        ((uint)row[x] << 24) | ((uint)row[width + x] << 16) | ((uint)row[(2 * width) + x] << 8) | row[(3 * width) + x];

    private static void Scatter(uint bits, Span<byte> row, int x, int width)
    {
        row[x] = (byte)(bits >> 24);
        row[width + x] = (byte)(bits >> 16);
        row[(2 * width) + x] = (byte)(bits >> 8);
        row[(3 * width) + x] = (byte)bits;
    }
}
