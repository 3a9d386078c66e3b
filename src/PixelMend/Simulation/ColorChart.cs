namespace PixelMend.Simulation;

/// <summary>Twenty-four even patches on a dark card, a row of greys among them, and a continuous grey ramp: colour and level with known values.</summary>
internal sealed class ColorChart(SceneSetup setup) : Scene
{
    private const int Columns = 6;
    private const int Rows = 4;
    private const double RampTop = 0.86;

    private static readonly Rgb Card = new(0.03, 0.03, 0.03);

    private static readonly Rgb[] Patches =
    [
        new(0.16, 0.08, 0.05),
        new(0.54, 0.30, 0.22),
        new(0.11, 0.19, 0.34),
        new(0.10, 0.15, 0.05),
        new(0.22, 0.21, 0.44),
        new(0.13, 0.51, 0.42),
        new(0.68, 0.21, 0.03),
        new(0.07, 0.10, 0.38),
        new(0.53, 0.09, 0.12),
        new(0.11, 0.04, 0.14),
        new(0.34, 0.50, 0.05),
        new(0.75, 0.36, 0.03),
        new(0.03, 0.05, 0.29),
        new(0.06, 0.29, 0.06),
        new(0.42, 0.03, 0.04),
        new(0.80, 0.57, 0.01),
        new(0.50, 0.09, 0.30),
        new(0.01, 0.23, 0.37),
        Rgb.Grey(0.88),
        Rgb.Grey(0.59),
        Rgb.Grey(0.36),
        Rgb.Grey(0.19),
        Rgb.Grey(0.09),
        Rgb.Grey(0.032),
    ];

    public static SceneKind Registration { get; } =
        new(
            "color-chart",
            "Twenty-four even patches and a grey ramp: colours and levels with known values.",
            setup => new ColorChart(setup)
        );

    public override Rgb At(double x, double y)
    {
        double across = (x / setup.Aspect * (Columns + 0.2)) - 0.1;
        if (y > RampTop)
        {
            return y < RampTop + 0.09 && across is > 0 and < Columns ? Rgb.Grey(across / Columns) : Card;
        }

        double down = ((y / RampTop) * (Rows + 0.2)) - 0.1;
        int column = (int)Math.Floor(across);
        int row = (int)Math.Floor(down);
        bool inside =
            column is >= 0 and < Columns
            && row is >= 0 and < Rows
            && across - column is > 0.06 and < 0.94
            && down - row is > 0.06 and < 0.94;
        return inside ? Patches[(row * Columns) + column] : Card;
    }
}
