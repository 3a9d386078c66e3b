using PixelMend.Frames;

namespace PixelMend.Formats;

/// <summary>
/// The frames of one file or pipe, taken one at a time and in their order, so that memory does not grow with their number. Each can be written
/// again with changes before the next is taken; what stands before, between and after the frames goes along as it was.
/// </summary>
/// <remarks>The calls in order: <see cref="Next"/> and <see cref="Write"/> for every frame until there is none, then <see cref="Finish"/>.</remarks>
public abstract class FrameSequence : IDisposable
{
    /// <summary>Frames in all; null where only the end will tell.</summary>
    public abstract int? Count { get; }

    /// <summary>Takes the next frame, or null after the last. The frame before must not be used any more: its memory may serve this one.</summary>
    /// <exception cref="RawDataException">The input is malformed or ends within a frame.</exception>
    public abstract RawFrame? Next();

    /// <summary>
    /// Writes the frame just taken, with all that stands between it and the one before; its samples must not be looked at any more. Where frames come through pipes it may still be on its way when
    /// this returns; its failure then comes out of a later call, at the latest out of <see cref="Finish"/>.
    /// </summary>
    /// <param name="changes">Changed samples of this frame, sorted by row, then column, each at most once.</param>
    /// <param name="record">Who changes them, for formats that have a place for it; null leaves no record.</param>
    /// <param name="output">Receives the bytes; the same stream for every frame.</param>
    public abstract void Write(IReadOnlyList<SampleChange> changes, EditRecord? record, Stream output);

    /// <summary>Writes what follows the last frame.</summary>
    public abstract void Finish(Stream output);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the input.</summary>
    protected virtual void Dispose(bool disposing) { }
}
