using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Calibration;

/// <summary>
/// What each photosite did over a stack of frames: mean, standard deviation, least and largest reading, in ADU of the linear samples.
/// Frames are added one after the other and not kept: 24 bytes a photosite, whatever their number. Sums of codes are exact, so that neither the order
/// of the frames nor the number of threads changes a bit.
/// </summary>
public sealed class StackStatistics
{
    private const int LevelSamples = 1 << 16;

    private readonly Plane<double> sums;
    private readonly Plane<double> squares;
    private readonly Plane<float> least;
    private readonly Plane<float> most;
    private readonly List<float> levels = [];

    /// <summary>An empty stack for frames like this one, which is not added yet.</summary>
    public StackStatistics(RawFrame like)
    {
        (Width, Height, Cfa, Levels, HasCodes) = (like.Width, like.Height, like.Cfa, like.Levels, like.Codes is not null);
        sums = new Plane<double>(Width, Height);
        squares = new Plane<double>(Width, Height);
        least = new Plane<float>(Width, Height);
        most = new Plane<float>(Width, Height);
        least.Samples.AsSpan().Fill(float.PositiveInfinity);
        most.Samples.AsSpan().Fill(float.NegativeInfinity);
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

    /// <summary>Whether a frame has this stack's geometry and mosaic.</summary>
    public bool Fits(RawFrame frame) => frame.Width == Width && frame.Height == Height && frame.Cfa.Equals(Cfa);

    /// <summary>Adds a frame.</summary>
    /// <exception cref="ArgumentException">It has another geometry or mosaic.</exception>
    public void Add(RawFrame frame, ParallelOptions options)
    {
        if (!Fits(frame))
        {
            throw new ArgumentException(
                $"A frame of {frame.Width} × {frame.Height} does not fit a stack of {Width} × {Height}.",
                nameof(frame)
            );
        }

        Parallel.For(
            0,
            Height,
            options,
            () => new float[Width],
            (y, _, row) =>
            {
                frame.ReadLinear(0, y, row);
                if (frame.Values is not null)
                {
                    MaskMissing(y, row);
                }

                Accumulate.Run(row, sums.Row(y), squares.Row(y), least.Row(y), most.Row(y));
                return row;
            },
            static _ => { }
        );
        Widen(frame.Levels);
        levels.Add(LevelOf(frame));
        Count++;
    }

    /// <summary>Takes over levels whose range is wider.</summary>
    public void Widen(Levels other) => Levels = other.Span(0, 0) > Levels.Span(0, 0) ? other : Levels;

    /// <summary>Median of a frame above black, ADU, from a sample of its photosites.</summary>
    public static float LevelOf(RawFrame frame)
    {
        // An odd step visits all phases of any even period.
        int step = Math.Max(1, (int)((long)frame.Width * frame.Height / LevelSamples)) | 1;
        var row = new float[frame.Width];
        var sample = new List<float>();
        int next = 0;
        for (int y = 0; y < frame.Height; y++)
        {
            if (next < row.Length)
            {
                frame.ReadLinear(0, y, row);
            }

            for (; next < row.Length; next += step)
            {
                if (float.IsFinite(row[next]))
                {
                    sample.Add(row[next] - frame.Levels.Black(next, y));
                }
            }

            next -= row.Length;
        }

        return Quantiles.Median([.. sample]);
    }

    /// <summary>Mean of every frame at each photosite of a row.</summary>
    public void ReadMean(int y, Span<float> mean)
    {
        ReadOnlySpan<double> sum = sums.Row(y);
        for (int x = 0; x < mean.Length; x++)
        {
            mean[x] = (float)(sum[x] / Count);
        }
    }

    /// <summary>
    /// Mean without the least and the largest reading, so that a cosmic ray does not raise it. Of two frames the lower reading, as rays only add;
    /// of one frame its reading.
    /// </summary>
    public void ReadTrimmedMean(int y, Span<float> mean)
    {
        ReadOnlySpan<double> sum = sums.Row(y);
        ReadOnlySpan<float> low = least.Row(y);
        ReadOnlySpan<float> high = most.Row(y);
        for (int x = 0; x < mean.Length; x++)
        {
            mean[x] = Count < 3 ? low[x] : (float)((sum[x] - low[x] - high[x]) / (Count - 2));
        }
    }

    /// <summary>Standard deviation from frame to frame, N − 1 in the denominator; 0 for fewer than two frames.</summary>
    public void ReadDeviation(int y, Span<float> deviation) => ReadDeviation(y, deviation, trimmed: 0);

    /// <summary>Standard deviation without the least and the largest reading: smaller than that of all, by the same factor for all good photosites. 0 for fewer than four frames.</summary>
    public void ReadTrimmedDeviation(int y, Span<float> deviation) => ReadDeviation(y, deviation, trimmed: 2);

    /// <summary>Largest less least reading.</summary>
    public void ReadSpan(int y, Span<float> span)
    {
        ReadOnlySpan<float> low = least.Row(y);
        ReadOnlySpan<float> high = most.Row(y);
        for (int x = 0; x < span.Length; x++)
        {
            span[x] = high[x] - low[x];
        }
    }

    private void ReadDeviation(int y, Span<float> deviation, int trimmed)
    {
        ReadOnlySpan<double> sum = sums.Row(y);
        ReadOnlySpan<double> square = squares.Row(y);
        ReadOnlySpan<float> low = least.Row(y);
        ReadOnlySpan<float> high = most.Row(y);
        double n = Count - trimmed;
        if (n < 2)
        {
            deviation.Clear();
            return;
        }

        for (int x = 0; x < deviation.Length; x++)
        {
            (double s, double q) =
                trimmed == 0
                    ? (sum[x], square[x])
                    : (sum[x] - low[x] - high[x], square[x] - ((double)low[x] * low[x]) - ((double)high[x] * high[x]));
            deviation[x] = (float)Math.Sqrt(Math.Max(0, (q - (s * s / n)) / (n - 1)));
        }
    }

    /// <summary>Missing values would spoil the sums of their photosites for good.</summary>
    private void MaskMissing(int y, Span<float> row)
    {
        for (int x = 0; x < row.Length; x++)
        {
            if (!float.IsFinite(row[x]))
            {
                Missing[x, y] = true;
                row[x] = Levels.Black(x, y);
            }
        }
    }
}
