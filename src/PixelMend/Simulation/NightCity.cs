namespace PixelMend.Simulation;

/// <summary>
/// A city across the water at night: three rows of buildings, lit windows, lamps along a quay, their reflections, a moon and a few stars.
/// Dark, with small bright lights: the picture in which people see hot photosites, and where detectors must not take lamps for them.
/// </summary>
internal sealed class NightCity : Scene
{
    /// <summary>Where the water begins.</summary>
    private const double Waterline = 0.705;

    private const double QuayTop = Waterline - 0.010;
    private const double LampHeight = 0.030;
    private const double LampSpacing = 0.062;
    private const double MoonRadius = 0.030;

    /// <summary>Trees stay below this height above the quay.</summary>
    private const double TreeHeight = 0.045;

    /// <summary>Highest part of the land that the water mirrors.</summary>
    private const double MirrorHeight = 0.45;

    /// <summary>Mirror images averaged into one point of rippled water.</summary>
    private const int Ripples = 4;

    private static readonly Rgb LampLight = new(1.0, 0.66, 0.30);
    private static readonly Rgb MoonLight = new(1.0, 0.95, 0.84);

    private readonly SceneSetup setup;
    private readonly NightBuildings[] nearToFar;
    private readonly double moonX;
    private readonly double moonY;

    private NightCity(SceneSetup setup)
    {
        this.setup = setup;
        nearToFar =
        [
            new NightBuildings(setup, new(Slot: 0.075, Base: 0.05, Rise: 0.11, Window: 0.0062, Lit: 0.42, Haze: 0.00), 1),
            new NightBuildings(setup, new(Slot: 0.058, Base: 0.10, Rise: 0.33, Window: 0.0044, Lit: 0.36, Haze: 0.20), 2),
            new NightBuildings(setup, new(Slot: 0.040, Base: 0.13, Rise: 0.22, Window: 0.0030, Lit: 0.24, Haze: 0.60), 3),
        ];
        moonX = 0.17 * setup.Aspect;
        moonY = 0.17;
    }

    public static SceneKind Registration { get; } =
        new(
            "night-city",
            "A skyline over water at night: lit windows, street lamps, reflections and a dark sky, where hot photosites show.",
            setup => new NightCity(setup)
        );

    public override Rgb At(double x, double y) => y < Waterline ? Land(x, y) : Water(x, y);

    public override IEnumerable<PointLight> Lights()
    {
        foreach (PointLight beacon in nearToFar.SelectMany(row => row.Beacons()))
        {
            yield return beacon;
        }

        var random = new Random64(setup.Seed, 7);
        int stars = (int)(150 * setup.Aspect);
        for (int i = 0; i < stars; i++)
        {
            (double x, double y) = (random.Uniform() * setup.Aspect, random.Uniform() * 0.5);
            // Few bright, many faint; haze swallows those near the horizon.
            double flux = Math.Min(6, 0.05 * Math.Pow(random.Uniform() + 1e-3, -0.8)) * (1 - (y / 0.5));
            double warmth = random.Uniform();
            if (!nearToFar.Any(row => row.Covers(x, y)) && !IsMoon(x, y, 1.3))
            {
                yield return new PointLight(x, y, Rgb.Mix(new(0.8, 0.9, 1), new(1, 0.85, 0.7), warmth) * flux);
            }
        }
    }

    private Rgb Land(double x, double y)
    {
        Rgb glow = LampGlow(x, y);
        if (y > QuayTop)
        {
            return QuayWall(x, y) + glow;
        }

        if (Lamp(x, y) is { } lamp)
        {
            return lamp + glow;
        }

        if (Trees(x, y) is { } tree)
        {
            return tree + glow;
        }

        foreach (NightBuildings row in nearToFar)
        {
            if (row.At(x, y) is { } wall)
            {
                return wall + glow;
            }
        }

        return Sky(x, y) + glow;
    }

    private Rgb Sky(double x, double y)
    {
        double rise = (Waterline - y) / Waterline;
        Rgb sky = Rgb.Mix(new(0.052, 0.034, 0.056), new(0.0040, 0.0095, 0.0300), Texture.Step(0, 0.80, rise));
        // City light on the haze and on the undersides of clouds.
        sky += new Rgb(0.190, 0.080, 0.030) * Math.Exp(-rise / 0.16);
        double cloud = Texture.Step(0.46, 0.80, Texture.Fractal(x * 2.2, y * 6.5, 5, setup.Seed + 11));
        sky += new Rgb(0.046, 0.030, 0.034) * (cloud * (0.20 + Math.Exp(-rise / 0.45)));

        double dx = x - moonX;
        double dy = y - moonY;
        double r = Math.Sqrt((dx * dx) + (dy * dy));
        sky += MoonLight * ((0.030 * Math.Exp(-r / 0.045)) + (0.010 * Math.Exp(-r / 0.16)));
        if (IsMoon(x, y, 1))
        {
            double seas = Texture.Step(0.40, 0.64, Texture.Fractal(x * 38, y * 38, 5, setup.Seed + 12));
            double limb = Math.Sqrt(Math.Max(0, 1 - (r * r / (MoonRadius * MoonRadius))));
            sky += MoonLight * ((0.95 - (0.42 * seas)) * (0.55 + (0.45 * limb)));
        }

        return sky;
    }

    private bool IsMoon(double x, double y, double scale) =>
        ((x - moonX) * (x - moonX)) + ((y - moonY) * (y - moonY)) < MoonRadius * MoonRadius * scale * scale;

    private static Rgb QuayWall(double x, double y)
    {
        double below = (y - QuayTop) / (Waterline - QuayTop);
        double stones = 0.75 + (0.25 * Texture.Noise(x * 220, y * 500, 21));
        double pool = 0.35 + (0.65 * Math.Exp(-Math.Pow(FromLamp(x) / 0.016, 2)));
        return new Rgb(0.16, 0.105, 0.055) * (stones * pool * (1 - (0.8 * below)));
    }

    private static Rgb? Lamp(double x, double y)
    {
        double side = Math.Abs(FromLamp(x));
        double top = QuayTop - LampHeight;
        double head = Math.Sqrt((side * side) + ((y - top) * (y - top)));
        return head < 0.0026 ? LampLight * 2.2
            : side < 0.0007 && y > top ? new Rgb(0.010, 0.008, 0.007)
            : null;
    }

    private static Rgb LampGlow(double x, double y)
    {
        double dy = y - (QuayTop - LampHeight);
        if (dy < -0.12)
        {
            return default;
        }

        double light = 0;
        for (int neighbor = -1; neighbor <= 1; neighbor++)
        {
            double dx = FromLamp(x) + (neighbor * LampSpacing);
            double r2 = ((dx * dx) + (dy * dy)) / (0.0045 * 0.0045);
            light += (0.30 / ((1 + r2) * Math.Sqrt(1 + r2))) + (0.022 * Math.Exp(-Math.Sqrt(r2) / 5));
        }

        return LampLight * light;
    }

    private Rgb? Trees(double x, double y)
    {
        if (QuayTop - y > TreeHeight)
        {
            return null;
        }

        double height =
            0.030 * Texture.Noise(x * 26, 0.5, setup.Seed + 31) * Texture.Step(0.35, 0.6, Texture.Noise(x * 9, 3.5, setup.Seed + 32));
        double ragged = height * (0.65 + (0.7 * Texture.Fractal(x * 150, y * 150, 3, setup.Seed + 33)));
        if (QuayTop - y > ragged)
        {
            return null;
        }

        double leaves = Texture.Fractal(x * 420, y * 420, 3, setup.Seed + 34);
        double near = Math.Exp(-Math.Abs(FromLamp(x)) / 0.016);
        return new Rgb(0.030, 0.032, 0.010) * (leaves * leaves * (0.35 + (2.2 * near)));
    }

    /// <summary>Distance to the nearest lamp along the quay.</summary>
    private static double FromLamp(double x)
    {
        double phase = (x / LampSpacing) - Math.Floor(x / LampSpacing);
        return (phase - 0.5) * LampSpacing;
    }

    private Rgb Water(double x, double y)
    {
        double depth = y - Waterline;
        // Waves shrink towards the horizon.
        double far = 1 / (depth + 0.030);
        double u = (x - (setup.Aspect / 2)) * far * 1.6;
        double v = far * 3.4;
        Rgb sum = default;
        for (ulong i = 0; i < Ripples; i++)
        {
            double slope = Texture.Noise(u + (i * 3.7), (v * 2.2) + (i * 1.3), setup.Seed + 41 + i) - 0.5;
            double sway = Texture.Noise(u * 2.1, (v * 3.1) + i, setup.Seed + 51 + i) - 0.5;
            double mirrored = depth * (1 + (1.5 * slope)) * 1.12;
            sum += Land(x + (sway * 0.010 * (0.3 + (depth * 5))), Waterline - Math.Clamp(mirrored, 0.0008, MirrorHeight));
        }

        double ripple = Texture.Fractal(u * 1.3, v * 3.0, 4, setup.Seed + 61);
        double strength = (0.80 - (0.6 * depth)) * (0.70 + (0.6 * ripple)) / Ripples;
        return new Rgb(0.0018, 0.0042, 0.0095) + (sum * new Rgb(0.92, 0.97, 1.0) * strength);
    }
}
