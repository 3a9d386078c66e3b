using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Calibration;

/// <summary>A photosite that jumps between levels.</summary>
/// <param name="X">Column.</param>
/// <param name="Y">Row.</param>
/// <param name="Levels">Two or three, lowest first.</param>
public readonly record struct TelegraphSite(int X, int Y, IReadOnlyList<TelegraphLevel> Levels);

/// <summary>
/// The histories of the photosites that may blink. The first frames tell what each photosite usually reads; one that leaves this in a later frame is a
/// candidate from then on, and its readings are kept one by one. Until then it stood at one level, which is known. So memory grows with the number of
/// candidates only.
/// </summary>
public sealed class TelegraphStatistics(StackStatistics stack)
{
    /// <summary>Frames that tell what a photosite usually reads.</summary>
    public const int Introduction = 8;

    /// <summary>Readings this many times the noise away from the usual one are no noise.</summary>
    private const float Limit = 6;

    /// <summary>Candidates kept, as a part of the photosites: a light leak or a shaken flat would make all of them candidates.</summary>
    private const double MostCandidates = 0.01;

    /// <summary>Fewer readings have no median worth the name.</summary>
    private const int LeastReadings = 8;

    /// <summary>Fewer readings fall apart by chance too often.</summary>
    private const int LeastHistory = 20;

    private readonly Dictionary<(int X, int Y), History> histories = [];
    private Plane<float>? usual;
    private float level;
    private float noise;

    /// <summary>Whether so many photosites left their level that not all could be followed.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Takes a frame, after the stack has.</summary>
    public void Add(RawFrame frame, ParallelOptions options)
    {
        if (stack.Count < Introduction)
        {
            return;
        }

        if (usual is null)
        {
            Begin(options);
            return;
        }

        float drift = stack.FrameLevels[^1] - level;
        foreach (((int x, int y), History history) in histories)
        {
            history.Readings.Add(frame.Linear(x, y) - drift);
        }

        var gate = new Lock();
        Parallel.For(
            0,
            frame.Height,
            options,
            () => new float[frame.Width],
            (y, _, row) =>
            {
                frame.ReadLinear(0, y, row);
                ReadOnlySpan<float> known = usual.Row(y);
                for (int x = 0; x < row.Length; x++)
                {
                    if (MathF.Abs(row[x] - drift - known[x]) > Limit * noise)
                    {
                        lock (gate)
                        {
                            Follow(x, y, known[x], row[x] - drift, stack.Count - 1);
                        }
                    }
                }

                return row;
            },
            static _ => { }
        );
    }

    /// <summary>The candidates whose histories have separate levels, by row, then column.</summary>
    public IReadOnlyList<TelegraphSite> Find()
    {
        var found = new List<TelegraphSite>();
        foreach (((int x, int y), History history) in histories.OrderBy(h => h.Key.Y).ThenBy(h => h.Key.X))
        {
            float[] readings = [.. Enumerable.Repeat(history.Usual, history.Before), .. history.Readings];
            IReadOnlyList<TelegraphLevel> levels = readings.Length < LeastHistory ? [] : TelegraphLevels.Find(readings, noise);
            if (levels.Count > 0)
            {
                found.Add(new TelegraphSite(x, y, levels));
            }
        }

        return found;
    }

    /// <summary>Median and robust spread (1.4826 × median absolute deviation) of each candidate that was followed for long enough: rays do not move them.</summary>
    internal IEnumerable<(int X, int Y, int Readings, float Median, float Spread)> Summaries()
    {
        foreach (((int x, int y), History history) in histories)
        {
            float[] readings = [.. Enumerable.Repeat(history.Usual, history.Before), .. history.Readings];
            if (readings.Length >= LeastReadings)
            {
                float median = Quantiles.Median(readings);
                // One that began to differ only lately stood still for most of the time.
                float spread =
                    history.Readings.Count < 2 * LeastReadings
                        ? noise
                        : Quantiles.MadToSigma * Quantiles.Median([.. history.Readings.Select(r => MathF.Abs(r - median))]);
                yield return (x, y, readings.Length, median, spread);
            }
        }
    }

    private void Begin(ParallelOptions options)
    {
        usual = new Plane<float>(stack.Width, stack.Height);
        var span = new Plane<float>(stack.Width, stack.Height);
        var deviation = new Plane<float>(stack.Width, stack.Height);
        Parallel.For(
            0,
            stack.Height,
            options,
            y =>
            {
                stack.ReadTrimmedMean(y, usual.Row(y));
                stack.ReadSpan(y, span.Row(y));
                stack.ReadDeviation(y, deviation.Row(y));
            }
        );
        // Never below a third of a code: where the converter hides the noise, one code up is no jump.
        noise = MathF.Max(PlaneSamples.Median(deviation), 1 / 3f);
        level = Quantiles.Median([.. stack.FrameLevels]);
        for (int y = 0; y < stack.Height; y++)
        {
            ReadOnlySpan<float> row = span.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                if (row[x] > (Limit + 1) * noise)
                {
                    // What it read so far is summed up already; its history begins with the next frame.
                    Follow(x, y, usual[x, y], first: null, before: 0);
                }
            }
        }
    }

    private void Follow(int x, int y, float known, float? first, int before)
    {
        if (histories.ContainsKey((x, y)))
        {
            return;
        }

        if (histories.Count >= MostCandidates * stack.Width * stack.Height)
        {
            Overflowed = true;
            return;
        }

        var history = new History(known, before);
        if (first is { } reading)
        {
            history.Readings.Add(reading);
        }

        histories.Add((x, y), history);
    }

    /// <summary>The readings of one photosite after so many frames at its usual level.</summary>
    private sealed record History(float Usual, int Before)
    {
        public List<float> Readings { get; } = [];
    }
}
