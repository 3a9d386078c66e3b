using PixelMend.Frames;

namespace PixelMend.Formats.Tiff;

/// <summary>How the samples of a strip or tile become bytes and back.</summary>
/// <typeparam name="T"><see cref="ushort"/> for codes, <see cref="float"/> for float samples.</typeparam>
internal abstract class SegmentCodec<T>
    where T : unmanaged
{
    /// <summary>Most samples that so many bytes can hold, so that nothing larger is allocated on a header's word.</summary>
    public abstract long MostSamples(long bytes);

    /// <summary>Whether codes may exceed the depth that the directory states, as streams with a precision of their own may.</summary>
    public virtual bool MayExceedDepth => true;

    /// <summary>Bytes of a row, where rows can be decoded by themselves; null where they cannot.</summary>
    /// <exception cref="RawDataException">The segment is too short for its rows.</exception>
    public virtual int? RowBytes(Segment segment) => null;

    /// <summary>Copies the samples that belong to the image into <paramref name="plane"/>.</summary>
    /// <exception cref="RawDataException">The bytes are damaged.</exception>
    public abstract void Decode(ReadOnlySpan<byte> bytes, Segment segment, Plane<T> plane);

    /// <summary>The segment's bytes with some samples changed.</summary>
    /// <param name="bytes">Its bytes so far.</param>
    /// <param name="segment">Where it lies.</param>
    /// <param name="changes">Changes within it.</param>
    public abstract byte[] Encode(ReadOnlySpan<byte> bytes, Segment segment, IReadOnlyList<SampleChange> changes);

    /// <summary>Changes samples where they stand in the file, if this coding allows it.</summary>
    /// <returns>Whether it does; if not, nothing was changed.</returns>
    public virtual bool Patch(PatchedBytes content, Segment segment, IReadOnlyList<SampleChange> changes) => false;

    /// <summary>Bytes of a row of uncompressed samples, after making sure that all of the segment's rows are there.</summary>
    protected static int CheckedStride(TiffFile file, Segment segment, int bits)
    {
        int stride = BitPacking.RowBytes(segment.CodedWidth, bits);
        long needed = (long)stride * segment.Area.Height;
        return needed <= segment.Length
            ? stride
            : throw file.Malformed($"segment {segment.Index} has {segment.Length} bytes where its samples take {needed}", segment.Offset);
    }
}
