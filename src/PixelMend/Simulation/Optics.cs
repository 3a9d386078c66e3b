namespace PixelMend.Simulation;

/// <summary>The lens, in units of photosites: how a point of light spreads, and how the picture darkens to its corners.</summary>
public sealed record Optics
{
    /// <summary>Standard deviation of the core of the point spread, photosites; below about 0.5 the picture is undersampled.</summary>
    public double Blur { get; init; } = 0.6;

    /// <summary>Part of the light that leaves the core for wide wings (scatter and diffraction), 0 to 1.</summary>
    public double HaloShare { get; init; }

    /// <summary>Standard deviation of the wings, photosites.</summary>
    public double HaloRadius { get; init; } = 8;

    /// <summary>Part of the light lost in the corners, 0 to 1; the loss grows with the square of the distance to the centre.</summary>
    public double Vignetting { get; init; }

    /// <summary>Rays per photosite and direction that the scene is sampled with before the blur.</summary>
    public int Oversampling { get; init; } = 2;
}
