using System.Buffers;
using PixelMend.Prediction;

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
        Quantiles.Sort(history);
        using var sums = new Sums(history);
        // A reading that is missing leaves no sum behind.
        return double.IsNaN(sums.Mean(0, history.Length)) || BestSplit(sums, 0, history.Length) is not { } two
            ? []
            : Separate(sums, [two], noise) ?? Separate(sums, MayBeThree(history, noise) ? BestThree(sums) : [], noise) ?? [];
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
            int rest = BestSplit(sums, cut, sums.Count)!.Value;
            double error = sums.Error(0, cut) + sums.Error(cut, rest) + sums.Error(rest, sums.Count);
            if (error < least)
            {
                (least, three) = (error, [cut, rest]);
            }
        }

        return three;
    }

    private static int? BestSplit(Sums sums, int from, int to)
    {
        int? best = null;
        double least = double.PositiveInfinity;
        for (int cut = from + FalseAlarmLimits.Visits; cut <= to - FalseAlarmLimits.Visits; cut++)
        {
            double error = sums.Error(from, cut) + sums.Error(cut, to);
            if (error < least)
            {
                (least, best) = (error, cut);
            }
        }

        return best;
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
        bool apart = levels[^1].Value - levels[0].Value >= LeastJump * noise;
        for (int i = 1; i < levels.Length; i++)
        {
            apart &= levels[i].Value - levels[i - 1].Value >= least * spread;
        }

        return apart ? levels : null;
    }

    /// <summary>Sums over any stretch of the sorted history in one step.</summary>
    private sealed class Sums : IDisposable
    {
        private readonly double[] values;
        private readonly double[] squares;
        private readonly double origin;

        public Sums(ReadOnlySpan<float> sorted)
        {
            Count = sorted.Length;
            values = ArrayPool<double>.Shared.Rent(Count + 1);
            squares = ArrayPool<double>.Shared.Rent(Count + 1);
            (values[0], squares[0]) = (0, 0);
            // About the middle one, which keeps the squares small.
            origin = sorted.IsEmpty ? 0 : sorted[sorted.Length / 2];
            for (int i = 0; i < sorted.Length; i++)
            {
                double x = sorted[i] - origin;
                values[i + 1] = values[i] + x;
                squares[i + 1] = squares[i] + (x * x);
            }
        }

        public int Count { get; }

        public double Mean(int from, int to) => origin + ((values[to] - values[from]) / (to - from));

        /// <summary>Sum of squared deviations from the mean.</summary>
        public double Error(int from, int to)
        {
            double sum = values[to] - values[from];
            return Math.Max(0, squares[to] - squares[from] - (sum * sum / (to - from)));
        }

        public void Dispose()
        {
            ArrayPool<double>.Shared.Return(values);
            ArrayPool<double>.Shared.Return(squares);
        }
    }
}
