using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.Formats.Dng;

/// <summary>Finds the raw image among a DNG file's directories and how its samples are coded.</summary>
internal static class DngImage
{
    private const int ColorFilterArray = 32803;
    private const int LinearRaw = 34892;

    /// <summary>The raw image.</summary>
    /// <exception cref="RawDataException">There is none, or it is not a mosaic that is read here.</exception>
    public static MosaicImage Open(ReadOnlyMemory<byte> bytes, ReadLimits limits)
    {
        var file = TiffFile.Parse(bytes, DngFormat.FormatName);
        TiffDirectory directory = FindRaw(file);
        RequirePlainOrder(file, directory);
        int bits = (int)Math.Min(directory.Integer(TiffTag.BitsPerSample, 1), 64);
        long compression = directory.Integer(TiffTag.Compression, 1);
        bool isFloat = directory.Integer(TiffTag.SampleFormat, 1) switch
        {
            1 or 4 => false,
            3 => true,
            var other => throw file.Unsupported($"samples of format {other} are not read", directory.Offset),
        };
        Func<int, int, long>? stripLength = compression == 1 ? (width, rows) => (long)BitPacking.RowBytes(width, bits) * rows : null;
        SegmentLayout Layout() => new(file, directory, DngFormat.FormatName, limits, stripLength);
        return (compression, isFloat, bits) switch
        {
            (1, false, >= 8 and <= 16) => Codes(new PlainCodec(file, bits)),
            (7, false, >= 2 and <= 16) => Codes(new LosslessJpegCodec()),
            (1, true, 32) => Values(new PlainFloatCodec(file)),
            (8 or 32946, true, 32) => Values(new DeflateFloatCodec(file, Predictor(file, directory))),
            (1 or 7 or 8 or 32946, _, _) => throw file.Unsupported(
                $"{bits}-bit {(isFloat ? "float" : "integer")} samples with compression {compression} are not read",
                directory.Offset
            ),
            _ => throw file.Unsupported($"{Name(compression)} is not read", directory.Offset),
        };

        MosaicImage Codes(SegmentCodec<ushort> codec) => new(DngFormat.FormatName, file, directory, Layout(), codec, bits);
        MosaicImage Values(SegmentCodec<float> codec) => new(DngFormat.FormatName, file, directory, Layout(), codec);
    }

    /// <summary>The mosaic when no tag names one: LinearRaw of one sample is monochrome; a mosaic must be named by the file or the user.</summary>
    public static CfaPattern MissingCfa(MosaicImage image, CfaPattern? given) =>
        image.Directory.Integer(TiffTag.Photometric, 0) == LinearRaw ? CfaPattern.Mono
        : given is not null || image.Directory.Has(TiffTag.CfaPattern) ? given ?? CfaPattern.Mono
        : throw image.File.Malformed("the mosaic's arrangement (CFAPattern) is missing; --cfa names it", image.Directory.Offset);

    private static TiffDirectory FindRaw(TiffFile file)
    {
        List<TiffDirectory> raw =
        [
            .. file.Directories.Where(d =>
                d.Hint(TiffTag.Photometric) is ColorFilterArray or LinearRaw && (d.Hint(TiffTag.NewSubfileType) ?? 0) == 0
            ),
        ];
        TiffDirectory largest =
            raw.OrderByDescending(d => (d.Hint(TiffTag.ImageWidth) ?? 0) * (d.Hint(TiffTag.ImageLength) ?? 0)).FirstOrDefault()
            ?? throw file.Unsupported("the file holds no mosaic of a sensor", file.First.Offset);
        long samples = largest.Integer(TiffTag.SamplesPerPixel, 1);
        return samples == 1
            ? largest
            : throw file.Unsupported(
                $"the image has {samples} samples per pixel: it was demosaiced already, and single photosites cannot be repaired in it",
                largest.Offset
            );
    }

    /// <summary>Rows, columns or blocks in another order than raster order are possible in DNG, and not seen in camera files.</summary>
    private static void RequirePlainOrder(TiffFile file, TiffDirectory directory)
    {
        foreach (ushort tag in new[] { TiffTag.RowInterleaveFactor, TiffTag.ColumnInterleaveFactor, TiffTag.SubTileBlockSize })
        {
            if (Array.Exists(directory.Numbers(tag, 16), n => n != 1))
            {
                throw file.Unsupported($"interleaved or blocked samples (tag {tag}) are not read", directory.Offset);
            }
        }

        if (directory.Integer(TiffTag.FillOrder, 1) != 1)
        {
            throw file.Unsupported("samples with reversed bits (FillOrder 2) are not read", directory.Offset);
        }
    }

    private static FloatPredictor Predictor(TiffFile file, TiffDirectory directory)
    {
        long number = directory.Integer(TiffTag.Predictor, 1);
        return FloatPredictor.Number(number, file.Order) ?? throw file.Unsupported($"predictor {number} is not read", directory.Offset);
    }

    private static string Name(long compression) =>
        compression switch
        {
            5 => "LZW compression",
            6 => "lossy JPEG compression",
            9 => "VC-5 compression",
            34892 => "lossy JPEG compression (34892)",
            52546 => "JPEG XL compression",
            _ => $"compression {compression}",
        };
}
