using System.Buffers.Binary;
using System.Runtime.InteropServices;
using PixelMend.Frames;

namespace PixelMend.Formats.Tiff;

/// <summary>Uncompressed codes of 8 to 16 bits: bytes, words in file order, or packed bits.</summary>
internal sealed class PlainCodec(TiffFile file, int bits) : SegmentCodec<ushort>
{
    /// <inheritdoc/>
    public override long MostSamples(long bytes) => bytes * 8 / bits;

    /// <inheritdoc/>
    public override bool MayExceedDepth => false;

    /// <inheritdoc/>
    public override int? RowBytes(Segment segment) => CheckedStride(file, segment, bits);

    /// <inheritdoc/>
    public override void Decode(ReadOnlySpan<byte> bytes, Segment segment, Plane<ushort> plane)
    {
        int stride = CheckedStride(file, segment, bits);
        Area area = segment.Area;
        for (int y = 0; y < area.Height; y++)
        {
            DecodeRow(bytes.Slice(y * stride, stride), plane.Row(area.Top + y).Slice(area.Left, area.Width));
        }
    }

    /// <inheritdoc/>
    public override byte[] Encode(ReadOnlySpan<byte> bytes, Segment segment, IReadOnlyList<SampleChange> changes)
    {
        byte[] coded = bytes.ToArray();
        int stride = CheckedStride(file, segment, bits);
        foreach (SampleChange change in changes)
        {
            (int at, int length) = GroupOf(change, segment, stride);
            Set(coded.AsSpan(at, length), change, segment);
        }

        return coded;
    }

    public override bool Patch(PatchedBytes content, Segment segment, IReadOnlyList<SampleChange> changes)
    {
        int stride = CheckedStride(file, segment, bits);
        Span<byte> buffer = stackalloc byte[16];
        foreach (SampleChange change in changes)
        {
            (int at, int length) = GroupOf(change, segment, stride);
            Span<byte> group = buffer[..length];
            content.Read(segment.Offset + at, group);
            Set(group, change, segment);
            content.Write(segment.Offset + at, group);
        }

        return true;
    }

    /// <summary>The eight samples that begin and end at a byte, a change's among them; the last of a row may be fewer.</summary>
    private (int Start, int Length) GroupOf(SampleChange change, Segment segment, int stride)
    {
        int inRow = (change.X - segment.Area.Left) / 8 * bits;
        return (((change.Y - segment.Area.Top) * stride) + inRow, Math.Min(bits, stride - inRow));
    }

    private void Set(Span<byte> group, SampleChange change, Segment segment)
    {
        int x = (change.X - segment.Area.Left) % 8;
        if (bits == 16)
        {
            file.Order.Write(group[(2 * x)..], (ushort)change.New);
        }
        else
        {
            BitPacking.Set(group, bits, x, (ushort)change.New);
        }
    }

    private void DecodeRow(ReadOnlySpan<byte> row, Span<ushort> samples)
    {
        if (bits == 16)
        {
            ReadOnlySpan<ushort> words = MemoryMarshal.Cast<byte, ushort>(row)[..samples.Length];
            if (file.Order.BigEndian == BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.ReverseEndianness(words, samples);
            }
            else
            {
                words.CopyTo(samples);
            }
        }
        else if (bits == 8)
        {
            new SampleCoding(1, BigEndian: false).Decode(row, samples);
        }
        else
        {
            BitPacking.Unpack(row, bits, samples);
        }
    }
}
