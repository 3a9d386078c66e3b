using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Calibration;

/// <summary>
/// How leakage grows with exposure and temperature: per photosite, or line of them, a straight line excess = offset + current · time through darks of one gain and
/// temperature, and for all of them together the warming that doubles it.
/// </summary>
public sealed class DarkCurrents
{
    /// <summary>Exposures that make a line which something is left to check by.</summary>
    public const int FewestExposures = 3;

    /// <summary>Photosites that tell the doubling.</summary>
    private const int FewestForDoubling = 30;

    /// <summary>They leak this many times more than the least that counts.</summary>
    private const double Strong = 5;

    /// <summary>Doublings outside are no dark current's.</summary>
    private const double Fastest = 3;
    private const double Slowest = 20;

    /// <summary>Readings beyond this part of the range may be clipped.</summary>
    private const double Clipped = 0.9;

    /// <summary>Growth below this part of the whole excess makes an offset of it, which shows always.</summary>
    private const double LeastGrowth = 0.1;

    private readonly DarkSeries[] exposures;
    private readonly DarkSeries main;
    private readonly double white;

    private DarkCurrents(DarkSeries[] exposures, DarkSeries main, double white)
    {
        (this.exposures, this.main, this.white) = (exposures, main, white);
    }

    /// <summary>Kelvin that double the dark current; null where the darks do not tell.</summary>
    public double? DoublingKelvin { get; private init; }

    /// <summary>Looks at darks of several settings.</summary>
    /// <param name="series">Darks of all settings.</param>
    /// <param name="main">Those whose gain and temperature are the reference.</param>
    /// <param name="white">White level above black, ADU.</param>
    /// <returns>Null where fewer than three exposures have the reference's gain and temperature.</returns>
    public static DarkCurrents? Of(IReadOnlyList<DarkSeries> series, DarkSeries main, double white)
    {
        DarkSeries[] chosen = [.. series.Where(s => s.Seconds > 0 && s.HasSetting(main)).OrderBy(s => s.Seconds)];
        return chosen.Length < FewestExposures
            ? null
            : new DarkCurrents(chosen, main, white) { DoublingKelvin = DoublingOf(series, chosen, white) };
    }

    /// <summary>When a leaking photosite shows; null: always, as far as the darks tell.</summary>
    public Activation? At(int x, int y) => Through(dark => dark.Excess[x, y]);

    /// <summary>When a leaking column, row, or part of one shows; null: always, as far as the darks tell.</summary>
    public Activation? Along(Area line) => Through(dark => dark.Pattern.ExcessOf(line));

    private Activation? Through(Func<DarkCalibration, double> excessIn)
    {
        (double Seconds, double Excess)[] points =
        [
            .. exposures.Select(s => (s.Seconds!.Value, excessIn(s.Dark))).Where(p => p.Item2 < Clipped * white),
        ];
        if (points.Length < FewestExposures)
        {
            return null;
        }

        double time = points.Average(p => p.Seconds);
        double excess = points.Average(p => p.Excess);
        double current =
            points.Sum(p => (p.Seconds - time) * (p.Excess - excess)) / points.Sum(p => (p.Seconds - time) * (p.Seconds - time));
        double offset = excess - (current * time);
        double longest = points[^1].Seconds;
        return !(current * longest > LeastGrowth * Math.Abs(offset))
            ? null
            : new Activation
            {
                DarkCurrent = current,
                Offset = offset,
                ExposureSeconds = longest,
                Iso = main.Iso,
                TemperatureCelsius = main.Celsius,
                DoublingKelvin = DoublingKelvin,
            };
    }

    private static double? DoublingOf(IReadOnlyList<DarkSeries> series, DarkSeries[] exposures, double white)
    {
        var doublings = new List<float>();
        foreach (DarkSeries reference in exposures)
        {
            foreach (DarkSeries other in series.Where(s => s.HasExposure(reference) && !s.HasSetting(reference)))
            {
                doublings.AddRange(Doublings(reference, other, white));
            }
        }

        return doublings.Count < FewestForDoubling ? null : Quantiles.Median([.. doublings]);
    }

    private static IEnumerable<float> Doublings(DarkSeries one, DarkSeries other, double white)
    {
        double warmer = (other.Celsius - one.Celsius) ?? 0;
        double least = Strong * Math.Max(one.Dark.LeastExcess, other.Dark.LeastExcess);
        foreach (Defect point in one.Dark.Points)
        {
            double before = one.Dark.Excess[point.X, point.Y];
            double after = other.Dark.Excess[point.X, point.Y];
            double doubling = warmer / Math.Log2(after / before);
            if (before > least && after > least && Math.Max(before, after) < Clipped * white && doubling is > Fastest and < Slowest)
            {
                yield return (float)doubling;
            }
        }
    }
}
