using System.Buffers.Binary;
using System.Runtime.InteropServices;
using PixelMend.Frames;

namespace PixelMend.Formats.Tiff;

/// <summary>Uncompressed 32-bit floats in the file's byte order.</summary>
internal sealed class PlainFloatCodec(TiffFile file) : SegmentCodec<float>
{
    /// <inheritdoc/>
    public override long MostSamples(long bytes) => bytes / sizeof(float);

    /// <inheritdoc/>
    public override int? RowBytes(Segment segment) => CheckedStride(file, segment, 8 * sizeof(float));

    /// <inheritdoc/>
    public override void Decode(ReadOnlySpan<byte> bytes, Segment segment, Plane<float> plane)
    {
        int stride = CheckedStride(file, segment, 8 * sizeof(float));
        Area area = segment.Area;
        for (int y = 0; y < area.Height; y++)
        {
            ReadOnlySpan<uint> words = MemoryMarshal.Cast<byte, uint>(bytes.Slice(y * stride, stride))[..area.Width];
            Span<uint> samples = MemoryMarshal.Cast<float, uint>(plane.Row(area.Top + y).Slice(area.Left, area.Width));
            if (file.Order.BigEndian == BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.ReverseEndianness(words, samples);
            }
            else
            {
                words.CopyTo(samples);
            }
        }
    }

    /// <inheritdoc/>
    public override byte[] Encode(ReadOnlySpan<byte> bytes, Segment segment, IReadOnlyList<SampleChange> changes)
    {
        byte[] coded = bytes.ToArray();
        int stride = CheckedStride(file, segment, 8 * sizeof(float));
        foreach (SampleChange change in changes)
        {
            file.Order.Write(coded.AsSpan(IndexOf(change, segment, stride)), BitConverter.SingleToUInt32Bits(change.New));
        }

        return coded;
    }

    public override bool Patch(PatchedBytes content, Segment segment, IReadOnlyList<SampleChange> changes)
    {
        int stride = CheckedStride(file, segment, 8 * sizeof(float));
        Span<byte> sample = stackalloc byte[sizeof(float)];
        foreach (SampleChange change in changes)
        {
            file.Order.Write(sample, BitConverter.SingleToUInt32Bits(change.New));
            content.Write(segment.Offset + IndexOf(change, segment, stride), sample);
        }

        return true;
    }

    private static int IndexOf(SampleChange change, Segment segment, int stride) =>
        ((change.Y - segment.Area.Top) * stride) + ((change.X - segment.Area.Left) * sizeof(float));
}
