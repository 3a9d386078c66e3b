using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Calibration;

/// <summary>
/// How sure a photosite's mean is: as the others' together, and less so where only a part of its readings went into it, or where it moves together
/// with those around: a drifting star is no leak, a photosite that is restless alone is.
/// </summary>
/// <param name="pattern">The averaged dark, taken apart.</param>
/// <param name="deviation">Deviation of each photosite from frame to frame, ADU.</param>
/// <param name="followed">Photosites of which only some readings count.</param>
/// <param name="frames">Frames averaged.</param>
/// <param name="noise">Noise of a good photosite in a single frame, ADU.</param>
/// <param name="usual">The middle one of <paramref name="deviation"/>; 0 where that tells nothing.</param>
internal sealed class MeanError(
    FixedPattern pattern,
    Plane<float> deviation,
    IReadOnlyDictionary<(int X, int Y), HistorySummary> followed,
    int frames,
    double noise,
    float usual
)
{
    /// <summary>Standard error of a photosite's mean, ADU.</summary>
    public double At(int x, int y)
    {
        double spread = pattern.SpreadAt(x, y);
        double fewer = followed.TryGetValue((x, y), out HistorySummary history)
            ? noise * noise * Math.Max(0, (1.0 / history.Readings) - (1.0 / frames))
            : 0;
        double restless = usual > 0 ? DeviationAround(x, y) / usual : 1;
        double shared = noise * noise * Math.Max(0, (restless * restless) - 1) / frames;
        return Math.Sqrt((spread * spread) + fewer + shared);
    }

    /// <summary>The middle deviation of the eight photosites around.</summary>
    private float DeviationAround(int x, int y)
    {
        Span<float> around = stackalloc float[8];
        int count = 0;
        for (int ny = Math.Max(0, y - 1); ny <= Math.Min(deviation.Height - 1, y + 1); ny++)
        {
            for (int nx = Math.Max(0, x - 1); nx <= Math.Min(deviation.Width - 1, x + 1); nx++)
            {
                if (nx != x || ny != y)
                {
                    around[count++] = deviation[nx, ny];
                }
            }
        }

        return count == 0 ? 0 : Quantiles.Median(around[..count]);
    }
}
