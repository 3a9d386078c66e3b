namespace PixelMend.Frames;

/// <summary>A step from one photosite to another.</summary>
public readonly record struct Offset(int Dx, int Dy)
{
    /// <summary>Squared Euclidean length, in photosites².</summary>
    public int SquaredLength => (Dx * Dx) + (Dy * Dy);

    /// <summary>Rows or columns apart, whichever is more (Chebyshev distance).</summary>
    public int Distance => Math.Max(Math.Abs(Dx), Math.Abs(Dy));
}
