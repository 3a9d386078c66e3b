using System.Buffers;
using PixelMend.Frames;

namespace PixelMend.Formats.Fits;

/// <summary>Codes of an image, decoded as the file's bytes come by: a part of it at a time, while that is near.</summary>
internal static class FitsRows
{
    /// <summary>So much stays in the fast memory of a processor until it is decoded.</summary>
    private const int PartBytes = 1 << 18;

    /// <summary>Reads a file from its start to its end.</summary>
    /// <param name="file">The file.</param>
    /// <param name="image">Its first image.</param>
    /// <param name="codes">Receives the image's codes.</param>
    /// <returns>The largest code.</returns>
    public static int Read(Stream file, FitsImage image, Plane<ushort> codes)
    {
        int rowBytes = image.Width * image.Samples.Bytes;
        byte[] part = ArrayPool<byte>.Shared.Rent(Math.Max(PartBytes, Math.Max(rowBytes, image.Header.End)));
        file.ReadExactly(part.AsSpan(0, image.Header.End));
        int together = Math.Max(1, part.Length / rowBytes);
        int largest = 0;
        for (int y = 0; y < image.Height; y += together)
        {
            int rows = Math.Min(together, image.Height - y);
            file.ReadExactly(part.AsSpan(0, rows * rowBytes));
            Span<ushort> decoded = codes.Samples.AsSpan(y * image.Width, rows * image.Width);
            image.Samples.Decode(part, decoded);
            largest = Math.Max(largest, CodeDepth.Largest(decoded));
        }

        // The padding is part of the file as well.
        while (file.Read(part) > 0) { }

        ArrayPool<byte>.Shared.Return(part);
        return largest;
    }
}
