using PixelMend.Simulation;

namespace PixelMend.Evaluation;

/// <summary>A mean over frames, and how far other frames of the same sort would have moved it.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">Lower end of the 95 % interval; null for a single frame, which says nothing about others.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Estimate(double Mean, double? Low, double? High)
{
    private const int Draws = 2000;
    private const double Outside = 0.05;

    /// <summary>Percentile bootstrap over frames (Efron 1979): frames are drawn again and again with replacement.</summary>
    /// <param name="values">One for each frame, at least one.</param>
    /// <param name="seed">Chooses the draws: the same seed gives the same interval.</param>
    public static Estimate Of(IReadOnlyList<double> values, ulong seed)
    {
        double mean = values.Average();
        if (values.Count == 1)
        {
            return new Estimate(mean, null, null);
        }

        var random = new Random64(seed);
        double[] means = new double[Draws];
        for (int draw = 0; draw < Draws; draw++)
        {
            double sum = 0;
            for (int i = 0; i < values.Count; i++)
            {
                sum += values[random.Below(values.Count)];
            }

            means[draw] = sum / values.Count;
        }

        Array.Sort(means);
        int cut = (int)(Draws * Outside / 2);
        return new Estimate(mean, means[cut], means[Draws - 1 - cut]);
    }
}
