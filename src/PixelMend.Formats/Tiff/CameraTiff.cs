using PixelMend.Frames;

namespace PixelMend.Formats.Tiff;

/// <summary>
/// Changes samples in a camera's own file where it is a TIFF container with uncompressed samples. How these are laid out is not taken on the
/// container's word: a layout counts only if every sample read through it is the one that is known from elsewhere.
/// </summary>
public static class CameraTiff
{
    private const int Uncompressed = 1;

    /// <summary>Bits of a word, in which some cameras store fewer.</summary>
    private const int WordBits = 16;

    /// <summary>Writes the file anew with changes; no byte but the changed samples' differs.</summary>
    /// <param name="original">The camera's file.</param>
    /// <param name="frame">Its frame, from a reader that knows the camera.</param>
    /// <param name="changes">Changed samples, sorted by row, then column, each at most once.</param>
    /// <param name="limits">Bounds on the file.</param>
    /// <param name="format">Name for messages.</param>
    /// <param name="output">Receives the new file.</param>
    /// <exception cref="RawDataException">Its samples cannot be changed in place; the message says why.</exception>
    public static void Rewrite(
        ReadOnlyMemory<byte> original,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        ReadLimits limits,
        string format,
        Stream output
    )
    {
        if (!TiffFile.HasMagic(original.Span))
        {
            throw Impossible(format, "it is no TIFF container");
        }

        var file = TiffFile.Parse(original, format);
        MosaicImage image = Find(file, frame, limits, format);
        TiffEditor editor = image.Edit();
        image.Change(changes, editor);
        editor.WriteTo(output);
    }

    private static MosaicImage Find(TiffFile file, RawFrame frame, ReadLimits limits, string format)
    {
        TiffDirectory[] sensor = [.. file.Directories.Where(d => HasSize(d, frame))];
        if (sensor.Length == 0)
        {
            throw Impossible(format, $"its container names no image of {frame.Width} × {frame.Height} samples");
        }

        TiffDirectory[] plain = [.. sensor.Where(d => d.Hint(TiffTag.Compression) is null or Uncompressed)];
        if (plain.Length == 0)
        {
            throw Impossible(format, $"its samples are compressed (TIFF compression {sensor[0].Hint(TiffTag.Compression)})");
        }

        return plain.SelectMany(d => Layouts(file, d, limits, format)).FirstOrDefault(image => Holds(image, frame))
            ?? throw Impossible(format, "its samples are stored in a way of the maker's own");
    }

    private static bool HasSize(TiffDirectory directory, RawFrame frame) =>
        directory.Hint(TiffTag.ImageWidth) == frame.Width
        && directory.Hint(TiffTag.ImageLength) == frame.Height
        && (directory.Hint(TiffTag.SamplesPerPixel) ?? 1) == 1;

    /// <summary>The layouts that an uncompressed image may have: bits as it says, or words.</summary>
    private static IEnumerable<MosaicImage> Layouts(TiffFile file, TiffDirectory directory, ReadLimits limits, string format)
    {
        foreach (int bits in new[] { (int)Math.Clamp(directory.Hint(TiffTag.BitsPerSample) ?? 0, 0, 64), WordBits }.Distinct())
        {
            if (bits is >= 8 and <= WordBits)
            {
                var layout = new SegmentLayout(file, directory, format, limits, (w, rows) => (long)BitPacking.RowBytes(w, bits) * rows);
                yield return new MosaicImage(format, file, directory, layout, new PlainCodec(file, bits), bits);
            }
        }
    }

    private static bool Holds(MosaicImage image, RawFrame frame)
    {
        try
        {
            return image.ReadCodes().Samples.AsSpan().SequenceEqual(frame.Codes!.Samples);
        }
        catch (RawDataException)
        {
            return false; // too few bytes for this layout
        }
    }

    private static RawDataException Impossible(string format, string reason) =>
        new(RawDataError.Unsupported, format, $"it cannot be rewritten in kind: {reason}; let the output's name end in .dng");
}
