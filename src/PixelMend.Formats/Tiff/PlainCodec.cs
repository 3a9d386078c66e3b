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
    public override void Decode(ReadOnlySpan<byte> bytes, Segment segment, Plane<ushort> plane)
    {
        int stride = CheckedStride(file, bytes, segment, bits);
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
        Patch(coded, segment, changes);
        return coded;
    }

    public override bool Patch(Span<byte> bytes, Segment segment, IReadOnlyList<SampleChange> changes)
    {
        int stride = CheckedStride(file, bytes, segment, bits);
        foreach (SampleChange change in changes)
        {
            Span<byte> row = bytes.Slice((change.Y - segment.Area.Top) * stride, stride);
            int x = change.X - segment.Area.Left;
            if (bits == 16)
            {
                file.Order.Write(row[(2 * x)..], (ushort)change.New);
            }
            else
            {
                BitPacking.Set(row, bits, x, (ushort)change.New);
            }
        }

        return true;
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
            for (int x = 0; x < samples.Length; x++)
            {
                samples[x] = row[x];
            }
        }
        else
        {
            BitPacking.Unpack(row, bits, samples);
        }
    }
}
