using System.IO.Compression;

namespace PixelMend.Formats;

/// <summary>Whole files packed by gzip (RFC 1952).</summary>
internal static class Gzip
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>Whether bytes begin like a packed file.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 8]);

    /// <summary>The first bytes that are packed in the first bytes of a file; fewer where they are damaged.</summary>
    public static byte[] Head(ReadOnlySpan<byte> head, int most)
    {
        var bytes = new byte[most];
        int count = 0;
        try
        {
            using GZipStream unpacked = Open(head.ToArray());
            for (int read = -1; read != 0 && count < most; count += read)
            {
                read = unpacked.Read(bytes, count, most - count);
            }
        }
        catch (InvalidDataException)
        {
            // What came out until then has to do.
        }

        return bytes[..count];
    }

    /// <summary>The file that is packed in another, which grows as it comes: no size is believed before.</summary>
    /// <param name="file">The packed file.</param>
    /// <param name="limits">Bounds on what it holds.</param>
    /// <param name="format">Name for messages.</param>
    /// <exception cref="RawDataException">It is damaged, or holds too much.</exception>
    public static byte[] Unpack(ReadOnlyMemory<byte> file, ReadLimits limits, string format)
    {
        long most = Math.Min(limits.MaxFileBytes, Array.MaxLength);
        using var whole = new MemoryStream();
        try
        {
            using GZipStream unpacked = Open(file.ToArray());
            var chunk = new byte[ChunkBytes];
            for (int read = unpacked.Read(chunk); read > 0; read = unpacked.Read(chunk))
            {
                if (whole.Length + read > most)
                {
                    throw new RawDataException(
                        RawDataError.LimitExceeded,
                        format,
                        $"unpacked, the file has more than the limit of {most} bytes"
                    );
                }

                whole.Write(chunk, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            throw new RawDataException(RawDataError.Malformed, format, "what gzip packed is damaged or cut off");
        }

        return whole.ToArray();
    }

    /// <summary>Packs what is written to it; disposing of it ends the packing and leaves the output open.</summary>
    public static GZipStream Pack(Stream output) => new(output, CompressionLevel.Fastest, leaveOpen: true);

    private static GZipStream Open(byte[] file) => new(new MemoryStream(file), CompressionMode.Decompress);
}
