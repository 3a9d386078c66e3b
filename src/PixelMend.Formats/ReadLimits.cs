namespace PixelMend.Formats;

/// <summary>Bounds on what a file may ask for, checked before anything is allocated on a header's word.</summary>
public sealed record ReadLimits
{
    /// <summary>Generous enough for every sensor known.</summary>
    public static ReadLimits Default { get; } = new();

    /// <summary>Most photosites in a row or column.</summary>
    public int MaxDimension { get; init; } = 65_536;

    /// <summary>Most photosites in a frame.</summary>
    public long MaxPhotosites { get; init; } = 500_000_000;

    /// <summary>Largest file, in bytes.</summary>
    public long MaxFileBytes { get; init; } = 2_000_000_000;

    /// <summary>Most defects in a map.</summary>
    public int MaxDefects { get; init; } = 50_000_000;

    /// <summary>Throws unless a frame of this size is allowed.</summary>
    /// <exception cref="RawDataException">A dimension is below 1, or a limit is exceeded.</exception>
    public void CheckSize(string format, long width, long height, long offset = -1)
    {
        if (width < 1 || height < 1)
        {
            throw new RawDataException(RawDataError.Malformed, format, $"an image of {width} × {height} photosites is impossible", offset);
        }

        if (width > MaxDimension || height > MaxDimension || width * height > MaxPhotosites)
        {
            throw new RawDataException(
                RawDataError.LimitExceeded,
                format,
                $"an image of {width} × {height} photosites exceeds the limit of {MaxDimension} a side and {MaxPhotosites} in all",
                offset
            );
        }
    }
}
