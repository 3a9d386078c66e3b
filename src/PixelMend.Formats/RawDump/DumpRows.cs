using PixelMend.Frames;

namespace PixelMend.Formats.RawDump;

/// <summary>Where the rows of a headerless frame lie and how their samples are packed.</summary>
internal sealed class DumpRows(RawSpec spec)
{
    private readonly SampleCoding plain = new(spec.Depth <= 8 ? 1 : 2, spec.BigEndian);
    private readonly MipiPacking mipi = new(spec.Depth, spec.MipiSamples);
    private readonly long stride = spec.Stride ?? spec.RowBytes;

    /// <summary>Bytes of a frame, those before its first row and the padding of its last row included.</summary>
    public long FrameBytes => spec.Offset + (stride * spec.Height);

    /// <summary>Whether a frame's bytes are its codes as they lie in memory, and nothing else.</summary>
    public bool AreCodes =>
        spec.Packing == RawPacking.Plain
        && plain == new SampleCoding(sizeof(ushort), BigEndian: !BitConverter.IsLittleEndian)
        && spec.Offset == 0
        && stride == spec.RowBytes;

    /// <summary>A plane for a frame's samples.</summary>
    public Plane<ushort> MakePlane() => Plane<ushort>.Unfilled(spec.Width, spec.Height);

    /// <summary>All samples of a frame.</summary>
    public void Decode(ReadOnlySpan<byte> frame, Plane<ushort> codes)
    {
        for (int y = 0; y < spec.Height; y++)
        {
            Decode(frame, y, codes.Row(y));
        }
    }

    /// <summary>Sets samples of a frame and no bit beside them.</summary>
    public void Patch(Span<byte> frame, IReadOnlyList<SampleChange> changes)
    {
        foreach (SampleChange change in changes)
        {
            Span<byte> row = frame.Slice(Start(change.Y), (int)spec.RowBytes);
            if (spec.Packing == RawPacking.Mipi)
            {
                mipi.Patch(row, change.X, (ushort)change.New);
            }
            else
            {
                plain.Patch(row, change.X, (ushort)change.New);
            }
        }
    }

    /// <summary>Packs a row.</summary>
    public void Encode(ReadOnlySpan<ushort> codes, Span<byte> row)
    {
        if (spec.Packing == RawPacking.Mipi)
        {
            mipi.Encode(codes, row);
        }
        else
        {
            plain.Encode(codes, row);
        }
    }

    private void Decode(ReadOnlySpan<byte> frame, int y, Span<ushort> codes)
    {
        ReadOnlySpan<byte> row = frame.Slice(Start(y), (int)spec.RowBytes);
        if (spec.Packing == RawPacking.Mipi)
        {
            mipi.Decode(row, codes);
        }
        else
        {
            plain.Decode(row, codes);
        }
    }

    private int Start(int y) => checked((int)(spec.Offset + (y * stride)));
}
