using System.IO.Compression;
using PixelMend.Frames;

namespace PixelMend.Formats.Png;

/// <summary>Samples to and from the compressed, filtered rows of a PNG; an image without interlacing is one pass over all of it.</summary>
internal static class PngImage
{
    /// <summary>Deflate cannot shrink data further than this, so that a small file with a huge size is refused before anything is allocated.</summary>
    private const long LargestRatio = 1032;

    /// <summary>Filters are tried on so many bands of so many rows.</summary>
    private const int Bands = 4;
    private const int BandRows = 16;

    /// <exception cref="RawDataException">The data is damaged or too short for the size.</exception>
    public static Plane<ushort> Decode(PngHeader header, byte[] compressed)
    {
        long samples = (long)header.Width * header.Height * header.Coding.Bytes;
        if (samples > compressed.Length * LargestRatio)
        {
            throw Malformed($"{compressed.Length} bytes of image data cannot hold {header.Width} × {header.Height} samples");
        }

        var codes = Plane<ushort>.Unfilled(header.Width, header.Height);
        using var rows = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
        try
        {
            foreach (PngPass pass in PngPass.Of(header))
            {
                DecodePass(pass, header.Coding, rows, codes);
            }

            // The checksum after the last row is looked at only when the stream is asked for more.
            _ = rows.ReadByte();
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException)
        {
            throw Malformed(damage is EndOfStreamException ? "the image data ends early" : "the image data is damaged");
        }

        return codes;
    }

    /// <summary>
    /// Rows with one filter for all, compressed. Which filter serves a mosaic depends on its scene and its colours; the usual guess, the least sum of
    /// residuals row by row, does worse than none at all where samples have two bytes. So each is tried on some rows.
    /// </summary>
    public static byte[] Encode(PngHeader header, Plane<ushort> codes)
    {
        var compressed = new MemoryStream();
        using (var rows = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (PngPass pass in PngPass.Of(header))
            {
                EncodePass(pass, header.Coding, codes, rows);
            }
        }

        return compressed.ToArray();
    }

    private static void DecodePass(PngPass pass, SampleCoding coding, Stream rows, Plane<ushort> codes)
    {
        var previous = new byte[pass.Width * coding.Bytes];
        var current = new byte[previous.Length];
        var row = new ushort[pass.Width];
        for (int y = 0; y < pass.Height; y++)
        {
            int filter = rows.ReadByte();
            if (filter is < 0 or >= PngFilter.Count)
            {
                throw Malformed(filter < 0 ? "the image data ends early" : $"row filter {filter} is not defined");
            }

            rows.ReadExactly(current);
            PngFilter.Undo(filter, current, previous, coding.Bytes);
            coding.Decode(current, row);
            pass.Scatter(row, codes, y);
            (previous, current) = (current, previous);
        }
    }

    private static void EncodePass(PngPass pass, SampleCoding coding, Plane<ushort> codes, Stream rows)
    {
        int filter = Enumerable.Range(0, PngFilter.Count).MinBy(f => TrialLength(pass, coding, codes, f));
        EncodeRows(pass, coding, codes, 0, pass.Height, filter, rows);
    }

    /// <summary>What a filter makes of bands of rows spread over the image.</summary>
    private static long TrialLength(PngPass pass, SampleCoding coding, Plane<ushort> codes, int filter)
    {
        using var compressed = new MemoryStream();
        using (var rows = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            int step = Math.Max(BandRows, pass.Height / Bands);
            for (int y = 0; y < pass.Height; y += step)
            {
                EncodeRows(pass, coding, codes, y, Math.Min(y + BandRows, pass.Height), filter, rows);
            }
        }

        return compressed.Length;
    }

    private static void EncodeRows(PngPass pass, SampleCoding coding, Plane<ushort> codes, int first, int end, int filter, Stream rows)
    {
        var row = new ushort[pass.Width];
        var previous = new byte[pass.Width * coding.Bytes];
        var current = new byte[previous.Length];
        var filtered = new byte[previous.Length + 1];
        filtered[0] = (byte)filter;
        for (int y = Math.Max(0, first - 1); y < end; y++)
        {
            pass.Gather(codes, y, row);
            coding.Encode(row, current);
            if (y >= first)
            {
                PngFilter.Apply(filter, current, previous, coding.Bytes, filtered.AsSpan(1));
                rows.Write(filtered);
            }

            (previous, current) = (current, previous);
        }
    }

    private static RawDataException Malformed(string reason) => new(RawDataError.Malformed, PngFormat.FormatName, reason);
}
