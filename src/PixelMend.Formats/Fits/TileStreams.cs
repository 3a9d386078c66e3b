using System.Buffers.Binary;
using System.IO.Compression;

namespace PixelMend.Formats.Fits;

/// <summary>Whether the coded bytes of a tile can be given to cfitsio, which waits forever for the end of a broken deflate stream and believes the size that an H-compressed one states.</summary>
internal static class TileStreams
{
    private const ushort HcompressMagic = 0xDD99;

    private static readonly byte[] EndMark = Pack(EndText);

    private static ReadOnlySpan<byte> EndText => "the stream before has an end"u8;

    /// <param name="coding">ZCMPTYPE, or GZIP_1 for the column of tiles that could not be coded otherwise.</param>
    /// <param name="tile">The coded bytes, of which there are some.</param>
    /// <param name="samples">Samples of the tile.</param>
    public static bool AreSound(string coding, ReadOnlySpan<byte> tile, long samples) =>
        coding switch
        {
            "GZIP_1" or "GZIP_2" => InflatesTo(tile, samples),
            "HCOMPRESS_1" => tile.Length > 16
                && BinaryPrimitives.ReadUInt16BigEndian(tile) == HcompressMagic
                && BinaryPrimitives.ReadInt32BigEndian(tile[2..]) is > 0 and int rows
                && BinaryPrimitives.ReadInt32BigEndian(tile[6..]) is > 0 and int columns
                && (long)rows * columns == samples,
            _ => true,
        };

    /// <summary>
    /// Inflated once on our side: the whole stream must be valid, and as long as samples of some type are. The runtime says nothing of a stream without an
    /// end, so another stream is put behind it, which comes out only if the first did end.
    /// </summary>
    private static bool InflatesTo(ReadOnlySpan<byte> tile, long samples)
    {
        using var packed = new MemoryStream([.. tile, .. EndMark]);
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        var part = new byte[1 << 14];
        var last = new byte[EndText.Length];
        long bytes = -EndText.Length;
        try
        {
            for (int read = gzip.Read(part); read > 0 && bytes <= samples * sizeof(long); read = gzip.Read(part))
            {
                bytes += read;
                byte[] end = [.. last, .. part.AsSpan(Math.Max(0, read - last.Length), Math.Min(read, last.Length))];
                last = end[^last.Length..];
            }
        }
        catch (InvalidDataException)
        {
            return false;
        }

        return last.AsSpan().SequenceEqual(EndText)
            && (bytes == samples || bytes == 2 * samples || bytes == 4 * samples || bytes == 8 * samples);
    }

    private static byte[] Pack(ReadOnlySpan<byte> text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(text);
        }

        return packed.ToArray();
    }
}
