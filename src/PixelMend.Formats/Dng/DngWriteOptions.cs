namespace PixelMend.Formats.Dng;

/// <summary>How a fresh DNG is written.</summary>
public sealed record DngWriteOptions
{
    /// <summary>Uncompressed, one strip.</summary>
    public static DngWriteOptions Default { get; } = new();

    /// <summary>Whether samples are coded as lossless JPEG in tiles.</summary>
    public bool LosslessJpeg { get; init; }

    /// <summary>Whether a small picture stands before the raw image, which then is a directory of its own.</summary>
    public bool Preview { get; init; } = true;

    /// <summary>Side of these tiles, a multiple of 16.</summary>
    public int TileSide { get; init; } = 256;
}
