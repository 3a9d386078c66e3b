using PixelMend.Frames;

namespace PixelMend.Formats;

/// <summary>
/// Geometry of a headerless dump, as written after <c>--raw</c>:
/// <c>width=2592,height=1536,depth=8,cfa=GRBG,black=16,white=255[,stride=BYTES][,offset=BYTES][,packing=plain|mipi][,endian=little|big]</c>.
/// </summary>
public sealed record RawSpec
{
    /// <summary>Photosites per row.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Bits per sample, 1 to 16: up to 8 stored in one byte, else in two.</summary>
    public required int Depth { get; init; }

    /// <summary>The mosaic.</summary>
    public CfaPattern Cfa { get; init; } = CfaPattern.Mono;

    /// <summary>Black level, ADU.</summary>
    public float Black { get; init; }

    /// <summary>White level, ADU; null: the largest code of the depth.</summary>
    public float? White { get; init; }

    /// <summary>Bytes from one row to the next; null: rows without padding.</summary>
    public int? Stride { get; init; }

    /// <summary>Bytes before the first row.</summary>
    public long Offset { get; init; }

    /// <summary>Whether two-byte samples come high byte first.</summary>
    public bool BigEndian { get; init; }
}
