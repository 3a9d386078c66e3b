using System.Collections.Concurrent;
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

    /// <summary>Candidates kept, as a part of the photosites: a light leak or a shaken flat would make all of them candidates.</summary>
    private const double MostCandidates = 0.01;

    /// <summary>Fewer readings have no median worth the name.</summary>
    private const int LeastReadings = 8;

    /// <summary>Fewer readings fall apart by chance too often.</summary>
    private const int LeastHistory = 20;

    /// <summary>A ray seldom strikes a photosite more often.</summary>
    private const int FewStrikes = 2;

    private readonly Dictionary<(int X, int Y), History> histories = [];
    private readonly List<History> followed = [];
    private DarkNoise? noise;
    private float level;

    /// <summary>Whether so many photosites left their level that not all could be followed.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Takes a frame, after the stack has.</summary>
    public void Add(RawFrame frame, ParallelOptions options) => Add([frame], options);

    /// <summary>Takes frames, after the stack has taken the same ones.</summary>
    public void Add(IReadOnlyList<RawFrame> frames, ParallelOptions options)
    {
        if (stack.Count < Introduction)
        {
            return;
        }

        if (noise is null)
        {
            Begin(options);
            return;
        }

        int before = stack.Count - frames.Count;
        float[] drifts = [.. Enumerable.Range(before, frames.Count).Select(i => stack.FrameLevels[i] - level)];
        GoOn(frames, drifts, options);
        BeginWithDepartures(frames, before, drifts, noise, options);
    }

    /// <summary>The candidates whose histories have separate levels, by row, then column.</summary>
    public IReadOnlyList<TelegraphSite> Find(ParallelOptions options)
    {
        History[] sorted = [.. followed.OrderBy(h => h.Y).ThenBy(h => h.X)];
        return RowFindings.Of<TelegraphSite, int>(
            sorted.Length,
            options,
            static () => 0,
            (i, _, found) =>
            {
                float[] readings = sorted[i].All;
                IReadOnlyList<TelegraphLevel> levels =
                    readings.Length < LeastHistory ? [] : TelegraphLevels.Find(readings, noise!.At(sorted[i].Usual));
                if (levels.Count > 0)
                {
                    found.Add(new TelegraphSite(sorted[i].X, sorted[i].Y, levels));
                }
            }
        );
    }

    /// <summary>What the histories of candidates tell that were followed for long enough.</summary>
    internal IReadOnlyList<(int X, int Y, HistorySummary Summary)> Summaries(ParallelOptions options) =>
        RowFindings.Of<(int, int, HistorySummary), int>(
            followed.Count,
            options,
            static () => 0,
            (i, _, found) =>
            {
                float[] readings = followed[i].All;
                if (readings.Length >= LeastReadings)
                {
                    found.Add((followed[i].X, followed[i].Y, SummaryOf(followed[i], readings, noise!)));
                }
            }
        );

    private static HistorySummary SummaryOf(History history, float[] readings, DarkNoise noise)
    {
        float median = Quantiles.Median(readings);
        float still = noise.At(median);
        // One that began to differ only lately stood still for most of the time.
        float spread =
            history.Readings.Count < 2 * LeastReadings
                ? still
                : Quantiles.MadToSigma * Quantiles.Median([.. history.Readings.Select(r => MathF.Abs(r - median))]);
        bool IsUsual(float reading) => MathF.Abs(reading - median) <= DarkNoise.Jump * still;
        float[] usual = [.. readings.Where(IsUsual)];
        if (readings.Length - usual.Length <= FewStrikes)
        {
            // All that moved it are rays: without them the mean square is surer than a median of few.
            spread = MathF.Min(spread, DeviationOf([.. history.Readings.Where(IsUsual)]));
        }

        int high = history.Readings.Count(r => r - median > DarkNoise.Jump * still);
        return new HistorySummary(usual.Length, usual.Average(), spread, high);
    }

    private static float DeviationOf(float[] readings)
    {
        float mean = readings.Length == 0 ? 0 : readings.Average();
        return readings.Length < 2 ? 0 : MathF.Sqrt(readings.Sum(r => (r - mean) * (r - mean)) / (readings.Length - 1));
    }

    private void Begin(ParallelOptions options)
    {
        DarkNoise first = noise = DarkNoise.Of(stack, options);
        level = Quantiles.Median([.. stack.FrameLevels]);
        List<(int X, int Y, float Usual)> restless = RowFindings.Of<(int, int, float), (float[] Usual, float[] Span)>(
            stack.Height,
            options,
            () => (new float[stack.Width], new float[stack.Width]),
            (y, row, found) =>
            {
                stack.ReadTrimmedMean(y, row.Usual);
                stack.ReadSpan(y, row.Span);
                for (int x = 0; x < row.Span.Length; x++)
                {
                    if (row.Span[x] > (DarkNoise.Jump + 1) * first.Still && row.Span[x] > (DarkNoise.Jump + 1) * first.At(row.Usual[x]))
                    {
                        found.Add((x, y, row.Usual[x]));
                    }
                }
            }
        );
        foreach ((int x, int y, float usual) in restless)
        {
            // What it read so far is summed up already; its history begins with the next frame.
            Begin(x, y, new History(x, y, usual, Before: 0));
        }
    }

    /// <summary>The readings of those that are followed already.</summary>
    private void GoOn(IReadOnlyList<RawFrame> frames, float[] drifts, ParallelOptions options)
    {
        if (followed.Count == 0)
        {
            return;
        }

        Parallel.ForEach(
            Partitioner.Create(0, followed.Count),
            options,
            range =>
            {
                for (int i = range.Item1; i < range.Item2; i++)
                {
                    followed[i].GoOn(frames, drifts, from: 0);
                }
            }
        );
    }

    /// <summary>Those that leave their usual reading in one of the frames are followed from there on.</summary>
    private void BeginWithDepartures(IReadOnlyList<RawFrame> frames, int before, float[] drifts, DarkNoise noise, ParallelOptions options)
    {
        // By row first, so that the candidates do not depend on the threads where there are too many.
        List<(int X, int Y, int Frame)> departed = RowFindings.Of<(int, int, int), int[]>(
            stack.Height,
            options,
            () => new int[stack.Width],
            (y, columns, found) =>
            {
                for (int i = 0; i < frames.Count; i++)
                {
                    int count = stack.Totals.FindDepartures(frames[i], y, stack.Count, drifts[i], DarkNoise.Jump * noise.Still, columns);
                    foreach (int x in columns.AsSpan(0, count))
                    {
                        float usual = UsualBefore(frames, x, y);
                        if (MathF.Abs(frames[i].Linear(x, y) - drifts[i] - usual) > DarkNoise.Jump * noise.At(usual))
                        {
                            found.Add((x, y, i));
                        }
                    }
                }
            }
        );
        foreach ((int x, int y, int frame) in departed)
        {
            if (!histories.ContainsKey((x, y)))
            {
                var history = new History(x, y, UsualBefore(frames, x, y), before + frame);
                history.GoOn(frames, drifts, frame);
                Begin(x, y, history);
            }
        }
    }

    /// <summary>
    /// What a photosite read before these frames, which the stack has taken already, on average: it never left it, or would be followed. Two of these frames
    /// may be struck at the same place.
    /// </summary>
    private float UsualBefore(IReadOnlyList<RawFrame> frames, int x, int y)
    {
        double sum = stack.Totals.At(x, y).Sum;
        foreach (RawFrame frame in frames)
        {
            sum -= frame.Linear(x, y);
        }

        return (float)(sum / (stack.Count - frames.Count));
    }

    private void Begin(int x, int y, History history)
    {
        if (histories.Count >= MostCandidates * stack.Width * stack.Height)
        {
            Overflowed = true;
            return;
        }

        histories.Add((x, y), history);
        followed.Add(history);
    }

    /// <summary>The readings of one photosite after so many frames at its usual level.</summary>
    private sealed record History(int X, int Y, float Usual, int Before)
    {
        public List<float> Readings { get; } = [];

        public float[] All => [.. Enumerable.Repeat(Usual, Before), .. Readings];

        public void GoOn(IReadOnlyList<RawFrame> frames, float[] drifts, int from)
        {
            for (int i = from; i < frames.Count; i++)
            {
                Readings.Add(frames[i].Linear(X, Y) - drifts[i]);
            }
        }
    }
}

/// <summary>A photosite's history in short.</summary>
/// <param name="Readings">Readings that are no jump away from the median of all.</param>
/// <param name="Mean">Their mean, ADU, which rays do not move.</param>
/// <param name="Spread">Of all readings 1.4826 times their median absolute deviation, ADU.</param>
/// <param name="High">How many of those that were kept one by one are a jump above the median.</param>
internal readonly record struct HistorySummary(int Readings, float Mean, float Spread, int High);
