using PixelMend.Frames;

namespace PixelMend.Formats;

/// <summary>
/// A file format of frames. Adding one is one new class and one line in <see cref="FormatSet"/>.
/// Files are given whole, as bytes: parsers then cannot run past the end, and limits are known before anything is allocated.
/// </summary>
public abstract class FrameFormat
{
    /// <summary>Short name, as in messages and <c>pixelmend formats</c>.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence: which variants are read and written.</summary>
    public abstract string Summary { get; }

    /// <summary>File name extensions with their dot, lower case; the first is the usual one.</summary>
    public abstract IReadOnlyList<string> Extensions { get; }

    /// <summary>The part of the program, or the library behind it, that does the work, and whether it is there.</summary>
    public virtual string Part => "PixelMend";

    /// <summary>
    /// Extension of the format that repaired frames go to where new files of this one cannot be written; null where they can.
    /// </summary>
    public virtual string? StandInExtension => null;

    /// <summary>The form of this format that a new file's name asks for, where it has several; usually itself.</summary>
    /// <param name="name">The file's name or path.</param>
    public virtual FrameFormat For(string name) => this;

    /// <summary>Whether the file is of this format, from its first bytes (up to 4096 of them) and its name.</summary>
    public abstract bool Matches(ReadOnlySpan<byte> head, string name);

    /// <summary>Reads the frame.</summary>
    /// <exception cref="RawDataException">The file is malformed, unsupported or beyond the limits; no other exception comes out.</exception>
    public abstract RawFrame Read(ReadOnlyMemory<byte> file, ReadOptions options);

    /// <summary>Reads the frame of a file as its bytes come by, in formats that need not have all of them in memory.</summary>
    /// <param name="file">The file, from its start; it can be positioned.</param>
    /// <param name="options">What the user says about the file.</param>
    /// <returns>What <see cref="Read"/> returns for the file's bytes, which have all been read in their order; null where <see cref="Read"/> is needed.</returns>
    /// <exception cref="RawDataException">As from <see cref="Read"/>.</exception>
    public virtual RawFrame? ReadPassing(Stream file, ReadOptions options) => null;

    /// <summary>The first photosite at which a file does not hold a frame's samples with changes made to them; null where it holds all of them.</summary>
    /// <param name="file">The file, which is as good as <see cref="Read"/> needs it.</param>
    /// <param name="frame">What it is to hold, but for the changes.</param>
    /// <param name="changes">Changed samples, sorted by row, then column, each at most once.</param>
    /// <param name="options">As for <see cref="Read"/>.</param>
    /// <exception cref="RawDataException">As from <see cref="Read"/>.</exception>
    public virtual (int X, int Y)? FirstDifference(
        ReadOnlyMemory<byte> file,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        ReadOptions options
    ) => SampleComparison.FirstDifference(Read(file, options), frame, changes);

    /// <summary>
    /// Writes the file anew with <paramref name="changes"/> made to its samples and everything else byte for byte as it was,
    /// except what no longer holds (digests, opcodes now baked in).
    /// </summary>
    /// <param name="original">The file that <see cref="Read"/> read with the same options.</param>
    /// <param name="frame">What <see cref="Read"/> returned for it.</param>
    /// <param name="changes">Changed samples, sorted by row, then column, each at most once.</param>
    /// <param name="options">As given to <see cref="Read"/>.</param>
    /// <param name="output">Receives the new file.</param>
    public abstract void Rewrite(
        ReadOnlyMemory<byte> original,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        ReadOptions options,
        Stream output
    );

    /// <summary>
    /// <see cref="Rewrite"/> with a record of who made the changes, in formats that have a place for it; a file without changes stays as it is.
    /// Others keep no record.
    /// </summary>
    /// <param name="original">The file that <see cref="Read"/> read with the same options.</param>
    /// <param name="frame">What <see cref="Read"/> returned for it.</param>
    /// <param name="changes">Changed samples, sorted by row, then column, each at most once.</param>
    /// <param name="options">As given to <see cref="Read"/>.</param>
    /// <param name="record">Who made the changes.</param>
    /// <param name="output">Receives the new file.</param>
    public virtual void RewriteWithRecord(
        ReadOnlyMemory<byte> original,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        ReadOptions options,
        EditRecord record,
        Stream output
    ) => Rewrite(original, frame, changes, options, output);

    /// <summary>
    /// The frames of a file that holds several, one at a time. Of such a file <see cref="Read"/> reads the first frame and <see cref="Rewrite"/>
    /// changes that one.
    /// </summary>
    /// <param name="file">The file, from its start; it is read as frames are asked for, and closed with the sequence.</param>
    /// <param name="options">What the user says about the file.</param>
    /// <returns>Null where the file holds one frame; <paramref name="file"/> is then left to the caller.</returns>
    /// <exception cref="RawDataException">The file is malformed, unsupported or beyond the limits.</exception>
    public virtual FrameSequence? OpenSequence(Stream file, ReadOptions options) => null;

    /// <summary>Writes a frame as a new file.</summary>
    /// <exception cref="NotSupportedException">The format cannot hold this frame; the message says why.</exception>
    public abstract void Write(RawFrame frame, Stream output);

    /// <summary><see cref="Write"/> with a record of who repaired the frame before, in formats that have a place for it; others keep none.</summary>
    /// <param name="frame">The repaired frame.</param>
    /// <param name="record">Who repaired it.</param>
    /// <param name="repaired">How many samples; with none there is nothing to record.</param>
    /// <param name="output">Receives the file.</param>
    /// <exception cref="NotSupportedException">The format cannot hold this frame; the message says why.</exception>
    public virtual void WriteWithRecord(RawFrame frame, EditRecord record, int repaired, Stream output) => Write(frame, output);
}
