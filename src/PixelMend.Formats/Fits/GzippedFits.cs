using System.IO.Compression;
using PixelMend.Frames;

namespace PixelMend.Formats.Fits;

/// <summary>FITS files packed whole by gzip, as archives and observatories hand them out: unpacked, handled as <see cref="FitsFormat"/> does, packed again.</summary>
public sealed class GzippedFits : FrameFormat
{
    private const string FormatName = "FITS in gzip";

    private readonly FitsFormat inner = new();

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override string Summary =>
        "Read, rewritten and written: FITS packed whole by gzip; all that is said of FITS holds, and a file without repairs stays as packed.";

    /// <inheritdoc/>
    public override string Part => inner.Part;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".fits.gz", ".fit.gz", ".fts.gz"];

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> head, string name) =>
        Gzip.HasMagic(head) && inner.Matches(Gzip.Head(head, FitsHeader.CardBytes), name);

    /// <inheritdoc/>
    public override RawFrame Read(ReadOnlyMemory<byte> file, ReadOptions options) => inner.Read(Unpacked(file, options.Limits), options);

    /// <inheritdoc/>
    public override void Rewrite(
        ReadOnlyMemory<byte> original,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        ReadOptions options,
        Stream output
    ) => Repack(original, changes, output, packed => inner.Rewrite(Unpacked(original, options.Limits), frame, changes, options, packed));

    /// <inheritdoc/>
    public override void RewriteWithRecord(
        ReadOnlyMemory<byte> original,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        ReadOptions options,
        EditRecord record,
        Stream output
    ) =>
        Repack(
            original,
            changes,
            output,
            packed => inner.RewriteWithRecord(Unpacked(original, options.Limits), frame, changes, options, record, packed)
        );

    /// <inheritdoc/>
    public override FrameSequence? OpenSequence(Stream file, ReadOptions options)
    {
        byte[] unpacked = Unpacked(FitsFormat.ReadWhole(file, options.Limits), options.Limits);
        return inner.OpenSequence(new MemoryStream(unpacked), options) is { } frames ? new PackedSequence(frames) : null;
    }

    /// <inheritdoc/>
    public override void Write(RawFrame frame, Stream output)
    {
        using GZipStream packed = Gzip.Pack(output);
        inner.Write(frame, packed);
    }

    /// <inheritdoc/>
    public override void WriteWithRecord(RawFrame frame, EditRecord record, int repaired, Stream output)
    {
        using GZipStream packed = Gzip.Pack(output);
        inner.WriteWithRecord(frame, record, repaired, packed);
    }

    private static byte[] Unpacked(ReadOnlyMemory<byte> file, ReadLimits limits) => Gzip.Unpack(file, limits, FormatName);

    private static void Repack(ReadOnlyMemory<byte> original, IReadOnlyList<SampleChange> changes, Stream output, Action<Stream> rewrite)
    {
        if (changes.Count == 0)
        {
            output.Write(original.Span);
            return;
        }

        using GZipStream packed = Gzip.Pack(output);
        rewrite(packed);
    }

    /// <summary>The frames of a packed file; all that is written is packed as one.</summary>
    private sealed class PackedSequence(FrameSequence frames) : FrameSequence
    {
        private GZipStream? packed;

        public override int? Count => frames.Count;

        public override RawFrame? Next() => frames.Next();

        public override void Write(IReadOnlyList<SampleChange> changes, EditRecord? record, Stream output) =>
            frames.Write(changes, record, packed ??= Gzip.Pack(output));

        public override void Finish(Stream output)
        {
            frames.Finish(packed ??= Gzip.Pack(output));
            packed.Dispose();
        }

        protected override void Dispose(bool disposing)
        {
            frames.Dispose();
            base.Dispose(disposing);
        }
    }
}
