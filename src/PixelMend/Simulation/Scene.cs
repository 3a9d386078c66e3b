namespace PixelMend.Simulation;

/// <summary>
/// What stands before the lens: linear radiance as a function of position, without end in any direction. Coordinates are in picture heights,
/// (0, 0) at the picture's top left, so that the same scene fits every resolution.
/// Scenes compute in double precision and are pure functions: any thread may ask for any point in any order.
/// </summary>
public abstract class Scene
{
    /// <summary>Radiance at a point.</summary>
    /// <param name="x">To the right; the picture spans 0 to <see cref="SceneSetup.Aspect"/>.</param>
    /// <param name="y">Down; the picture spans 0 to 1.</param>
    public abstract Rgb At(double x, double y);

    /// <summary>Lights too small to have a size of their own; the optics alone give them one.</summary>
    public virtual IEnumerable<PointLight> Lights() => [];
}

/// <summary>The picture a scene is made for.</summary>
/// <param name="Width">Photosites per row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Seed">Chooses one of many scenes of a kind.</param>
public readonly record struct SceneSetup(int Width, int Height, ulong Seed)
{
    /// <summary>Width in picture heights.</summary>
    public double Aspect => (double)Width / Height;

    /// <summary>Distance of two photosites in picture heights: the finest detail worth drawing.</summary>
    public double Pitch => 1.0 / Height;
}

/// <summary>A point of light.</summary>
/// <param name="X">Picture heights from the left.</param>
/// <param name="Y">Picture heights from the top.</param>
/// <param name="Flux">Its light; 1 saturates one photosite if all of it falls there.</param>
public readonly record struct PointLight(double X, double Y, Rgb Flux);

/// <summary>The registration of a scene.</summary>
/// <param name="Name">As written by the user, kebab-case.</param>
/// <param name="Summary">One sentence: what it shows and what it is good for.</param>
/// <param name="Create">Makes it for a picture.</param>
public sealed record SceneKind(string Name, string Summary, Func<SceneSetup, Scene> Create);
