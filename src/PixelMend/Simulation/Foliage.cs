namespace PixelMend.Simulation;

/// <summary>Leaves over leaves over branches against the sky: edges at every angle and detail at every scale, as in most outdoor pictures.</summary>
internal sealed class Foliage(SceneSetup setup) : Scene
{
    /// <summary>Half the length of the leaves of each layer, front to back, in picture heights.</summary>
    private static readonly double[] LeafSizes = [0.070, 0.048, 0.036, 0.026, 0.020];

    public static SceneKind Registration { get; } =
        new("foliage", "Leaves in several layers over branches: irregular texture and edges at every scale.", setup => new Foliage(setup));

    public override Rgb At(double x, double y)
    {
        for (int layer = 0; layer < LeafSizes.Length; layer++)
        {
            if (Leaf(x, y, layer) is { } light)
            {
                return light;
            }
        }

        return Branch(x, y) ?? Background(x, y);
    }

    private Rgb? Leaf(double x, double y, int layer)
    {
        double half = LeafSizes[layer];
        ulong seed = setup.Seed + ((ulong)layer * 1000);
        // One leaf per cell on average; a leaf reaches into the cells around its own.
        double cell = half * 1.15;
        int column = (int)Math.Floor(x / cell);
        int row = (int)Math.Floor(y / cell);
        for (int j = row - 1; j <= row + 1; j++)
        {
            for (int i = column - 1; i <= column + 1; i++)
            {
                double present = layer < 2 ? 0.34 : 0.62;
                if (Texture.Hash(i, j, seed) > present)
                {
                    continue;
                }

                double dx = x - ((i + Texture.Hash(i, j, seed + 1)) * cell);
                double dy = y - ((j + Texture.Hash(i, j, seed + 2)) * cell);
                double size = half * (0.55 + (0.45 * Texture.Hash(i, j, seed + 3)));
                if ((dx * dx) + (dy * dy) > size * size)
                {
                    continue;
                }

                double angle = Texture.Hash(i, j, seed + 4) * 2 * Math.PI;
                double along = ((dx * Math.Cos(angle)) + (dy * Math.Sin(angle))) / size;
                double across = ((dy * Math.Cos(angle)) - (dx * Math.Sin(angle))) / size;
                if (Math.Abs(across) < 0.40 * (1 - (along * along)) * (1 + (0.35 * along)))
                {
                    return Shade(along, across, layer, seed, i, j, x, y);
                }
            }
        }

        return null;
    }

    private Rgb Shade(double along, double across, int layer, ulong seed, int i, int j, double x, double y)
    {
        double tone = Texture.Hash(i, j, seed + 5);
        Rgb green = Rgb.Mix(new(0.10, 0.30, 0.035), new(0.34, 0.46, 0.06), tone * tone);
        if (tone > 0.93)
        {
            green = new(0.46, 0.24, 0.05);
        }

        double side = Math.Abs(across);
        double vein = (along * 9) - (side * 11);
        double ribs = side < 0.018 ? 1.5 : 1 + (0.18 * Texture.Step(0.80, 1, Math.Cos(vein * 2)));
        double halves = across > 0 ? 1.12 : 0.86;
        double mottle = 0.80 + (0.40 * Texture.Fractal(x * 180, y * 180, 3, setup.Seed + 7));
        // Leaves behind stand in the shade of those before them; the sun reaches some of each layer.
        double sun = (0.35 + (0.95 * Texture.Hash(i, j, seed + 6))) * Math.Pow(0.74, layer);
        return green * (ribs * halves * mottle * sun);
    }

    private Rgb? Branch(double x, double y)
    {
        for (int k = 0; k < 3; k++)
        {
            ulong seed = setup.Seed + 70 + (ulong)k;
            double bend = 0.25 * Texture.Noise(x * 2.2, k, seed);
            double centre = (0.12 + (0.36 * k)) + bend + ((k == 1 ? -0.30 : 0.24) * (x / setup.Aspect));
            double thickness = 0.017 - (0.004 * k);
            double offset = (y - centre) / thickness;
            if (Math.Abs(offset) < 1)
            {
                double bark = Texture.Fractal(x * 60, offset * 3, 4, seed + 1);
                return new Rgb(0.085, 0.062, 0.045) * ((0.4 + bark) * (0.75 - (0.5 * offset)));
            }
        }

        return null;
    }

    private Rgb Background(double x, double y)
    {
        double gaps = Texture.Step(0.52, 0.60, Texture.Fractal(x * 6, y * 6, 4, setup.Seed + 80));
        double murk = Texture.Fractal(x * 24, y * 24, 4, setup.Seed + 81);
        return Rgb.Mix(new Rgb(0.014, 0.030, 0.010) * (0.4 + murk), new(0.62, 0.76, 0.95), gaps);
    }
}
