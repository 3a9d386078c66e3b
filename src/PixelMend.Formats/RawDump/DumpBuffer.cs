using System.Runtime.InteropServices;
using PixelMend.Frames;

namespace PixelMend.Formats.RawDump;

/// <summary>Memory for one frame as it comes and goes; codes that lie in the input as they do in memory are worked on in place.</summary>
internal sealed class DumpBuffer
{
    private readonly DumpRows rows;
    private readonly byte[]? packed;
    private readonly Plane<ushort> codes;

    /// <param name="rows">How frames lie in the input.</param>
    /// <param name="unpacked">Receives unpacked samples, for any number of buffers of which one at a time is looked at.</param>
    public DumpBuffer(DumpRows rows, Lazy<Plane<ushort>> unpacked)
    {
        this.rows = rows;
        packed = rows.AreCodes ? null : LargeArray.Unfilled<byte>(checked((int)rows.FrameBytes));
        codes = packed is null ? rows.MakePlane() : unpacked.Value;
    }

    /// <summary>The frame's bytes.</summary>
    public Span<byte> Bytes => packed ?? MemoryMarshal.AsBytes(codes.Samples.AsSpan());

    /// <summary>The frame's samples, until another buffer's are asked for.</summary>
    public Plane<ushort> Codes()
    {
        if (packed is not null)
        {
            rows.Decode(packed, codes);
        }

        return codes;
    }
}
