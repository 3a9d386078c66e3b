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
            "END",
        ];
        string header = string.Concat(all.Select(c => c.PadRight(80)));
        byte[] file = new byte[Padded(header.Length) + Padded(data.Length)];
        file.AsSpan(0, Padded(header.Length)).Fill((byte)' ');
        Encoding.Latin1.GetBytes(header, file);
        data.CopyTo(file, Padded(header.Length));
        return file;
    }

    /// <summary>Byte at which the data of a made file start.</summary>
    public static int DataStart(byte[] file) => Padded(file.AsSpan().IndexOf("END     "u8));

    private static int Padded(int bytes) => (bytes + 2879) / 2880 * 2880;
}
