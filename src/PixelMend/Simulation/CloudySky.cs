namespace PixelMend.Simulation;

/// <summary>A smooth sky with soft clouds: gradients without edges, where even faint defects can be found and any false repair would show.</summary>
internal sealed class CloudySky(SceneSetup setup) : Scene
{
    public static SceneKind Registration { get; } =
        new("sky", "A smooth sky with soft clouds: gradients without edges.", setup => new CloudySky(setup));

    public override Rgb At(double x, double y)
    {
        Rgb blue = Rgb.Mix(new(0.10, 0.22, 0.52), new(0.48, 0.60, 0.78), Math.Clamp(y, 0, 1));
        double thick = Texture.Fractal(x * 2.4, y * 4.2, 6, setup.Seed + 1);
        double cover = Texture.Step(0.44, 0.72, thick);
        double shade = Texture.Fractal((x * 2.4) + 0.12, (y * 4.2) + 0.25, 5, setup.Seed + 1);
        Rgb cloud = Rgb.Mix(new(0.86, 0.85, 0.84), new(0.46, 0.49, 0.55), Texture.Step(0.45, 0.80, shade));
        return Rgb.Mix(blue, cloud, cover * 0.9);
    }
}
