using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Fits;

/// <summary>
/// FITS images: the first of the file, or those that are asked for; plain or compressed in tiles. Unsigned numbers of 8 and 16 bits are codes, all else is float, with missing values as NaN.
/// Coordinates are as stored: row 0 is the first row in the file, whatever end programs display on top.
/// </summary>
public sealed class FitsFormat : FrameFormat
{
    internal const string FormatName = "FITS";

    /// <summary>Hardly a header is longer. Whole blocks, so that what is known of a header's end is its end.</summary>
    private const int MostOfHeader = 22 * FitsHeader.BlockBytes;

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override string Summary =>
        "Read, rewritten and written: images of 8 to 64 bit integers or floats, one (--hdu) or all, tile-compressed through cfitsio; three planes of colour each by itself; every header card kept, HISTORY added, checksums renewed; new files as unsigned 16-bit or 32-bit float.";

    /// <inheritdoc/>
    public override string Part => $"PixelMend; tiles: cfitsio{(Cfitsio.IsPresent ? "" : " (missing: apt-get install libcfitsio10)")}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".fits", ".fit", ".fts"];

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> head, string name) => head.StartsWith("SIMPLE  ="u8);

    /// <inheritdoc/>
    public override RawFrame Read(ReadOnlyMemory<byte> file, ReadOptions options)
    {
        FitsContent content = FitsContent.Open(file, options.Hdu, options.Limits);
        return Decode(content, content.Images[0], options, Notes(content));
    }

    /// <inheritdoc/>
    public override RawFrame? ReadPassing(Stream file, ReadOptions options)
    {
        if (options.Hdu is not null || FirstOfOne(file) is not { IsMask: false } unit || !FitsSamples.From(unit.Header).AreCodes)
        {
            return null;
        }

        FitsImage image = FitsImage.PlanesOf(unit, unit.Header, options.Limits)[0];
        Plane<ushort> codes = FrameMemory.Plane(options.Memory, image.Width, image.Height);
        int largest = FitsRows.Read(file, image, codes);
        return OfCodes(image, codes, largest, FitsMosaic.Read(image.Header, image.Height) ?? options.Cfa, notes: []);
    }

    /// <inheritdoc/>
    public override void Rewrite(
        ReadOnlyMemory<byte> original,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        ReadOptions options,
        Stream output
    ) => Rewrite(original, changes, options, record: null, output);

    /// <inheritdoc/>
    public override void RewriteWithRecord(
        ReadOnlyMemory<byte> original,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        ReadOptions options,
        EditRecord record,
        Stream output
    ) => Rewrite(original, changes, options, record, output);

    /// <inheritdoc/>
    public override FrameSequence? OpenSequence(Stream file, ReadOptions options)
    {
        if (options.Hdu is null && FirstOfOne(file) is not null)
        {
            return null;
        }

        FitsContent content = FitsContent.Open(ReadWhole(file, options.Limits), options.Hdu, options.Limits);
        return content.Images.Count > 1 ? new FitsSequence(content, options) : null;
    }

    /// <summary>Writes unsigned 16-bit codes or 32-bit floats; of the levels only white has a keyword.</summary>
    public override void Write(RawFrame frame, Stream output) => FitsWriter.Write(frame, header => header, output);

    /// <summary>As <see cref="Write"/>, with HISTORY.</summary>
    /// <inheritdoc/>
    public override void WriteWithRecord(RawFrame frame, EditRecord record, int repaired, Stream output) =>
        FitsWriter.Write(frame, header => repaired > 0 ? FitsHistory.Append(header, record, repaired) : header, output);

    /// <summary>The frame of a plane.</summary>
    internal static RawFrame Decode(FitsContent content, FitsImage image, ReadOptions options, IReadOnlyList<string> notes)
    {
        DefectMap embedded = DefectMap.Empty(image.Width, image.Height);
        if (!options.IgnoreEmbedded)
        {
            (embedded, IReadOnlyList<string> more) = content.Masks.Read(image);
            notes = [.. notes, .. more];
        }

        CfaPattern? named = image.IsColorPlane ? CfaPattern.Mono : FitsMosaic.Read(image.Header, image.Height);
        CfaPattern cfa = named ?? options.Cfa ?? CfaPattern.Mono;
        if (!image.Samples.AreCodes)
        {
            Plane<float> values = ReadValues(image);
            Levels scale = FitsLevels.OfValues(image, values.Samples);
            return new RawFrame(values, cfa, scale)
            {
                Info = FitsInfo.Read(image, scale, notes),
                Grid = image.Samples.Grid,
                Embedded = embedded,
            };
        }

        Plane<ushort> codes = FrameMemory.Plane(options.Memory, image.Width, image.Height);
        ReadOnlySpan<byte> file = image.Unit.File.Span;
        for (int y = 0; y < image.Height; y++)
        {
            image.Samples.Decode(file[image.RowStart(y)..], codes.Row(y));
        }

        return OfCodes(image, codes, CodeDepth.Largest(codes.Samples), cfa, notes, embedded);
    }

    private static RawFrame OfCodes(
        FitsImage image,
        Plane<ushort> codes,
        int largest,
        CfaPattern? cfa,
        IReadOnlyList<string> notes,
        DefectMap? embedded = null
    )
    {
        int depth = image.Samples.BitPix == 8 ? 8 : CodeDepth.Infer(largest);
        Levels levels = FitsLevels.OfCodes(image.Header, depth);
        return new RawFrame(codes, depth, cfa ?? CfaPattern.Mono, levels)
        {
            Info = FitsInfo.Read(image, levels, notes),
            Embedded = embedded ?? DefectMap.Empty(image.Width, image.Height),
        };
    }

    private static void Rewrite(
        ReadOnlyMemory<byte> original,
        IReadOnlyList<SampleChange> changes,
        ReadOptions options,
        EditRecord? record,
        Stream output
    )
    {
        FitsContent content = FitsContent.Open(original, options.Hdu, options.Limits);
        if (!options.IgnoreEmbedded)
        {
            content.Masks.Note(content.Images[0], changes);
        }

        content.WriteUnit(after: -1, [new FitsEdit(content.Images[0], changes)], record, output);
        content.WriteRest(content.Images[0].Unit.Number, output);
    }

    private static string[] Notes(FitsContent content) =>
        content.Images[0].IsColorPlane ? ["one of three planes of colour"]
        : content.Images.Count < content.ImagesInAll
            ? [$"{content.Images[0].Unit.Label} of {content.ImagesInAll} images; --hdu chooses others, or all"]
        : [];

    /// <summary>
    /// The first unit of a file that ends with it, if it is a single plain plane: most files do, and need not be read to know that they are no sequence. Of the
    /// file only the first bytes are in memory.
    /// </summary>
    private static FitsUnit? FirstOfOne(Stream file)
    {
        var head = new byte[Math.Min(file.Length, MostOfHeader)];
        file.ReadExactly(head);
        file.Position = 0;
        try
        {
            var first = FitsUnit.ReadFirst(head, file.Length);
            bool endsFile = first.Header.End + first.DataBytes + FitsHeader.BlockBytes > file.Length;
            return first is { IsImage: true, IsCompressed: false, Axes.Length: 2 } && endsFile ? first : null;
        }
        catch (RawDataException)
        {
            // A longer header, or none: reading the whole tells.
            return null;
        }
    }

    /// <summary>A file from its start, in memory.</summary>
    /// <exception cref="RawDataException">It is beyond the limits.</exception>
    internal static byte[] ReadWhole(Stream file, ReadLimits limits)
    {
        if (file.Length > limits.MaxFileBytes)
        {
            throw new RawDataException(
                RawDataError.LimitExceeded,
                FormatName,
                $"the file has {file.Length} bytes, more than the limit of {limits.MaxFileBytes}"
            );
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static Plane<float> ReadValues(FitsImage image)
    {
        ReadOnlySpan<byte> file = image.Unit.File.Span;
        var plane = Plane<float>.Unfilled(image.Width, image.Height);
        var row = new double[image.Width];
        var range = new SingleRange(FormatName);
        for (int y = 0; y < image.Height; y++)
        {
            image.Samples.Decode(file[image.RowStart(y)..], row);
            Span<float> target = plane.Row(y);
            for (int x = 0; x < target.Length; x++)
            {
                target[x] = range.Take(row[x]);
            }
        }

        range.Check();

        return plane;
    }
}
