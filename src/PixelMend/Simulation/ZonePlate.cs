namespace PixelMend.Simulation;

/// <summary>
/// A resolution chart: a zone plate whose rings reach the Nyquist frequency at its rim, a Siemens star, slanted edges and line pairs.
/// Every frequency and direction with a known answer.
/// </summary>
internal sealed class ZonePlate(SceneSetup setup) : Scene
{
    private const double Paper = 0.78;
    private const double Ink = 0.025;
    private const int Spokes = 72;

    /// <summary>Lean of the edges from the vertical: 5°, as ISO 12233 uses.</summary>
    private static readonly (double Sin, double Cos) Lean = Math.SinCos(5 * Math.PI / 180);

    private readonly double plateX = setup.Aspect * 0.30;
    private readonly double plateRadius = Math.Min(0.46, setup.Aspect * 0.28);
    private readonly double starX = setup.Aspect * 0.78;
    private readonly double starRadius = Math.Min(0.22, setup.Aspect * 0.19);

    public static SceneKind Registration { get; } =
        new("zone-plate", "A chart: zone plate up to Nyquist, Siemens star, slanted edges and line pairs.", setup => new ZonePlate(setup));

    public override Rgb At(double x, double y)
    {
        double dx = x - plateX;
        double dy = y - 0.5;
        double r2 = (dx * dx) + (dy * dy);
        if (r2 < plateRadius * plateRadius)
        {
            // The phase grows with r², so that the frequency grows with r: half a cycle per photosite at the rim.
            return Print(0.5 + (0.5 * Math.Cos(Math.PI * r2 / (2 * setup.Pitch * plateRadius))));
        }

        dx = x - starX;
        dy = y - 0.28;
        if ((dx * dx) + (dy * dy) < starRadius * starRadius)
        {
            return Print(Math.Sin(Math.Atan2(dy, dx) * Spokes) > 0 ? 1 : 0);
        }

        double side = Math.Min(0.11, setup.Aspect * 0.09);
        return Print(
            IsSquare(x - (starX - (1.15 * side)), y - 0.70, side) || IsSquare(x - (starX + (1.15 * side)), y - 0.70, side) ? 0
            : y is > 0.86 and < 0.95 && x > starX - starRadius && x < starX + starRadius ? LinePairs(x)
            : 1
        );
    }

    private static Rgb Print(double paper) => Rgb.Grey(Texture.Lerp(Ink, Paper, paper));

    private static bool IsSquare(double dx, double dy, double half)
    {
        double u = (dx * Lean.Cos) + (dy * Lean.Sin);
        double v = (dy * Lean.Cos) - (dx * Lean.Sin);
        return Math.Abs(u) < half * 0.8 && Math.Abs(v) < half * 0.8;
    }

    /// <summary>Groups of lines from 8 down to 2 photosites a pair.</summary>
    private double LinePairs(double x)
    {
        double place = (x - (starX - starRadius)) / (2 * starRadius);
        double period = 8 - Math.Floor(place * 7);
        double phase = x / (period * setup.Pitch);
        return phase - Math.Floor(phase) < 0.5 ? 0 : 1;
    }
}
