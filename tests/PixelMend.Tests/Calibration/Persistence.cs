using PixelMend.Frames;

namespace PixelMend.Tests.Calibration;

/// <summary>
/// What persists in a series, told without any of the product's statistics: all frames are in memory, each photosite's readings are sorted, and what
/// they have in the middle is compared with the same phase in the block around. Slow and plain on purpose.
/// </summary>
internal sealed class Persistence
{
    private const int Block = 40;

    private readonly int width;
    private readonly float[] medians;
    private readonly float[] means;

    /// <summary>Looks at frames of a mosaic of 2 × 2, or of one without.</summary>
    public Persistence(IReadOnlyList<RawFrame> frames)
    {
        (width, int height) = (frames[0].Width, frames[0].Height);
        float[] middle = new float[width * height];
        float[] mean = new float[width * height];
        Parallel.For(
            0,
            height,
            y =>
            {
                var readings = new float[frames.Count];
                for (int x = 0; x < width; x++)
                {
                    for (int i = 0; i < readings.Length; i++)
                    {
                        readings[i] = frames[i].Stored(x, y);
                    }

                    Array.Sort(readings);
                    // The middle half: a quarter of the readings may be anything.
                    middle[(y * width) + x] = readings[(readings.Length / 4)..^(readings.Length / 4)].Average();
                    // Without the one largest, which may be a ray.
                    mean[(y * width) + x] = readings[..^1].Average();
                }
            }
        );
        medians = Scores(middle, width, height);
        means = Scores(mean, width, height);
    }

    /// <summary>How far the middle half of a photosite's readings is above its surroundings, in spreads of the averaged frame.</summary>
    public float MiddleAt(int x, int y) => medians[(y * width) + x];

    /// <summary>The same of the mean of all readings but the largest.</summary>
    public float MeanAt(int x, int y) => means[(y * width) + x];

    private static float[] Scores(float[] values, int width, int height)
    {
        var scores = new float[values.Length];
        for (int top = 0; top < height; top += Block)
        {
            for (int left = 0; left < width; left += Block)
            {
                for (int phase = 0; phase < 4; phase++)
                {
                    int[] sites =
                    [
                        .. from y in Enumerable.Range(top, Math.Min(Block, height - top))
                        from x in Enumerable.Range(left, Math.Min(Block, width - left))
                        where (y % 2 * 2) + (x % 2) == phase
                        select (y * width) + x,
                    ];
                    float local = Median(sites.Select(i => values[i]));
                    foreach (int i in sites)
                    {
                        scores[i] = values[i] - local;
                    }
                }
            }
        }

        float spread = 1.4826f * Median(scores.Select(Math.Abs));
        return [.. scores.Select(s => s / spread)];
    }

    private static float Median(IEnumerable<float> values)
    {
        float[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
