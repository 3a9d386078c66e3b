using System.Buffers.Binary;
using System.IO.Compression;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>Reads eight-bit colour PNG whose lines are filtered by their left neighbours: what reports hold.</summary>
internal sealed record Png(int Width, int Height, byte[] Rgb)
{
    public static Png Decode(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        int width = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16));
        int height = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20));
        using var packed = new MemoryStream();
        for (int at = 8; at < file.Length; at += 12 + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at)))
        {
            if (file.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                packed.Write(file.AsSpan(at + 8, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at))));
            }
        }

        packed.Position = 0;
        using var lines = new ZLibStream(packed, CompressionMode.Decompress);
        byte[] rgb = new byte[width * height * 3];
        byte[] line = new byte[1 + (width * 3)];
        for (int y = 0; y < height; y++)
        {
            lines.ReadExactly(line);
            Assert.Equal(1, line[0]);
            for (int i = 0; i < width * 3; i++)
            {
                rgb[(y * width * 3) + i] = (byte)(line[1 + i] + (i < 3 ? 0 : rgb[(y * width * 3) + i - 3]));
            }
        }

        return new Png(width, height, rgb);
    }

    public IEnumerable<(int X, int Y)> Differences(Png other) =>
        Enumerable
            .Range(0, Width * Height)
            .Where(i => !Rgb.AsSpan(3 * i, 3).SequenceEqual(other.Rgb.AsSpan(3 * i, 3)))
            .Select(i => (i % Width, i / Width));
}
