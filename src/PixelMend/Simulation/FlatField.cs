namespace PixelMend.Simulation;

/// <summary>Even light: flat fields, photon transfer, and (without light) dark frames.</summary>
internal sealed class FlatField : Scene
{
    private const double Level = 0.5;

    public static SceneKind Registration { get; } =
        new("flat", "Even grey light at half of saturation: flat fields, and dark frames when the light is off.", _ => new FlatField());

    public override Rgb At(double x, double y) => Rgb.Grey(Level);
}
