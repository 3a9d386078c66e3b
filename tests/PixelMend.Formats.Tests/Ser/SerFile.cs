using System.Buffers.Binary;

namespace PixelMend.Formats.Tests.Ser;

/// <summary>SER files byte by byte, independent of the writer under test.</summary>
internal static class SerFile
{
    public const int HeaderBytes = 178;

    public static byte[] Make(int colorId, int mark, int width, int height, int depth, int count, byte[] frames, params long[] stamps)
    {
        var header = new byte[HeaderBytes];
        "LUCAM-RECORDER"u8.CopyTo(header);
        foreach ((int at, int value) in new[] { (18, colorId), (22, mark), (26, width), (30, height), (34, depth), (38, count) })
        {
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(at), value);
        }

        "watcher"u8.CopyTo(header.AsSpan(42));
        "camera"u8.CopyTo(header.AsSpan(82));
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(170), new DateTime(2026, 1, 2).Ticks);
        var trailer = new byte[8 * stamps.Length];
        for (int i = 0; i < stamps.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(trailer.AsSpan(8 * i), stamps[i]);
        }

        return [.. header, .. frames, .. trailer];
    }

    /// <summary>A smooth picture of 16-bit samples in either order.</summary>
    public static byte[] Smooth(int width, int height, bool bigEndian)
    {
        var bytes = new byte[width * height * 2];
        for (int i = 0; i < width * height; i++)
        {
            ushort value = (ushort)(300 + (20 * (i % width)) + (7 * (i / width)));
            if (bigEndian)
            {
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * i), value);
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), value);
            }
        }

        return bytes;
    }
}
