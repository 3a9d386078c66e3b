namespace PixelMend.Simulation;

/// <summary>
/// Woven cloth in folds, its threads about three photosites apart and closer in the folds: fine periodic detail near the Nyquist frequency,
/// where every photosite differs from its neighbours and none is defective.
/// </summary>
internal sealed class Fabric(SceneSetup setup) : Scene
{
    /// <summary>Distance of two threads, photosites.</summary>
    private const double ThreadPitch = 3.2;

    private static readonly Rgb[] Dyes = [new(0.46, 0.09, 0.08), new(0.50, 0.44, 0.34), new(0.07, 0.12, 0.26), new(0.10, 0.24, 0.16)];

    public static SceneKind Registration { get; } =
        new("fabric", "Checked woven cloth in folds: fine threads near the Nyquist frequency.", setup => new Fabric(setup));

    public override Rgb At(double x, double y)
    {
        double height = Fold(x, y);
        double slope = (Fold(x + 0.002, y) - Fold(x - 0.002, y)) / 0.004;
        double lean = (Fold(x, y + 0.002) - Fold(x, y - 0.002)) / 0.004;
        double scale = 1 / (ThreadPitch * setup.Pitch);
        // Cloth that leans away shows its threads closer together.
        double warp = (x + (0.045 * height) + (0.02 * y)) * scale;
        double weft = (y + (0.040 * height) - (0.03 * x)) * scale;
        long i = (long)Math.Floor(warp);
        long j = (long)Math.Floor(weft);
        bool warpOnTop = (((i + j) % 4) + 4) % 4 < 2;
        double u = warp - i - 0.5;
        double v = weft - j - 0.5;
        double round = warpOnTop ? 1 - (2.6 * u * u) : 1 - (2.6 * v * v);
        double gap = warpOnTop ? v : u;
        Rgb dye = warpOnTop ? Dye(i, 0) : Dye(j, 1);
        double fuzz = 0.82 + (0.36 * Texture.Hash(i, j, setup.Seed + 5));
        double light = Math.Clamp(0.72 + (0.9 * slope) - (0.5 * lean), 0.10, 1.35);
        return dye * (round * (1 - (0.5 * gap * gap)) * fuzz * light * 1.25);
    }

    /// <summary>Broad stripes of dyed threads, one way and the other: a check.</summary>
    private static Rgb Dye(long thread, int direction)
    {
        long place = ((thread % 96) + 96) % 96;
        return place switch
        {
            < 34 => Dyes[0],
            < 38 => Dyes[1],
            < 62 => Dyes[2],
            < 66 => Dyes[1],
            < 90 => Dyes[3],
            _ => Dyes[direction == 0 ? 1 : 2],
        };
    }

    private double Fold(double x, double y)
    {
        double bend = Texture.Noise(x * 1.7, y * 1.7, setup.Seed + 1);
        double pleats = Math.Sin((5.2 * x) + (3.1 * y) + (5 * bend));
        return (0.16 * pleats) + (0.34 * Texture.Noise((x * 2.6) + bend, y * 1.4, setup.Seed + 2));
    }
}
