using System.Buffers.Binary;
using System.IO.Hashing;
using PixelMend.Formats.Png;

namespace PixelMend.Fuzz;

/// <summary>The checksums of a PNG's chunks.</summary>
internal static class PngChecksums
{
    private const int LengthBytes = 4;
    private const int TypeBytes = 4;

    /// <summary>Makes the checksum of every chunk that lies whole in the file hold.</summary>
    public static void PutRight(Span<byte> file)
    {
        Span<byte> rest = file[Math.Min(PngChunks.Signature.Length, file.Length)..];
        while (rest.Length > LengthBytes)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - LengthBytes - TypeBytes - sizeof(uint))
            {
                return;
            }

            int end = LengthBytes + TypeBytes + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(rest[end..], Crc32.HashToUInt32(rest[LengthBytes..end]));
            rest = rest[(end + sizeof(uint))..];
        }
    }
}
