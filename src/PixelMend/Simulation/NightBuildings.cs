namespace PixelMend.Simulation;

/// <summary>One row of buildings of the night city: silhouettes against the sky, with lit windows, crowns of light and beacons.</summary>
internal sealed class NightBuildings
{
    private const double Ground = 0.70;

    /// <summary>Buildings beyond the picture's sides, so that reflections and blur find them there.</summary>
    private const int Beyond = 3;

    private static readonly Rgb Haze = new(0.085, 0.052, 0.050);

    private static readonly Rgb[] WindowLights =
    [
        new(1.00, 0.60, 0.26),
        new(1.00, 0.66, 0.34),
        new(1.00, 0.74, 0.44),
        new(1.00, 0.82, 0.60),
        new(0.95, 0.93, 0.86),
        new(0.72, 0.86, 1.00),
        new(0.42, 0.78, 1.00),
        new(1.00, 0.42, 0.30),
    ];

    private static readonly Rgb[] Signs =
    [
        new(0.10, 0.75, 1.0),
        new(1.0, 0.12, 0.50),
        new(0.25, 1.0, 0.55),
        new(1.0, 0.55, 0.15),
        new(0.45, 0.30, 1.0),
    ];

    private readonly Plan plan;
    private readonly Building[] buildings;

    public NightBuildings(SceneSetup setup, Plan plan, ulong row)
    {
        this.plan = plan;
        buildings = new Building[(int)Math.Ceiling(setup.Aspect / plan.Slot) + (2 * Beyond)];
        for (int i = 0; i < buildings.Length; i++)
        {
            buildings[i] = Design(i, setup, row);
        }
    }

    /// <summary>Whether a building of this row stands there.</summary>
    public bool Covers(double x, double y) => Find(x, y) is not null;

    /// <summary>Light from there, or null where no building stands.</summary>
    public Rgb? At(double x, double y)
    {
        if (Find(x, y) is not { } building)
        {
            return null;
        }

        Rgb street = new Rgb(0.090, 0.048, 0.018) * Math.Exp(-(Ground - y) / 0.045);
        Rgb wall = building.Wall + street;
        Rgb light =
            building.HasCrown && building.IsCrown(x, y) ? building.Crown
            : y < building.Top ? building.Wall * 0.7
            : Window(building, x, y) ?? wall;
        return Rgb.Mix(light, light * 0.55 + Haze * 0.55, plan.Haze);
    }

    /// <summary>Red lights on top of the masts.</summary>
    public IEnumerable<PointLight> Beacons() =>
        buildings.Where(b => b.Mast > 0).Select(b => new PointLight(b.Middle, b.Top - b.Mast, new Rgb(7, 0.5, 0.3)));

    private Building? Find(double x, double y)
    {
        int slot = (int)Math.Floor(x / plan.Slot) + Beyond;
        for (int i = Math.Max(0, slot - 1); i <= Math.Min(buildings.Length - 1, slot + 1); i++)
        {
            Building b = buildings[i];
            if (y >= b.TopAt(x))
            {
                return b;
            }
        }

        return null;
    }

    private static Rgb? Window(Building building, double x, double y)
    {
        double across = (x - building.Left) / building.WindowWidth;
        double down = (y - building.Top - 0.005) / building.WindowHeight;
        int column = (int)Math.Floor(across);
        int floor = (int)Math.Floor(down);
        double u = across - column;
        double v = down - floor;
        bool glass = u is > 0.16 and < 0.84 && v is > 0.22 and < 0.80 && floor >= 0 && column < building.Columns;
        if (!glass)
        {
            return null;
        }

        // Some floors work late as a whole; elsewhere every window decides for itself.
        double floorMood = Texture.Hash(floor, -1, building.Seed);
        double lit =
            building.Lit
            * (
                floorMood < 0.12 ? 2.2
                : floorMood < 0.30 ? 0.25
                : 1
            );
        if (Texture.Hash(column, floor, building.Seed) > lit)
        {
            return new Rgb(0.006, 0.008, 0.012);
        }

        double character = Texture.Hash(column, floor, building.Seed + 1);
        double brightness = 0.10 + (0.95 * character * character * character) + (0.15 * character);
        int color = (int)(
            Texture.Hash(column, floor, building.Seed + 2) * Texture.Hash(column, floor, building.Seed + 3) * WindowLights.Length
        );
        // Ceiling lamps: brighter above; a blind hides part of some windows.
        double inside = 1.1 - (0.5 * v);
        bool blind = Texture.Hash(column, floor, building.Seed + 4) < 0.3 && u < 0.5;
        return WindowLights[(color + building.Palette) % WindowLights.Length] * (brightness * inside * (blind ? 0.35 : 1));
    }

    private Building Design(int i, SceneSetup setup, ulong row)
    {
        var random = new Random64(setup.Seed, 100 + row, (ulong)i);
        double left = (i - Beyond + (0.25 * random.Uniform())) * plan.Slot;
        double width = plan.Slot * (0.62 + (0.5 * random.Uniform()));
        double place = (left + (width / 2)) / setup.Aspect;
        // Two centres of high buildings, as cities have.
        double centre = Math.Exp(-Math.Pow((place - 0.66) / 0.17, 2)) + (0.62 * Math.Exp(-Math.Pow((place - 0.36) / 0.11, 2)));
        double height = plan.Base + (plan.Rise * centre * (0.45 + (0.6 * random.Uniform()))) + (0.05 * random.Uniform());
        bool tall = height > plan.Base + (0.45 * plan.Rise);
        double window = plan.Window * (0.85 + (0.4 * random.Uniform()));
        int columns = Math.Max(1, (int)(width / window));
        return new Building
        {
            Left = left,
            Right = left + width,
            Top = Ground - height,
            Shape = (Roof)random.Below(tall ? 4 : 2),
            Mast = tall && random.Uniform() < 0.4 ? 0.025 + (0.035 * random.Uniform()) : 0,
            WindowWidth = width / columns,
            WindowHeight = window * (1.15 + (0.4 * random.Uniform())),
            Columns = columns,
            Lit = plan.Lit * (0.35 + (1.1 * random.Uniform())),
            Palette = random.Uniform() < 0.25 ? 3 + random.Below(3) : 0,
            HasCrown = tall && random.Uniform() < 0.5,
            Crown = Signs[random.Below(Signs.Length)] * 0.8,
            Wall = Rgb.Mix(new(0.0085, 0.0100, 0.0165), new(0.0190, 0.0155, 0.0170), random.Uniform()),
            Seed = random.Next(),
        };
    }

    /// <summary>How a row of buildings is built; lengths in picture heights.</summary>
    /// <param name="Slot">Mean distance of two buildings.</param>
    /// <param name="Base">Least height.</param>
    /// <param name="Rise">What the city's centres add to it.</param>
    /// <param name="Window">Width of a window with its share of wall.</param>
    /// <param name="Lit">Mean part of lit windows.</param>
    /// <param name="Haze">How much haze lies before the row, 0 to 1.</param>
    public readonly record struct Plan(double Slot, double Base, double Rise, double Window, double Lit, double Haze);

    private enum Roof
    {
        Flat,
        Stepped,
        Slanted,
        Pointed,
    }

    private sealed class Building
    {
        public required double Left { get; init; }
        public required double Right { get; init; }
        public required double Top { get; init; }
        public required Roof Shape { get; init; }
        public required double Mast { get; init; }
        public required double WindowWidth { get; init; }
        public required double WindowHeight { get; init; }
        public required int Columns { get; init; }
        public required double Lit { get; init; }
        public required int Palette { get; init; }
        public required bool HasCrown { get; init; }
        public required Rgb Crown { get; init; }
        public required Rgb Wall { get; init; }
        public required ulong Seed { get; init; }

        public double Middle => (Left + Right) / 2;

        /// <summary>Whether a line of light along the roof's edge shines there; masts carry none.</summary>
        public bool IsCrown(double x, double y) => y < RoofAt(x) + 0.0032 && y >= RoofAt(x);

        /// <summary>Upper end of the silhouette in a column of the picture; +∞ beside the building.</summary>
        public double TopAt(double x)
        {
            if (x < Left || x >= Right)
            {
                return double.PositiveInfinity;
            }

            return Mast > 0 && Math.Abs(x - Middle) < 0.0008 ? Top - Mast : RoofAt(x);
        }

        private double RoofAt(double x)
        {
            double side = Math.Abs(x - Middle) / (Right - Left);
            return Shape switch
            {
                Roof.Stepped => side < 0.28 ? Top - 0.012 : Top,
                Roof.Slanted => Top - (0.030 * (x - Left) / (Right - Left)),
                Roof.Pointed => Top - (0.045 * Math.Max(0, 0.36 - side)),
                _ => Top,
            };
        }
    }
}
