using System.IO.Compression;
using PixelMend.Formats.Tiff;
using PixelMend.Frames;

namespace PixelMend.Formats.Dng;

/// <summary>Strips and tiles of deflated 32-bit floats.</summary>
internal sealed class DeflateFloatCodec(TiffFile file, FloatPredictor predictor) : SegmentCodec<float>
{
    /// <summary>Deflate cannot shrink data by more than this.</summary>
    private const int MostDeflation = 1032;

    /// <inheritdoc/>
    public override long MostSamples(long bytes) => bytes * MostDeflation / sizeof(float);

    /// <inheritdoc/>
    public override void Decode(ReadOnlySpan<byte> bytes, Segment segment, Plane<float> plane)
    {
        float[] samples = Inflate(bytes, segment);
        Area area = segment.Area;
        for (int y = 0; y < area.Height; y++)
        {
            samples.AsSpan(y * segment.CodedWidth, area.Width).CopyTo(plane.Row(area.Top + y)[area.Left..]);
        }
    }

    /// <inheritdoc/>
    public override byte[] Encode(ReadOnlySpan<byte> bytes, Segment segment, IReadOnlyList<SampleChange> changes)
    {
        float[] samples = Inflate(bytes, segment);
        foreach (SampleChange change in changes)
        {
            samples[((change.Y - segment.Area.Top) * segment.CodedWidth) + change.X - segment.Area.Left] = change.New;
        }

        using var deflated = new MemoryStream();
        using (var deflate = new ZLibStream(deflated, CompressionLevel.Optimal))
        {
            var row = new byte[segment.CodedWidth * sizeof(float)];
            for (int at = 0; at < samples.Length; at += segment.CodedWidth)
            {
                predictor.Subtract(samples.AsSpan(at, segment.CodedWidth), row);
                deflate.Write(row);
            }
        }

        return deflated.ToArray();
    }

    private float[] Inflate(ReadOnlySpan<byte> bytes, Segment segment)
    {
        if (segment.CodedCount > MostSamples(bytes.Length))
        {
            throw file.Malformed($"{segment.CodedCount} samples cannot be deflated to {bytes.Length} bytes", segment.Offset);
        }

        var samples = new float[segment.CodedCount];
        var row = new byte[segment.CodedWidth * sizeof(float)];
        try
        {
            using var deflated = new MemoryStream(bytes.ToArray());
            using var inflate = new ZLibStream(deflated, CompressionMode.Decompress);
            for (int at = 0; at < samples.Length; at += segment.CodedWidth)
            {
                inflate.ReadExactly(row);
                predictor.Restore(row, samples.AsSpan(at, segment.CodedWidth));
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw file.Malformed($"the deflated samples of segment {segment.Index} are damaged", segment.Offset);
        }

        return samples;
    }
}
