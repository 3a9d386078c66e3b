using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Correction;

/// <summary>
/// The mean of the ten nearest good same-colour photosites, weighted by 1 / distance: the ten blue ones of a 9 × 6 window around a red or green hole.
/// It looks as far as it must, and so is what other methods fall back on.
/// </summary>
internal sealed class WindowMean : IDefectCorrector
{
    private const int Wanted = 10;

    /// <summary>Farther than this many photosites away nothing is known of the place.</summary>
    private const int Reach = 32;

    public static Algorithm<IDefectCorrector> Registration { get; } =
        new(
            "window-mean",
            "Averages the ten nearest good same-colour photosites, weighted by 1 / distance, as far away as need be.",
            "Inverse distance weighting (Shepard, 1968)",
            [],
            _ => new WindowMean()
        );

    public CorrectionReport Correct(RawFrame frame, DefectMap map, ParallelOptions options)
    {
        var job = new CorrectionJob(frame, map);
        return job.Run((x, y) => Infer(frame, job, x, y), options);
    }

    /// <summary>The weighted mean around a photosite, sensor coordinates; null when nothing good is near.</summary>
    public static Inferred? Infer(RawFrame frame, CorrectionJob job, int x, int y)
    {
        bool active = frame.ActiveArea.Contains(x, y);
        CfaColor color = frame.Cfa[x, y];
        Span<(int Distance, float Signal)> nearest = stackalloc (int, float)[Wanted];
        int count = 0;
        for (int reach = 1; reach <= Reach; reach++)
        {
            // Beyond this ring of the square everything is farther than what was found.
            if (count == Wanted && nearest[Wanted - 1].Distance <= reach * reach)
            {
                break;
            }

            for (int dy = -reach; dy <= reach; dy++)
            {
                int step = Math.Abs(dy) == reach ? 1 : 2 * reach;
                for (int dx = -reach; dx <= reach; dx += step)
                {
                    if (job.IsGood(x + dx, y + dy, active) && frame.Cfa[x + dx, y + dy] == color)
                    {
                        count = Insert(nearest, count, (dx * dx) + (dy * dy), frame.Signal(x + dx, y + dy));
                    }
                }
            }
        }

        if (count == 0)
        {
            return null;
        }

        float sum = 0;
        float weights = 0;
        foreach ((int distance, float signal) in nearest[..count])
        {
            float weight = 1 / MathF.Sqrt(distance);
            sum += weight * signal;
            weights += weight;
        }

        // Good photosites next door say most; from four photosites on it is a guess.
        return new Inferred(sum / weights, Math.Min(0.9f, 1.5f / MathF.Sqrt(nearest[count / 2].Distance)));
    }

    /// <summary>Keeps the nearest, sorted; of equals the one met first.</summary>
    private static int Insert(Span<(int Distance, float Signal)> nearest, int count, int distance, float signal)
    {
        if (count == nearest.Length && distance >= nearest[count - 1].Distance)
        {
            return count;
        }

        int at = Math.Min(count, nearest.Length - 1);
        while (at > 0 && nearest[at - 1].Distance > distance)
        {
            nearest[at] = nearest[at - 1];
            at--;
        }

        nearest[at] = (distance, signal);
        return Math.Min(count + 1, nearest.Length);
    }
}
