namespace PixelMend;

/// <summary>So many photosites of a frame look defective that it cannot be what it was taken for.</summary>
public sealed class ImplausibleFrameException(double part, double limit)
    : Exception(
        FormattableString.Invariant(
            $"{100 * part:F1} % of the photosites look defective, which no usable sensor has (limit {100 * limit:F0} %): the mosaic or the levels are probably not what the file says (see --cfa and --raw), or it is no mosaic at all; --no-dynamic repairs known defects only"
        )
    )
{
    /// <summary>Part of the active photosites that look defective.</summary>
    public double Part { get; } = part;
}
