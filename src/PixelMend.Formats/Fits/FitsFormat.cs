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

    /// <summary>Hardly a header is longer.</summary>
    private const int MostOfHeader = 1 << 16;

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
        if (options.Hdu is null && HasRoomForOne(file))
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

        Plane<ushort> codes = ReadCodes(image, options.Memory);
        int depth = image.Samples.BitPix == 8 ? 8 : CodeDepth.Infer(codes.Samples);
        Levels levels = FitsLevels.OfCodes(image.Header, depth);
        return new RawFrame(codes, depth, cfa, levels) { Info = FitsInfo.Read(image, levels, notes), Embedded = embedded };
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

    /// <summary>Whether a file ends with the only plane of its first image: most do, and need not be read to know that they are no sequence.</summary>
    private static bool HasRoomForOne(Stream file)
    {
        var head = new byte[Math.Min(file.Length, MostOfHeader)];
        file.ReadExactly(head);
        file.Position = 0;
        try
        {
            var first = FitsUnit.ReadAt(head, 0, number: 0);
            return first is { IsImage: true, IsCompressed: false, Axes.Length: 2 }
                && first.Header.End + first.DataBytes + FitsHeader.BlockBytes > file.Length;
        }
        catch (RawDataException)
        {
            // A longer header, or none: reading the whole tells.
            return false;
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

    private static Plane<ushort> ReadCodes(FitsImage image, FrameMemory? memory)
    {
        ReadOnlySpan<byte> file = image.Unit.File.Span;
        var plane = new Plane<ushort>(image.Width, image.Height, FrameMemory.Take<ushort>(memory, checked(image.Width * image.Height)));
        for (int y = 0; y < image.Height; y++)
        {
            image.Samples.Decode(file[image.RowStart(y)..], plane.Row(y));
        }

        return plane;
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
