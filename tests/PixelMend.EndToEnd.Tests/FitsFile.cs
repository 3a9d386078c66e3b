using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace PixelMend.EndToEnd.Tests;

/// <summary>Writes 16-bit FITS images as cameras do, header by hand: an independent hand, for the program reads them.</summary>
internal static class FitsFile
{
    private const int Block = 2880;
    private const int Card = 80;

    /// <summary>Writes a mono image.</summary>
    /// <param name="path">File.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="sample">Column and row to sample, below 32,768.</param>
    /// <param name="cards">Further keywords and values, texts in single quotes.</param>
    public static void Write(string path, int width, int height, Func<int, int, int> sample, params (string Keyword, string Value)[] cards)
    {
        (string Keyword, string Value)[] all =
        [
            ("SIMPLE", "T"),
            ("BITPIX", "16"),
            ("NAXIS", "2"),
            ("NAXIS1", width.ToString(CultureInfo.InvariantCulture)),
            ("NAXIS2", height.ToString(CultureInfo.InvariantCulture)),
            .. cards,
        ];
        string header = string.Concat(all.Select(c => $"{c.Keyword, -8}= {c.Value, 20}".PadRight(Card))) + "END".PadRight(Card);
        int headerLength = (header.Length + Block - 1) / Block * Block;
        byte[] bytes = new byte[headerLength + (((2 * width * height) + Block - 1) / Block * Block)];
        Encoding.ASCII.GetBytes(header.PadRight(headerLength), bytes);
        for (int i = 0; i < width * height; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(headerLength + (2 * i)), (short)sample(i % width, i / width));
        }

        File.WriteAllBytes(path, bytes);
    }
}
