using System.Buffers;
using PixelMend.Prediction;

namespace PixelMend.Calibration;

/// <summary>A photosite's history in short.</summary>
/// <param name="Readings">Readings that are no jump away from the median of all.</param>
/// <param name="Mean">Their mean, ADU, which rays do not move.</param>
/// <param name="Spread">Of all readings 1.4826 times their median absolute deviation, ADU.</param>
/// <param name="High">How many of those that were kept one by one are a jump above the median.</param>
internal readonly record struct HistorySummary(int Readings, float Mean, float Spread, int High)
{
    /// <summary>Fewer readings have no median worth the name.</summary>
    public const int LeastReadings = 8;

    /// <summary>A ray seldom strikes a photosite more often.</summary>
    private const int FewStrikes = 2;

    /// <summary>Sums a history up.</summary>
    /// <param name="history">The usual reading of the frames before the photosite was followed, and its readings since.</param>
    /// <param name="before">How many frames those were.</param>
    /// <param name="noise">Noise of good photosites.</param>
    public static HistorySummary Of(ReadOnlySpan<float> history, int before, DarkNoise noise)
    {
        float[] lent = ArrayPool<float>.Shared.Rent(history.Length);
        Span<float> scratch = lent.AsSpan(0, history.Length);
        history.CopyTo(scratch);
        float median = Quantiles.Median(scratch);
        float still = noise.At(median);
        ReadOnlySpan<float> kept = history[before..];
        var all = Usual.Of(history, median, DarkNoise.Jump * still);
        var since = Usual.Of(kept, median, DarkNoise.Jump * still);
        float spread = still;
        // One that began to differ only lately stood still for most of the time.
        if (kept.Length >= 2 * LeastReadings)
        {
            for (int i = 0; i < kept.Length; i++)
            {
                scratch[i] = MathF.Abs(kept[i] - median);
            }

            spread = Quantiles.MadToSigma * Quantiles.Median(scratch[..kept.Length]);
        }

        if (history.Length - all.Count <= FewStrikes)
        {
            // All that moved it are rays: without them the mean square is surer than a median of few.
            spread = MathF.Min(spread, since.Deviation);
        }

        ArrayPool<float>.Shared.Return(lent);
        return new HistorySummary(all.Count, all.Mean, spread, since.High);
    }

    /// <summary>Readings that are no jump away from their median.</summary>
    private readonly record struct Usual(int Count, float Mean, float Deviation, int High)
    {
        public static Usual Of(ReadOnlySpan<float> readings, float median, float jump)
        {
            int count = 0;
            int high = 0;
            double sum = 0;
            double square = 0;
            foreach (float reading in readings)
            {
                double off = reading - median;
                high += off > jump ? 1 : 0;
                if (Math.Abs(off) <= jump)
                {
                    count++;
                    sum += off;
                    square += off * off;
                }
            }

            double variance = count < 2 ? 0 : (square - (sum * sum / count)) / (count - 1);
            return new Usual(count, (float)(median + (sum / Math.Max(1, count))), (float)Math.Sqrt(Math.Max(0, variance)), high);
        }
    }
}
