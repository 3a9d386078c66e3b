using PixelMend.Evaluation;

namespace PixelMend.Cli.Trials;

/// <summary>Curves of several trials as one: the mean recall at each rate of false alarms, as far as any of them goes.</summary>
internal static class RocCurve
{
    /// <summary>Lowest rate shown, per megapixel: one false alarm in a hundred megapixels.</summary>
    public const double Least = 0.01;

    private const int StepsPerDecade = 12;

    /// <param name="trials">Curves of single trials, each with rising rates.</param>
    /// <param name="most">Highest rate shown.</param>
    public static IReadOnlyList<RocPoint> Mean(IReadOnlyList<IReadOnlyList<RocPoint>> trials, double most)
    {
        double last = trials.SelectMany(t => t).Select(p => p.FalseAlarmsPerMegapixel).Append(Least).Max();
        var mean = new List<RocPoint>();
        int steps = (int)Math.Ceiling(StepsPerDecade * Math.Log10(most / Least));
        for (int i = 0; i <= steps; i++)
        {
            double rate = Least * Math.Pow(10, (double)i / StepsPerDecade);
            mean.Add(new RocPoint(rate, trials.Average(t => RecallAt(t, rate))));
            if (rate >= last)
            {
                break;
            }
        }

        return mean;
    }

    private static double RecallAt(IReadOnlyList<RocPoint> curve, double rate) =>
        curve.TakeWhile(p => p.FalseAlarmsPerMegapixel <= rate).Select(p => p.Recall).DefaultIfEmpty(0).Max();
}
