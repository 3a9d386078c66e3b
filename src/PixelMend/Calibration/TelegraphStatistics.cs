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
/// candidates only. Frames are looked at row by row just before they are summed up, while they are near.
/// </summary>
public sealed class TelegraphStatistics(StackStatistics stack)
{
    /// <summary>Frames that tell what a photosite usually reads.</summary>
    public const int Introduction = 8;

    /// <summary>Candidates kept, as a part of the photosites: a light leak or a shaken flat would make all of them candidates.</summary>
    private const double MostCandidates = 0.01;

    /// <summary>Fewer readings fall apart by chance too often.</summary>
    private const int LeastHistory = 20;

    private readonly RowHistories?[] rows = new RowHistories?[stack.Height];
    private DarkNoise? noise;
    private float level;
    private long followed;

    private delegate void HistoryAction<T>(int y, FollowedSite site, Span<float> history, List<T> found);

    /// <summary>Whether so many photosites left their level that not all could be followed.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Adds a frame to the stack and to the histories.</summary>
    public void Add(RawFrame frame, ParallelOptions options) => Add([frame], options);

    /// <summary>Adds frames to the stack, best <see cref="StackStatistics.FramesAtOnce"/> of them, and their readings to the histories.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="options">Threads.</param>
    /// <param name="known">Their levels as of <see cref="StackStatistics.LevelOf"/>, where they have been asked for before.</param>
    /// <exception cref="ArgumentException">As from the stack.</exception>
    public void Add(IReadOnlyList<RawFrame> frames, ParallelOptions options, IReadOnlyList<float>? known = null)
    {
        known ??= [.. frames.Select(StackStatistics.LevelOf)];
        int introducing = Math.Clamp(Introduction - stack.Count, 0, frames.Count);
        if (introducing > 0)
        {
            stack.Add([.. frames.Take(introducing)], options, [.. known.Take(introducing)]);
            if (stack.Count == Introduction)
            {
                Begin(options);
            }
        }

        if (introducing < frames.Count)
        {
            GoOn([.. frames.Skip(introducing)], [.. known.Skip(introducing)], options);
        }
    }

    /// <summary>The candidates whose histories have separate levels, by row, then column.</summary>
    public IReadOnlyList<TelegraphSite> Find(ParallelOptions options) =>
        LookBack<TelegraphSite>(
            LeastHistory,
            options,
            (y, site, history, found) =>
            {
                IReadOnlyList<TelegraphLevel> levels = TelegraphLevels.Find(history, noise!.At(site.Usual));
                if (levels.Count > 0)
                {
                    found.Add(new TelegraphSite(site.X, y, levels));
                }
            }
        );

    /// <summary>What the histories of candidates tell that were followed for long enough.</summary>
    internal IReadOnlyList<(int X, int Y, HistorySummary Summary)> Summaries(ParallelOptions options) =>
        LookBack<(int, int, HistorySummary)>(
            HistorySummary.LeastReadings,
            options,
            (y, site, history, found) => found.Add((site.X, y, HistorySummary.Of(history, site.Before, noise!)))
        );

    /// <summary>Looks at each candidate's history of a length or more, by row, then column.</summary>
    private List<T> LookBack<T>(int least, ParallelOptions options, HistoryAction<T> look) =>
        RowFindings.Of<T, float[]>(
            stack.Height,
            options,
            () => new float[stack.Count],
            (y, history, found) =>
            {
                foreach (int number in rows[y]?.InOrder ?? [])
                {
                    int length = rows[y]!.Read(number, history);
                    if (length >= least)
                    {
                        look(y, rows[y]![number], history.AsSpan(0, length), found);
                    }
                }
            }
        );

    /// <summary>Follows the photosites that are restless in the first frames.</summary>
    private void Begin(ParallelOptions options)
    {
        DarkNoise first = noise = DarkNoise.Of(stack, options);
        level = Quantiles.Median([.. stack.FrameLevels]);
        Parallel.For(
            0,
            stack.Height,
            options,
            () => (Usual: new float[stack.Width], Span: new float[stack.Width]),
            (y, _, row) =>
            {
                stack.ReadTrimmedMean(y, row.Usual);
                stack.ReadSpan(y, row.Span);
                for (int x = 0; x < row.Span.Length; x++)
                {
                    if (row.Span[x] > (DarkNoise.Jump + 1) * first.Still && row.Span[x] > (DarkNoise.Jump + 1) * first.At(row.Usual[x]))
                    {
                        // What it read so far is summed up already; its history begins with the next frame.
                        Begin(y, new FollowedSite(x, row.Usual[x], Before: 0));
                    }
                }

                return row;
            },
            static _ => { }
        );
        Settle();
    }

    private void Begin(int y, FollowedSite site) => (rows[y] ??= new RowHistories()).Begin(site);

    /// <summary>The readings of those that are followed already, and of those that leave their usual reading in one of the frames.</summary>
    private void GoOn(RawFrame[] frames, float[] known, ParallelOptions options)
    {
        float[] drifts = [.. known.Select(l => l - level)];
        stack.Add(
            frames,
            options,
            known,
            static () => new List<(int, int)>(),
            (y, departures) =>
            {
                if (!Overflowed)
                {
                    BeginWithDepartures(frames, drifts, y, departures);
                }

                rows[y]?.GoOn(frames, drifts, y);
            }
        );
        Settle();
    }

    /// <summary>Those that leave their usual reading are followed: they never left it before, or would be followed.</summary>
    private void BeginWithDepartures(RawFrame[] frames, float[] drifts, int y, List<(int X, int Frame)> departures)
    {
        departures.Clear();
        stack.Totals.FindDepartures(frames, drifts, y, stack.Count, DarkNoise.Jump * noise!.Still, departures);
        foreach ((int x, int frame) in departures)
        {
            var usual = (float)(stack.Totals.SumAt(x, y) / stack.Count);
            float off = frames[frame].Linear(x, y) - drifts[frame] - usual;
            if (MathF.Abs(off) > DarkNoise.Jump * noise.At(usual) && rows[y]?.Contains(x) != true)
            {
                Begin(y, new FollowedSite(x, usual, stack.Count));
            }
        }
    }

    /// <summary>By row, so that the candidates do not depend on the threads where there are too many.</summary>
    private void Settle()
    {
        foreach (RowHistories row in rows.OfType<RowHistories>())
        {
            long room = (long)(MostCandidates * stack.Width * stack.Height) - followed;
            Overflowed |= row.New > room;
            followed += Math.Min(row.New, room);
            row.Settle(room);
        }
    }
}
