namespace PixelMend.Calibration;

/// <summary>One level of a blinking photosite.</summary>
/// <param name="Value">Mean reading in it, ADU.</param>
/// <param name="Duty">Part of the frames spent in it.</param>
public readonly record struct TelegraphLevel(float Value, float Duty);

/// <summary>
/// Splits a photosite's history into two or three separate levels. Levels are separate when they lie far apart against the spread within them, which
/// tells a photosite that jumps from one that is merely noisy: a Gaussian cut in two has its halves 2.6 spreads apart, in three even less.
/// </summary>
internal static class TelegraphLevels
{
    /// <summary>Least distance of neighbouring levels of a long history, as a multiple of the spread within them.</summary>
    private const double LeastDistance = 3.6;

    /// <summary>Short histories fall apart by chance: their levels must be farther apart by this, divided by the number of readings.</summary>
    private const double ShortHistory = 20;

    /// <summary>Least distance of the outer levels, as a multiple of the noise of a good photosite.</summary>
    private const double LeastJump = 6;

    /// <summary>A level is wider than good noise if its readings say so by this many standard errors.</summary>
    private const double SureOfSpread = 2;

    /// <summary>2 / √3.</summary>
    private const double ThirdFromEnd = 1.1548;

    /// <summary>The levels, lowest first; none where the history does not fall apart.</summary>
    /// <param name="history">Readings, in any order; sorted in place.</param>
    /// <param name="noise">Noise of a good photosite, ADU: no level is narrower.</param>
    public static IReadOnlyList<TelegraphLevel> Find(Span<float> history, double noise)
    {
        history.Sort();
        var sums = new Sums(history);
        int[] two = BestSplit(sums, 0, history.Length);
        if (two.Length == 0)
        {
            return [];
        }

        return Separate(sums, two, noise) ?? Separate(sums, MayBeThree(history, noise) ? BestThree(sums) : [], noise) ?? [];
    }

    /// <summary>
    /// Whether the outer levels of three can be as far apart as they must be. The third reading from a level's end, if the level has three or more, lies no
    /// farther from its mean than <see cref="ThirdFromEnd"/> spreads, whatever their distribution (Samuelson's inequality for three, Cantelli's for more).
    /// </summary>
    private static bool MayBeThree(ReadOnlySpan<float> sorted, double noise) =>
        sorted[^FalseAlarmLimits.Visits] - sorted[FalseAlarmLimits.Visits - 1] >= 2 * (LeastDistance - ThirdFromEnd) * noise;

    private static int[] BestThree(Sums sums)
    {
        int[] three = [];
        double least = double.PositiveInfinity;
        for (int cut = FalseAlarmLimits.Visits; cut <= sums.Count - (2 * FalseAlarmLimits.Visits); cut++)
        {
            int[] rest = BestSplit(sums, cut, sums.Count);
            double error = sums.Error(0, cut) + sums.Error(cut, rest[0]) + sums.Error(rest[0], sums.Count);
            if (error < least)
            {
                (least, three) = (error, [cut, rest[0]]);
            }
        }

        return three;
    }

    private static int[] BestSplit(Sums sums, int from, int to)
    {
        int best = -1;
        double least = double.PositiveInfinity;
        for (int cut = from + FalseAlarmLimits.Visits; cut <= to - FalseAlarmLimits.Visits; cut++)
        {
            double error = sums.Error(from, cut) + sums.Error(cut, to);
            if (error < least)
            {
                (least, best) = (error, cut);
            }
        }

        return best < 0 ? [] : [best];
    }

    private static TelegraphLevel[]? Separate(Sums sums, int[] cuts, double noise)
    {
        if (cuts.Length == 0)
        {
            return null;
        }

        int[] bounds = [0, .. cuts, sums.Count];
        var levels = new TelegraphLevel[bounds.Length - 1];
        // The widest level decides: pooled with the rest, a level made of a ray and two ordinary readings would look narrow. But of three levels of good noise
        // the widest one would nearly always look wider than it is.
        double spread = noise;
        for (int i = 0; i < levels.Length; i++)
        {
            int visits = bounds[i + 1] - bounds[i];
            levels[i] = new TelegraphLevel((float)sums.Mean(bounds[i], bounds[i + 1]), visits / (float)sums.Count);
            double own = Math.Sqrt(sums.Error(bounds[i], bounds[i + 1]) / (visits - 1));
            spread = Math.Max(spread, own > noise * (1 + (SureOfSpread / Math.Sqrt(2 * (visits - 1)))) ? own : noise);
        }

        double least = LeastDistance + (ShortHistory / sums.Count);
        bool apart = levels.Zip(levels.Skip(1)).All(pair => pair.Second.Value - pair.First.Value >= least * spread);
        return apart && levels[^1].Value - levels[0].Value >= LeastJump * noise ? levels : null;
    }

    /// <summary>Sums over any stretch of the sorted history in one step.</summary>
    private sealed class Sums
    {
        private readonly double[] values;
        private readonly double[] squares;

        public Sums(ReadOnlySpan<float> sorted)
        {
            values = new double[sorted.Length + 1];
            squares = new double[sorted.Length + 1];
            // About the middle one, which keeps the squares small.
            double middle = sorted.IsEmpty ? 0 : sorted[sorted.Length / 2];
            Origin = middle;
            for (int i = 0; i < sorted.Length; i++)
            {
                double x = sorted[i] - middle;
                values[i + 1] = values[i] + x;
                squares[i + 1] = squares[i] + (x * x);
            }
        }

        public int Count => values.Length - 1;

        private double Origin { get; }

        public double Mean(int from, int to) => Origin + ((values[to] - values[from]) / (to - from));

        /// <summary>Sum of squared deviations from the mean.</summary>
        public double Error(int from, int to)
        {
            double sum = values[to] - values[from];
            return Math.Max(0, squares[to] - squares[from] - (sum * sum / (to - from)));
        }
    }
}
