using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using PixelMend.Cli.Findings;

namespace PixelMend.Cli.Reports;

/// <summary>Eight-bit colour PNG (ISO/IEC 15948), just enough to put pictures into a page.</summary>
internal static class PngEncoder
{
    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The picture as the address of an image that needs no other file.</summary>
    public static string DataUri(Picture picture) => $"data:image/png;base64,{Convert.ToBase64String(Encode(picture))}";

    /// <summary>The picture as a file.</summary>
    public static byte[] Encode(Picture picture)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), picture.Height);
        header[8] = 8; // bits a channel
        header[9] = 2; // red, green, blue
        using var png = new MemoryStream();
        png.Write(Signature);
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "IDAT"u8, Compress(picture));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Compress(Picture picture)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            int stride = picture.Width * 3;
            byte[] line = new byte[1 + stride];
            line[0] = 1; // each byte less the same channel of the pixel to its left
            for (int y = 0; y < picture.Height; y++)
            {
                ReadOnlySpan<byte> row = picture.Rgb.AsSpan(y * stride, stride);
                for (int i = 0; i < stride; i++)
                {
                    line[1 + i] = (byte)(row[i] - (i < 3 ? 0 : row[i - 3]));
                }

                zlib.Write(line);
            }
        }

        return packed.ToArray();
    }

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        var sum = new Crc32();
        sum.Append(type);
        sum.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, sum.GetCurrentHashAsUInt32());
        png.Write(number);
    }
}
