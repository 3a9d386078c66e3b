namespace PixelMend.Simulation;

/// <summary>
/// The night sky through a telescope: stars of all magnitudes, the haze of the Milky Way, a nebula and a few galaxies.
/// The optics alone give stars a width, down to less than a photosite: the hardest bait for detectors of hot photosites.
/// </summary>
internal sealed class StarField(SceneSetup setup) : Scene
{
    private const double StarsPerSquare = 2600;

    /// <summary>Star counts grow by 10^0.5 per magnitude, so the number brighter than F falls as F to the power of −1.25.</summary>
    private const double CountSlope = 1.25;

    private const double Faintest = 0.012;
    private const double Brightest = 40;
    private const int GalaxyCount = 5;

    private readonly Galaxy[] galaxies = [.. Enumerable.Range(0, GalaxyCount).Select(i => Galaxy.Draw(setup, (ulong)i))];

    public static SceneKind Registration { get; } =
        new(
            "stars",
            "A star field with a realistic spread of magnitudes, haze, a nebula and galaxies; stars are as sharp as the optics.",
            setup => new StarField(setup)
        );

    public override Rgb At(double x, double y)
    {
        Rgb sky = new Rgb(0.0045, 0.0046, 0.0052) + (new Rgb(0.030, 0.026, 0.024) * MilkyWay(x, y));
        double dx = x - (0.72 * setup.Aspect);
        double dy = y - 0.30;
        double nebula = Math.Exp(-((dx * dx) + (dy * dy)) / 0.03) * Texture.Fractal(x * 7, y * 7, 6, setup.Seed + 3);
        sky += new Rgb(0.075, 0.014, 0.026) * (nebula * nebula * 2.5);
        foreach (Galaxy galaxy in galaxies)
        {
            sky += galaxy.At(x, y);
        }

        return sky;
    }

    public override IEnumerable<PointLight> Lights()
    {
        var random = new Random64(setup.Seed, 5);
        int count = (int)Math.Ceiling(StarsPerSquare * setup.Aspect);
        for (int i = 0; i < count; i++)
        {
            double x;
            double y;
            do
            {
                x = random.Uniform() * setup.Aspect;
                y = random.Uniform();
            } while (random.Uniform() > 0.35 + (0.65 * MilkyWay(x, y)));

            double flux = Math.Min(Brightest, Faintest * Math.Pow(1 - random.Uniform(), -1 / CountSlope));
            Rgb color = Rgb.Mix(new(0.72, 0.86, 1.10), new(1.15, 0.82, 0.52), random.Uniform());
            yield return new PointLight(x, y, color * flux);
        }
    }

    /// <summary>Brightness of the galactic band, 0 to 1: a slanted ridge with dust in its middle.</summary>
    private double MilkyWay(double x, double y)
    {
        double across = (y - 0.5) + (0.45 * ((x / setup.Aspect) - 0.5));
        double band = Math.Exp(-across * across / 0.045);
        double clouds = Texture.Fractal(x * 4, y * 4, 6, setup.Seed + 1);
        double dust = Texture.Step(0.48, 0.68, Texture.Fractal(x * 5, y * 5, 6, setup.Seed + 2)) * Math.Exp(-across * across / 0.008);
        return band * (0.35 + (0.9 * clouds)) * (1 - (0.75 * dust)) / 1.25;
    }

    /// <summary>An inclined disc that fades exponentially from its centre.</summary>
    private readonly record struct Galaxy(double X, double Y, double Scale, double Flattening, double Cos, double Sin, double Brightness)
    {
        public static Galaxy Draw(SceneSetup setup, ulong index)
        {
            var random = new Random64(setup.Seed, 6, index);
            double angle = random.Uniform() * Math.PI;
            return new Galaxy(
                random.Uniform() * setup.Aspect,
                random.Uniform(),
                0.003 + (0.009 * random.Uniform()),
                0.25 + (0.6 * random.Uniform()),
                Math.Cos(angle),
                Math.Sin(angle),
                0.06 + (0.25 * random.Uniform())
            );
        }

        public Rgb At(double x, double y)
        {
            double along = ((x - X) * Cos) + ((y - Y) * Sin);
            double across = (((y - Y) * Cos) - ((x - X) * Sin)) / Flattening;
            double r = Math.Sqrt((along * along) + (across * across)) / Scale;
            return r > 12 ? default : new Rgb(1.0, 0.88, 0.72) * (Brightness * Math.Exp(-r * 1.2));
        }
    }
}
