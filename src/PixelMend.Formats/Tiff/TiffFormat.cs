using System.Runtime.InteropServices;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Tiff;

/// <summary>
/// Plain TIFF of one sample per pixel: 8 and 16 bits or 32-bit float, uncompressed, strips or tiles. Rewriting patches samples and nothing else.
/// Mosaic and level tags of TIFF/EP and DNG are honoured where present.
/// </summary>
public sealed class TiffFormat : FrameFormat
{
    private const string FormatName = "TIFF";
    private const int BlackIsZero = 1;
    private const int ColorFilterArray = 32803;

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override string Summary =>
        "Read, rewritten in place and written: uncompressed grey of 8 or 16 bits or 32-bit float, strips and tiles.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".tif", ".tiff"];

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> head, string name) => TiffFile.HasMagic(head);

    /// <inheritdoc/>
    public override RawFrame Read(ReadOnlyMemory<byte> file, ReadOptions options) => Read(Open(file, options), options);

    /// <inheritdoc/>
    public override (int X, int Y)? FirstDifference(
        ReadOnlyMemory<byte> file,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        ReadOptions options
    )
    {
        MosaicImage image = Open(file, options);
        (int X, int Y)? place = image.FirstDifference(frame, changes, options.Threads);
        if (place is null)
        {
            // The tags have to be readable too.
            _ = Read(image, options, frame);
        }

        return place;
    }

    /// <inheritdoc/>
    public override void Rewrite(
        ReadOnlyMemory<byte> original,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        ReadOptions options,
        Stream output
    )
    {
        MosaicImage image = Open(original, options);
        TiffEditor editor = image.Edit();
        image.Change(changes, editor);
        editor.WriteTo(output);
    }

    /// <inheritdoc/>
    public override void Write(RawFrame frame, Stream output)
    {
        (Plane<ushort>? codes, int bits) = frame.Codes is null ? (null, 32) : CodeDepth.ForWriting(frame, FormatName);
        bool wide = bits > 8;
        var tiff = new TiffBuilder();
        tiff.SetLong(TiffTag.NewSubfileType, 0);
        tiff.SetLong(TiffTag.ImageWidth, (uint)frame.Width);
        tiff.SetLong(TiffTag.ImageLength, (uint)frame.Height);
        tiff.Set(
            TiffTag.BitsPerSample,
            (ushort)(
                codes is null ? 32
                : wide ? 16
                : 8
            )
        );
        tiff.Set(TiffTag.Compression, 1);
        tiff.Set(TiffTag.Photometric, BlackIsZero);
        tiff.Set(TiffTag.SamplesPerPixel, 1);
        tiff.SetLong(TiffTag.RowsPerStrip, (uint)frame.Height);
        tiff.Set(TiffTag.SampleFormat, (ushort)(codes is null ? 3 : 1));
        tiff.Set(TiffTag.ImageDescription, frame.Info.Description);
        tiff.Set(TiffTag.Make, frame.Info.Make);
        tiff.Set(TiffTag.Model, frame.Info.Model);
        tiff.Set(TiffTag.Software, "PixelMend");
        tiff.SetSegments([Samples(frame, codes, wide)], TiffTag.StripOffsets, TiffTag.StripByteCounts);
        tiff.Write(output);
    }

    private static RawFrame Read(MosaicImage image, ReadOptions options, RawFrame? same = null) =>
        image.Read(options.Cfa ?? CfaPattern.Mono, (frame, notes) => Nothing(image, frame, notes), options.Threads, same);

    private static byte[] Samples(RawFrame frame, Plane<ushort>? codes, bool wide) =>
        codes is null ? MemoryMarshal.AsBytes(frame.Values!.Samples.AsSpan()).ToArray() : BitPacking.Pack(codes, wide ? 16 : 8);

    private static MosaicImage Open(ReadOnlyMemory<byte> bytes, ReadOptions options)
    {
        var file = TiffFile.Parse(bytes, FormatName);
        TiffDirectory main = file.First;
        long samples = main.Integer(TiffTag.SamplesPerPixel, 1);
        long photometric = main.Integer(TiffTag.Photometric, BlackIsZero);
        long compression = main.Integer(TiffTag.Compression, 1);
        long bits = main.Integer(TiffTag.BitsPerSample, 1);
        long format = main.Integer(TiffTag.SampleFormat, 1);
        string? reason =
            main.Has(TiffTag.DngVersion) ? "this is a DNG file: name it .dng"
            : photometric != ColorFilterArray && file.Directories.Any(d => d.Hint(TiffTag.Photometric) == ColorFilterArray)
                ? "this is a camera's own RAW format: give it the extension that the camera gave it (.nef, .arw, …)"
            : samples != 1 || photometric is not (BlackIsZero or ColorFilterArray)
                ? $"an image of {samples} samples per pixel and colour model {photometric} is not a sensor's mosaic; grey of one sample is read"
            : compression != 1 ? $"compressed TIFF (compression {compression}) is not read; save it uncompressed"
            : main.Integer(TiffTag.FillOrder, 1) != 1 ? "samples with reversed bits (FillOrder 2) are not read"
            : (bits, format) is not ((8 or 16, 1 or 4) or (32, 3)) ? $"{bits}-bit samples of format {format} are not read"
            : null;
        if (reason is not null)
        {
            throw file.Unsupported(reason, main.Offset);
        }

        var layout = new SegmentLayout(
            file,
            main,
            FormatName,
            options.Limits,
            (width, rows) => (long)BitPacking.RowBytes(width, (int)bits) * rows
        );
        return bits == 32
            ? new MosaicImage(FormatName, file, main, layout, new PlainFloatCodec(file))
            : new MosaicImage(FormatName, file, main, layout, new PlainCodec(file, (int)bits), (int)bits);
    }

    private static DefectMap Nothing(MosaicImage image, RawFrame frame, List<string> notes)
    {
        if (image.File.Directories.Count(d => (d.Hint(TiffTag.NewSubfileType) ?? 0) == 0) > 1)
        {
            notes.Add("The file has further pages: only the first is read.");
        }

        return DefectMap.Empty(frame.Width, frame.Height);
    }
}
