using System.Buffers;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Kernels;

namespace PixelMend.Calibration;

/// <summary>
/// What each photosite did over a stack of frames: mean, standard deviation, least and largest readings, in ADU of the linear samples.
/// Frames are added and not kept: 16 or 20 bytes a photosite, twice that for frames of floats, whatever their number. Sums of codes are exact, so that
/// neither the order of the frames nor the number of threads changes a bit.
/// </summary>
public sealed class StackStatistics
{
    /// <summary>Frames that a stack can hold.</summary>
    public const int MostFrames = short.MaxValue;

    /// <summary>Frames that are best added at once: their totals are then fetched from memory and put back only once.</summary>
    public const int FramesAtOnce = 5;

    private const int LevelSamples = 1 << 16;

    private readonly List<float> levels = [];
    private StackTotals? totals;

    /// <summary>An empty stack for frames like this one, which is not added yet.</summary>
    /// <param name="like">A frame.</param>
    /// <param name="keepsThree">Whether the second and third largest readings are kept too, as telegraph photosites need.</param>
    public StackStatistics(RawFrame like, bool keepsThree = false)
    {
        (Width, Height, Cfa, Levels, HasCodes) = (like.Width, like.Height, like.Cfa, like.Levels, like.Codes is not null);
        totals = StackTotals.For(like, keepsThree);
        KeepsThree = keepsThree;
        Missing = new DefectMask(Width, Height);
    }

    /// <summary>Photosites per row.</summary>
    public int Width { get; }

    /// <summary>Number of rows.</summary>
    public int Height { get; }

    /// <summary>The mosaic.</summary>
    public CfaPattern Cfa { get; }

    /// <summary>
    /// Black and white: of the frame with the widest range, because readers of files that do not name their white level infer it from the samples,
    /// which in the dark stay far below it.
    /// </summary>
    public Levels Levels { get; private set; }

    /// <summary>Whether samples are whole numbers, as converters give them.</summary>
    public bool HasCodes { get; }

    /// <summary>Whether the second and third largest readings are known.</summary>
    public bool KeepsThree { get; }

    /// <summary>Frames added.</summary>
    public int Count { get; private set; }

    /// <summary>Photosites that had no value (NaN) in some frame; what the statistics say of them means nothing.</summary>
    public DefectMask Missing { get; }

    /// <summary>Median of each frame above black, ADU: how the light, or the offset, drifted.</summary>
    public IReadOnlyList<float> FrameLevels => levels;

    /// <summary>Variance that the frames' common drift adds to that of every photosite, ADU².</summary>
    public double DriftVariance
    {
        get
        {
            if (levels.Count < 2)
            {
                return 0;
            }

            double mean = levels.Average();
            return levels.Sum(l => (l - mean) * (l - mean)) / (levels.Count - 1);
        }
    }

    internal StackTotals Totals => totals ?? throw new InvalidOperationException("The statistics of this stack have been given up.");

    /// <summary>Whether a frame has this stack's geometry, mosaic and sort of samples.</summary>
    public bool Fits(RawFrame frame) =>
        frame.Width == Width && frame.Height == Height && frame.Cfa.Equals(Cfa) && frame.Codes is not null == HasCodes;

    /// <summary>Adds a frame.</summary>
    /// <exception cref="ArgumentException">It has another geometry, mosaic or sort of samples.</exception>
    public void Add(RawFrame frame, ParallelOptions options) => Add([frame], options);

    /// <summary>Adds frames, best <see cref="FramesAtOnce"/> of them.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="options">Threads.</param>
    /// <param name="known">Their levels as of <see cref="LevelOf"/>, where they have been asked for before.</param>
    /// <exception cref="ArgumentException">One has another geometry, mosaic or sort of samples, or they are more than <see cref="MostFrames"/>.</exception>
    public void Add(IReadOnlyList<RawFrame> frames, ParallelOptions options, IReadOnlyList<float>? known = null) =>
        Add(frames, options, known ?? [.. frames.Select(LevelOf)], static () => 0, static (_, _) => { });

    /// <summary>Adds frames of known levels.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="options">Threads.</param>
    /// <param name="known">Their levels as of <see cref="LevelOf"/>.</param>
    /// <param name="buffer">Makes a thread's buffer for <paramref name="before"/>.</param>
    /// <param name="before">Looks at each row of the stack before the frames are added to it.</param>
    internal void Add<TBuffer>(
        IReadOnlyList<RawFrame> frames,
        ParallelOptions options,
        IReadOnlyList<float> known,
        Func<TBuffer> buffer,
        Action<int, TBuffer> before
    )
    {
        foreach (RawFrame frame in frames)
        {
            if (!Fits(frame))
            {
                throw new ArgumentException(
                    $"A frame of {frame.Width} × {frame.Height} does not fit a stack of {Width} × {Height}.",
                    nameof(frames)
                );
            }
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(Count + frames.Count, MostFrames, nameof(frames));
        Parallel.For(
            0,
            Height,
            options,
            buffer,
            (y, _, mine) =>
            {
                if (Count == 0)
                {
                    Totals.Begin(y);
                }

                before(y, mine);
                Totals.Add(frames, y, Missing);
                return mine;
            },
            static _ => { }
        );
        foreach (RawFrame frame in frames)
        {
            Widen(frame.Levels);
        }

        levels.AddRange(known);
        Count += frames.Count;
    }

    /// <summary>Gives up what is known of single photosites, and its memory; numbers and levels of frames stay.</summary>
    public void Release() => totals = null;

    /// <summary>Takes over levels whose range is wider.</summary>
    public void Widen(Levels other) => Levels = other.Span(0, 0) > Levels.Span(0, 0) ? other : Levels;

    /// <summary>Median of a frame above black, ADU, from a sample of its photosites.</summary>
    public static float LevelOf(RawFrame frame)
    {
        // An odd step visits all phases of any even period.
        long step = Math.Max(1, (long)frame.Width * frame.Height / LevelSamples) | 1;
        var sample = new float[(((long)frame.Width * frame.Height) + step - 1) / step];
        int count = 0;
        for (long at = 0; at < (long)frame.Width * frame.Height; at += step)
        {
            (int x, int y) = ((int)(at % frame.Width), (int)(at / frame.Width));
            float above = frame.Linear(x, y) - frame.Levels.Black(x, y);
            if (float.IsFinite(above))
            {
                sample[count++] = above;
            }
        }

        return count == 0 ? 0 : RankSearch.Find(sample.AsSpan(0, count), count / 2);
    }

    /// <summary>Mean of every frame at each photosite of a row.</summary>
    public void ReadMean(int y, Span<float> mean)
    {
        using StackRow row = Read(y);
        for (int x = 0; x < mean.Length; x++)
        {
            mean[x] = (float)(row.Sums[x] / Count);
        }
    }

    /// <summary>
    /// Mean without the least and the largest reading, so that a cosmic ray does not raise it. Of two frames the lower reading, as rays only add;
    /// of one frame its reading.
    /// </summary>
    public void ReadTrimmedMean(int y, Span<float> mean)
    {
        if (Count < 3)
        {
            Totals.ReadExtreme(y, Extreme.Least, mean);
            return;
        }

        using StackRow row = Read(y);
        StackMoments.TrimmedMean(row.All, Count, mean);
    }

    /// <summary>Standard deviation from frame to frame, N − 1 in the denominator; 0 for fewer than two frames.</summary>
    public void ReadDeviation(int y, Span<float> deviation) => ReadDeviation(y, deviation, trimmed: false);

    /// <summary>Standard deviation without the least and the largest reading: smaller than that of all, by the same factor for all good photosites. 0 for fewer than four frames.</summary>
    public void ReadTrimmedDeviation(int y, Span<float> deviation) => ReadDeviation(y, deviation, trimmed: true);

    /// <summary>Largest less least reading.</summary>
    public void ReadSpan(int y, Span<float> span)
    {
        float[] least = ArrayPool<float>.Shared.Rent(span.Length);
        Totals.ReadExtreme(y, Extreme.Least, least.AsSpan(0, span.Length));
        Totals.ReadExtreme(y, Extreme.Most, span);
        for (int x = 0; x < span.Length; x++)
        {
            span[x] -= least[x];
        }

        ArrayPool<float>.Shared.Return(least);
    }

    /// <summary>The three largest readings, of a stack that keeps them; of fewer frames the rest are 0 or infinitely low.</summary>
    public void ReadLargest(int y, Span<float> first, Span<float> second, Span<float> third)
    {
        Totals.ReadExtreme(y, Extreme.Most, first);
        Totals.ReadExtreme(y, Extreme.Second, second);
        Totals.ReadExtreme(y, Extreme.Third, third);
    }

    /// <summary>Largest less least reading of one photosite.</summary>
    internal float SpanAt(int x, int y)
    {
        SiteTotals site = Totals.At(x, y);
        return site.Most - site.Least;
    }

    /// <summary>The standard deviation of one photosite.</summary>
    internal float DeviationAt(int x, int y)
    {
        SiteTotals site = Totals.At(x, y);
        return Count < 2 ? 0 : (float)Math.Sqrt(Math.Max(0, (site.Square - (site.Sum * site.Sum / Count)) / (Count - 1)));
    }

    private void ReadDeviation(int y, Span<float> deviation, bool trimmed)
    {
        int counted = Count - (trimmed ? 2 : 0);
        if (counted < 2)
        {
            deviation.Clear();
            return;
        }

        using StackRow row = Read(y, hasSquares: true);
        StackMoments.Deviation(row.All, counted, trimmed, deviation);
    }

    private StackRow Read(int y, bool hasSquares = false) => new(Totals, y, Width, hasSquares);
}
