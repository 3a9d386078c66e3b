using System.Text;

namespace PixelMend.Formats.Tests.Fits;

/// <summary>FITS files card by card, independent of the writer under test.</summary>
internal static class FitsFile
{
    public static byte[] Make(int bitPix, int width, int height, byte[] data, params string[] cards)
    {
        string[] all =
        [
            "SIMPLE  =                    T",
            $"BITPIX  = {bitPix}",
            "NAXIS   = 2",
            $"NAXIS1  = {width}",
            $"NAXIS2  = {height}",
            .. cards,
        ];
        return [.. Blocks(all), .. data, .. new byte[Padded(data.Length) - data.Length]];
    }

    /// <summary>An image extension.</summary>
    public static byte[] Extension(int bitPix, int width, int height, byte[] data, params string[] cards)
    {
        string[] all =
        [
            "XTENSION= 'IMAGE   '",
            $"BITPIX  = {bitPix}",
            "NAXIS   = 2",
            $"NAXIS1  = {width}",
            $"NAXIS2  = {height}",
            "PCOUNT  = 0",
            "GCOUNT  = 1",
            .. cards,
        ];
        return [.. Blocks(all), .. data, .. new byte[Padded(data.Length) - data.Length]];
    }

    /// <summary>A header of these cards and END.</summary>
    public static byte[] Blocks(params string[] cards)
    {
        string header = string.Concat(cards.Append("END").Select(c => c.PadRight(80)));
        return Encoding.Latin1.GetBytes(header.PadRight(Padded(header.Length)));
    }

    /// <summary>Byte at which the data of a made file start.</summary>
    public static int DataStart(byte[] file) => Padded(file.AsSpan().IndexOf("END     "u8));

    private static int Padded(int bytes) => (bytes + 2879) / 2880 * 2880;
}
