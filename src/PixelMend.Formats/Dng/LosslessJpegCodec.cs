using System.Buffers;
using System.Numerics;
using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.Formats.Dng;

/// <summary>
/// Strips and tiles of lossless JPEG. Cameras code a mosaic as one to four interleaved components whose rows, one after the other,
/// are the segment's rows (two components of half the width are the commonest), so samples map by their order alone.
/// </summary>
internal sealed class LosslessJpegCodec : SegmentCodec<ushort>
{
    /// <inheritdoc/>
    public override long MostSamples(long bytes) => 8 * bytes;

    /// <inheritdoc/>
    public override void Decode(ReadOnlySpan<byte> bytes, Segment segment, Plane<ushort> plane)
    {
        var header = LosslessJpegHeader.Parse(bytes, segment.Offset);
        int stride = Stride(header, segment);
        Area area = segment.Area;
        if (stride == plane.Width && header.Count == area.Count)
        {
            LosslessJpegDecoder.Decode(header, bytes, plane.Samples.AsSpan(area.Top * stride, (int)header.Count));
            return;
        }

        ushort[] samples = DecodeAll(header, bytes);
        for (int y = 0; y < area.Height; y++)
        {
            samples.AsSpan(y * stride, area.Width).CopyTo(plane.Row(area.Top + y)[area.Left..]);
        }

        ArrayPool<ushort>.Shared.Return(samples);
    }

    /// <inheritdoc/>
    public override byte[] Encode(ReadOnlySpan<byte> bytes, Segment segment, IReadOnlyList<SampleChange> changes)
    {
        var header = LosslessJpegHeader.Parse(bytes, segment.Offset);
        int stride = Stride(header, segment);
        ushort[] samples = DecodeAll(header, bytes);
        ushort largest = 0;
        foreach (SampleChange change in changes)
        {
            samples[((change.Y - segment.Area.Top) * stride) + change.X - segment.Area.Left] = (ushort)change.New;
            largest = Math.Max(largest, (ushort)change.New);
        }

        // A repaired value may need more bits than the segment declares where it declares fewer than the file.
        int precision = Math.Max(header.Precision, 32 - BitOperations.LeadingZeroCount(largest));
        var shape = new LosslessJpegShape(precision, header.Columns, header.Rows, header.Components, header.Predictor, header.RestartRows);
        byte[] coded = LosslessJpegEncoder.Encode(shape, samples.AsSpan(0, (int)header.Count));
        ArrayPool<ushort>.Shared.Return(samples);
        return coded;
    }

    /// <summary>All samples of a stream in an array of the pool, to be returned there; one lost to damage is no loss.</summary>
    private static ushort[] DecodeAll(LosslessJpegHeader header, ReadOnlySpan<byte> bytes)
    {
        LosslessJpegDecoder.CheckCount(header, bytes);
        ushort[] samples = ArrayPool<ushort>.Shared.Rent((int)header.Count);
        LosslessJpegDecoder.Decode(header, bytes, samples.AsSpan(0, (int)header.Count));
        return samples;
    }

    /// <summary>Samples from one row of the segment to the next, in coded order.</summary>
    private static int Stride(LosslessJpegHeader header, Segment segment)
    {
        if (header.Count == segment.CodedCount)
        {
            return segment.CodedWidth;
        }

        return header.RowLength >= segment.Area.Width && header.Rows >= segment.Area.Height
            ? header.RowLength
            : throw header.Malformed(
                $"a lossless JPEG of {header.Columns} × {header.Rows} × {header.Components} samples cannot fill a segment of {segment.CodedWidth} × {segment.CodedHeight}",
                0
            );
    }
}
