using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Calibration;

/// <summary>What a stack of dark frames tells: the master, the noise, and the photosites that leak, blink, are noisy or do not move at all.</summary>
public sealed class DarkCalibration
{
    /// <summary>Frames from which the noise of a single photosite means something.</summary>
    public const int FramesForNoise = 8;

    /// <summary>Frames from which a cosmic ray cannot pass for a hot photosite.</summary>
    public const int FramesForRays = 3;

    /// <summary>A hot photosite leaks at least this part of the range; a warm one less.</summary>
    private const double HotPart = 0.05;

    /// <summary>Noise below this many codes may be hidden by the converter: then standing still means nothing.</summary>
    private const float LeastNoise = 0.4f;

    /// <summary>One frame or two do not average out the loud readings of good photosites, of which a tail tells too little.</summary>
    private const float FewFramesMargin = 1.25f;

    /// <summary>Photosites this many spreads off are where leakage is read for the gain.</summary>
    private const float Leaking = 20;

    private readonly StackStatistics stack;
    private readonly CalibrationSettings settings;
    private readonly ParallelOptions options;
    private readonly MeanError error;
    private readonly Dictionary<(int X, int Y), IReadOnlyList<TelegraphLevel>> blinking;
    private readonly RepeatedReadings repeated;
    private readonly float trimmedNoise;
    private readonly float deviationLimit;

    private DarkCalibration(StackStatistics stack, TelegraphStatistics telegraph, CalibrationSettings settings, ParallelOptions options)
    {
        (this.stack, this.settings, this.options, Levels) = (stack, settings, options, stack.Levels);
        Master = new Plane<float>(stack.Width, stack.Height);
        Deviation = new Plane<float>(stack.Width, stack.Height);
        // Where there are enough frames, what counts is the deviation that no single ray can raise.
        bool trims = stack.Count >= FramesForNoise;
        Parallel.For(
            0,
            stack.Height,
            options,
            y =>
            {
                stack.ReadTrimmedMean(y, Master.Row(y));
                if (trims)
                {
                    stack.ReadTrimmedDeviation(y, Deviation.Row(y));
                }
                else
                {
                    stack.ReadDeviation(y, Deviation.Row(y));
                }
            }
        );
        // Where more rays than the one left out may have struck, the history tells better.
        Dictionary<(int X, int Y), HistorySummary> followed = telegraph.Summaries(options).ToDictionary(s => (s.X, s.Y), s => s.Summary);
        foreach (((int x, int y), HistorySummary history) in followed)
        {
            Master[x, y] = history.Mean;
            Deviation[x, y] = trims ? MathF.Min(Deviation[x, y], history.Spread) : Deviation[x, y];
        }

        DarkNoise noise = DarkNoise.Of(stack, options);
        TemporalNoise = stack.Count < 2 ? null : DeviationOfAll() / MedianOfDeviation(stack.Count);
        trimmedNoise = trims ? PlaneSamples.Median(Deviation) : 0;
        deviationLimit = trimmedNoise > 0 ? TailLimit.OfDeviations(Deviation, trimmedNoise, Frames, settings.Rate) : float.PositiveInfinity;
        Pattern = FixedPattern.OfOffsets(Master, stack.Cfa, Step, LeastLine, options);
        LeastExcess = settings.LeastExcess ?? Math.Max(TemporalNoise ?? Pattern.Spread, Pattern.Spread);
        Telegraph = telegraph.Find(options);
        blinking = Telegraph.ToDictionary(t => (t.X, t.Y), t => t.Levels);
        error = new MeanError(Pattern, Deviation, followed, Frames, Noise, trimmedNoise);
        repeated = RepeatedReadings.Find(stack, Master, noise, followed, settings.Rate, options);
    }

    /// <summary>Frames averaged.</summary>
    public int Frames => stack.Count;

    /// <summary>Black and white, by which a leak is hot or only warm.</summary>
    public Levels Levels { get; private set; }

    /// <summary>Mean of the frames without the least and largest reading of each photosite, ADU.</summary>
    public Plane<float> Master { get; }

    /// <summary>Standard deviation of each photosite from frame to frame, ADU; the least and largest reading left out where there are enough.</summary>
    public Plane<float> Deviation { get; }

    /// <summary>Noise of a good photosite in a single frame, ADU; null when one frame alone cannot tell.</summary>
    public float? TemporalNoise { get; }

    /// <summary>Least deviation that counts, ADU.</summary>
    public double LeastExcess { get; }

    /// <summary>How far the master is above its surroundings, ADU.</summary>
    public Plane<float> Excess => Pattern.Residual;

    internal FixedPattern Pattern { get; }

    /// <summary>Spread of the fixed dark pattern without what noise is left in the master, ADU: the DSNU.</summary>
    public double Dsnu
    {
        get
        {
            double noise = TemporalNoise is { } sigma ? sigma * sigma / Math.Max(1, Frames - (Frames < FramesForRays ? 0 : 2)) : 0;
            return Math.Sqrt(Math.Max(0, (Pattern.Spread * Pattern.Spread) - noise));
        }
    }

    /// <summary>Blinking photosites.</summary>
    public IReadOnlyList<TelegraphSite> Telegraph { get; }

    /// <summary>Defective photosites.</summary>
    public IReadOnlyList<Defect> Points { get; private set; } = [];

    /// <summary>Defective rows and columns, or parts of them.</summary>
    public IReadOnlyList<DefectRegion> Lines { get; private set; } = [];

    /// <summary>Gain that leaking photosites tell, ADU per electron; null where too few leak.</summary>
    public double? GainOfLeaks { get; private set; }

    /// <summary>Means of whole numbers are that much apart; floats may be as fine as they like.</summary>
    private float Step => stack.HasCodes ? 1f / Math.Max(1, Frames - 2) : float.Epsilon;

    private double LeastLine => settings.LeastExcess ?? ((TemporalNoise ?? 0) / 4);

    /// <summary>Looks at a stack of dark frames.</summary>
    /// <param name="stack">The frames.</param>
    /// <param name="telegraph">Histories of those that may blink.</param>
    /// <param name="settings">What counts as a defect.</param>
    /// <param name="options">Threads.</param>
    public static DarkCalibration Of(
        StackStatistics stack,
        TelegraphStatistics telegraph,
        CalibrationSettings settings,
        ParallelOptions options
    )
    {
        ArgumentOutOfRangeException.ThrowIfZero(stack.Count, nameof(stack));
        var dark = new DarkCalibration(stack, telegraph, settings, options);
        dark.GainOfLeaks = NoiseModel.GainFromLeaks(dark.Leaks());
        dark.Points = dark.FindPoints();
        dark.Lines = dark.FindLines();
        return dark;
    }

    /// <summary>Takes over levels whose range is wider: darks of files that do not name a white level cannot know it. What is hot may turn out to be only warm.</summary>
    public void Widen(Levels other)
    {
        if (other.Span(0, 0) <= Levels.Span(0, 0))
        {
            return;
        }

        Levels = other;
        Points =
        [
            .. Points.Select(p =>
                p.Kind.HasFlag(DefectKind.Hot)
                    ? p with
                    {
                        Kind = (p.Kind & ~DefectKind.Hot) | KindOfLeak(LowestExcess(p.X, p.Y), p.X, p.Y),
                    }
                    : p
            ),
        ];
        Lines = FindLines();
    }

    /// <summary>The median of sample standard deviations, as a part of the true one (Wilson and Hilferty).</summary>
    internal static float MedianOfDeviation(int frames) => MathF.Pow(1 - (2f / (9 * (frames - 1))), 1.5f);

    private float DeviationOfAll() => PlaneSamples.Median(PlaneSamples.Rows(stack.Width, stack.Height, stack.Cfa, stack.ReadDeviation));

    private List<TransferPoint> Leaks()
    {
        if (TemporalNoise is not { } noise || Frames < FramesForNoise)
        {
            return [];
        }

        double white = stack.Levels.Span(0, 0) * 0.7;
        return RowFindings.Of<TransferPoint, int>(
            stack.Height,
            options,
            static () => 0,
            (y, _, found) =>
            {
                ReadOnlySpan<float> row = Excess.Row(y);
                for (int x = 0; x < row.Length; x++)
                {
                    float excess = row[x];
                    if (MathF.Abs(excess) > 10 * noise && MathF.Abs(excess) > Leaking * Pattern.SpreadAt(x, y) && excess < white)
                    {
                        // Trimming made all deviations smaller by the same factor.
                        double deviation = Deviation[x, y] * noise / trimmedNoise;
                        found.Add(new TransferPoint(excess, (deviation * deviation) - (noise * noise)));
                    }
                }
            }
        );
    }

    private List<Defect> FindPoints()
    {
        float high = LimitOf(upwards: true);
        float low = LimitOf(upwards: false);
        // For nearly all photosites neither the averaged frame nor the noise gives reason to look closer.
        float least = Math.Min(high, low) * Pattern.LeastSpread;
        float loud = deviationLimit * trimmedNoise;
        var singled = new DefectMask(stack.Width, stack.Height);
        foreach ((int x, int y) in blinking.Keys.Concat(repeated.Sites))
        {
            singled[x, y] = true;
        }

        return RowFindings.Of<Defect, int>(
            stack.Height,
            options,
            static () => 0,
            (y, _, found) =>
            {
                ReadOnlySpan<float> excess = Excess.Row(y);
                ReadOnlySpan<float> deviation = Deviation.Row(y);
                bool misses = stack.Missing.AnyInRow(y);
                bool singles = singled.AnyInRow(y);
                for (int x = 0; x < excess.Length; x++)
                {
                    if (misses && stack.Missing[x, y])
                    {
                        found.Add(new Defect(x, y, DefectKind.Unknown));
                    }
                    else if (
                        (MathF.Abs(excess[x]) > least || deviation[x] > loud || (singles && singled[x, y]))
                        && Judge(x, y, high, low) is { } defect
                    )
                    {
                        found.Add(defect);
                    }
                }
            }
        );
    }

    private float LimitOf(bool upwards) =>
        (Frames < FramesForRays ? FewFramesMargin : 1) * TailLimit.Of(Pattern.Scores(upwards), settings.Rate);

    private Defect? Judge(int x, int y, float high, float low)
    {
        float excess = Excess[x, y];
        IReadOnlyList<TelegraphLevel>? levels = blinking.GetValueOrDefault((x, y));
        float lowest = LowestExcess(x, y);
        float ratio = trimmedNoise > 0 ? Deviation[x, y] / trimmedNoise : 0;
        double score = lowest / error.At(x, y);
        bool stands = Frames >= FramesForRays && stack.SpanAt(x, y) == 0 && TemporalNoise >= LeastNoise;
        bool isHigh = score > high && lowest >= LeastExcess;
        bool isLow = -score > low && -lowest >= LeastExcess;
        Repeat? repeat = levels is null && !isHigh ? repeated.At(x, y) : null;
        DefectKind kind =
            levels is not null ? DefectKind.Telegraph
            : IsNoisy(ratio, excess) ? DefectKind.Noisy
            : repeat is not null ? DefectKind.Telegraph
            : DefectKind.Unknown;
        kind |=
            stands && (isHigh || isLow) && Master[x, y] < stack.Levels.White(x, y) ? DefectKind.Stuck
            : isHigh ? KindOfLeak(lowest, x, y)
            : DefectKind.Unknown;
        if (kind == DefectKind.Unknown && !isLow)
        {
            return null;
        }

        double limit = isLow ? low : high;
        double jump = levels is null ? repeat?.Height ?? 0 : (levels[^1].Value - levels[0].Value) / Noise;
        double severity = Math.Max(Math.Abs(score), Math.Max(jump, kind.HasFlag(DefectKind.Noisy) ? ratio : 0));
        double confidence = isHigh || isLow ? 1 - (0.5 * limit / Math.Abs(score)) : 1 - (0.5 * Math.Min(1, limit / severity));
        return new Defect(x, y, kind, (float)severity, (float)confidence);
    }

    /// <summary>How far a photosite is above its surroundings at the least: a blinking one in its lowest level.</summary>
    private float LowestExcess(int x, int y) =>
        blinking.TryGetValue((x, y), out IReadOnlyList<TelegraphLevel>? levels)
            ? levels[0].Value - (Master[x, y] - Excess[x, y])
            : Excess[x, y];

    private double Noise => TemporalNoise ?? Pattern.Spread;

    /// <summary>Noisier than good ones, than its own leakage explains, and by so much that a single frame shows it.</summary>
    private bool IsNoisy(float ratio, float excess)
    {
        double shot = (GainOfLeaks ?? 0) * Math.Max(0, excess) / (Noise * Noise);
        double limit = deviationLimit * Math.Sqrt(1 + shot);
        double more = Noise * Math.Sqrt(Math.Max(0, (ratio * ratio) - 1 - shot));
        return ratio > limit && more >= LeastExcess;
    }

    private DefectKind KindOfLeak(float excess, int x, int y) => excess >= HotPart * Levels.Span(x, y) ? DefectKind.Hot : DefectKind.Warm;

    private DefectRegion[] FindLines() => [.. Pattern.Lines.Select(l => new DefectRegion(l.Area, KindOfLine(l.Offset), l.Severity))];

    private DefectKind KindOfLine(float offset) => offset > 0 ? KindOfLeak(offset, 0, 0) : DefectKind.Unknown;
}
