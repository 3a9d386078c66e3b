using PixelMend.Defects;
using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.Formats.Dng;

/// <summary>
/// Adobe's digital negative (DNG 1.7): mosaics and monochrome raw images, uncompressed, lossless JPEG, or 32-bit float.
/// Rewriting changes samples in the file's own coding and leaves every other byte where it is; digests of the samples
/// (RawImageDigest, NewRawImageDigest, RawDataUniqueID) are dropped, because they no longer hold.
/// </summary>
public sealed class DngFormat : FrameFormat
{
    /// <summary>Name in messages.</summary>
    internal const string FormatName = "DNG";

    private static readonly ushort[] Digests = [TiffTag.RawImageDigest, TiffTag.NewRawImageDigest, TiffTag.RawDataUniqueId];

    /// <summary>How fresh files are written.</summary>
    public DngWriteOptions WriteOptions { get; init; } = DngWriteOptions.Default;

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override string Summary =>
        "Read, rewritten in place and written: mosaics and mono, 8 to 16 bits packed or lossless JPEG, 32-bit float plain or deflated, strips and tiles; "
        + "FixBadPixels opcodes are read as a map.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".dng"];

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> head, string name) =>
        TiffFile.HasMagic(head)
        && (name.EndsWith(".dng", StringComparison.OrdinalIgnoreCase) || TiffFile.FirstHas(head, TiffTag.DngVersion));

    /// <inheritdoc/>
    public override RawFrame Read(ReadOnlyMemory<byte> file, ReadOptions options) => Read(DngImage.Open(file, options.Limits), options);

    /// <inheritdoc/>
    public override (int X, int Y)? FirstDifference(
        ReadOnlyMemory<byte> file,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        ReadOptions options
    )
    {
        MosaicImage image = DngImage.Open(file, options.Limits);
        (int X, int Y)? place = image.FirstDifference(frame, changes, options.Threads);
        if (place is null)
        {
            // The tags have to be readable too.
            _ = Read(image, options, frame);
        }

        return place;
    }

    /// <summary>
    /// Rewrites the file as <see cref="FrameFormat.Rewrite"/> says. FixBadPixels opcodes whose photosites are in the frame's
    /// <see cref="RawFrame.Embedded"/> are dropped, for the changes are taken to repair them too; with
    /// <see cref="ReadOptions.IgnoreEmbedded"/> all opcodes stay.
    /// </summary>
    public override void Rewrite(
        ReadOnlyMemory<byte> original,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        ReadOptions options,
        Stream output
    )
    {
        MosaicImage image = DngImage.Open(original, options.Limits);
        TiffEditor editor = image.Edit();
        if (changes.Count > 0)
        {
            image.Change(changes, editor);
            foreach (ushort tag in Digests)
            {
                editor.Remove(image.File.First, tag);
                editor.Remove(image.Directory, tag);
            }
        }

        if (!options.IgnoreEmbedded)
        {
            foreach ((ushort tag, OpcodeList list) in EmbeddedDefects.Read(image.Directory, frame).Remaining)
            {
                DngOpcodeWriter.Set(editor, image.Directory, tag, list);
            }
        }

        editor.WriteTo(output);
    }

    /// <inheritdoc/>
    public override void Write(RawFrame frame, Stream output) => DngWriter.Write(frame, WriteOptions, output);

    private static RawFrame Read(MosaicImage image, ReadOptions options, RawFrame? same = null) =>
        image.Read(
            DngImage.MissingCfa(image, options.Cfa),
            (frame, notes) =>
            {
                if (options.IgnoreEmbedded)
                {
                    return DefectMap.Empty(frame.Width, frame.Height);
                }

                var defects = EmbeddedDefects.Read(image.Directory, frame);
                notes.AddRange(defects.Notes);
                return defects.Map;
            },
            options.Threads,
            same
        );

    /// <summary>
    /// Writes the file anew with a map added as FixBadPixelsList to its first opcode list, joined with such a list already there;
    /// samples and all other opcodes stay byte for byte.
    /// </summary>
    /// <param name="original">A DNG file.</param>
    /// <param name="map">Defects in sensor coordinates.</param>
    /// <param name="output">Receives the new file.</param>
    /// <exception cref="RawDataException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">The map is for another geometry.</exception>
    public void WriteWithOpcodes(ReadOnlyMemory<byte> original, DefectMap map, Stream output) =>
        DngOpcodeWriter.Write(DngImage.Open(original, ReadLimits.Default), map, output);
}
