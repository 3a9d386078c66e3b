using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace PixelMend.Formats.Tests.Fits;

/// <summary>A tile-compressed FITS file made by hand: GZIP_1, one tile a row, behind an empty primary unit.</summary>
internal static class TiledFile
{
    public static byte[] Make(int width, int height, short[] samples, params string[] cards)
    {
        byte[][] tiles = [.. Enumerable.Range(0, height).Select(y => Tile(samples.AsSpan(y * width, width)))];
        int heap = tiles.Sum(t => t.Length);
        var data = new byte[(8 * height) + heap];
        int at = 0;
        for (int y = 0; y < height; y++)
        {
            BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(8 * y), tiles[y].Length);
            BinaryPrimitives.WriteInt32BigEndian(data.AsSpan((8 * y) + 4), at);
            tiles[y].CopyTo(data, (8 * height) + at);
            at += tiles[y].Length;
        }

        byte[] primary = FitsFile.Blocks("SIMPLE  = T", "BITPIX  = 8", "NAXIS   = 0");
        byte[] header = FitsFile.Blocks([
            "XTENSION= 'BINTABLE'",
            "BITPIX  = 8",
            "NAXIS   = 2",
            "NAXIS1  = 8",
            $"NAXIS2  = {height}",
            $"PCOUNT  = {heap}",
            "GCOUNT  = 1",
            "TFIELDS = 1",
            "TTYPE1  = 'COMPRESSED_DATA'",
            $"TFORM1  = '1PB({tiles.Max(t => t.Length)})'",
            "ZIMAGE  = T",
            "ZBITPIX = 16",
            "ZNAXIS  = 2",
            $"ZNAXIS1 = {width}",
            $"ZNAXIS2 = {height}",
            $"ZTILE1  = {width}",
            "ZTILE2  = 1",
            "ZCMPTYPE= 'GZIP_1'",
            .. cards,
        ]);
        return [.. primary, .. header, .. data, .. new byte[(2880 - (data.Length % 2880)) % 2880]];
    }

    private static byte[] Tile(ReadOnlySpan<short> row)
    {
        var bytes = new byte[row.Length * 2];
        for (int x = 0; x < row.Length; x++)
        {
            BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(2 * x), row[x]);
        }

        return Files.Made(output =>
        {
            using var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true);
            gzip.Write(bytes);
        });
    }
}
