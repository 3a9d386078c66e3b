using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Calibration;

/// <summary>What a stack of flat fields of one level tells: how each photosite responds to light, and one level's points of the photon-transfer curve.</summary>
public sealed class FlatCalibration
{
    /// <summary>Response below which a photosite is dead.</summary>
    private const float Dead = 0.5f;

    /// <summary>Response below which it is low.</summary>
    private const float Low = 0.8f;

    /// <summary>Response above which it is too high.</summary>
    private const float Over = 1.3f;

    /// <summary>A photosite that clips where its neighbours stay so far below responds too much; by how much, nobody can tell.</summary>
    private const float LeastClipping = 1.15f;

    /// <summary>Response from which a line is worth naming.</summary>
    private const double LeastLine = 0.02;

    /// <summary>Readings beyond this part of the range may be clipped.</summary>
    private const double Clipped = 0.97;

    /// <summary>Beyond this part of the range saturation bends the photon-transfer curve.</summary>
    private const double Bends = 0.7;

    private FlatCalibration(StackStatistics stack, Plane<float> master, FixedPattern pattern)
    {
        (Frames, Master, Pattern) = (stack.Count, master, pattern);
        Level = Quantiles.Median([.. stack.FrameLevels]);
    }

    /// <summary>Frames averaged.</summary>
    public int Frames { get; }

    /// <summary>Median above black, ADU.</summary>
    public float Level { get; }

    /// <summary>Mean of the frames without the least and largest reading of each photosite, ADU.</summary>
    public Plane<float> Master { get; }

    /// <summary>Points of the photon-transfer curve, one for each colour; none where one frame alone cannot tell.</summary>
    public IReadOnlyList<TransferPoint> Transfer { get; private init; } = [];

    /// <summary>Spread of the responses: the PRNU, as a part of 1, remaining noise taken off.</summary>
    public double Prnu { get; private init; }

    /// <summary>Photosites that respond too little or too much, or read one value in darks and flats alike.</summary>
    public IReadOnlyList<Defect> Points { get; private set; } = [];

    /// <summary>
    /// Photosites that clip where their neighbours of the same colour do not: they respond too much, or stand at the top of the range, unless flats of less
    /// light tell otherwise.
    /// </summary>
    public IReadOnlyList<Defect> Clipping { get; private set; } = [];

    /// <summary>Rows and columns of other response.</summary>
    public IReadOnlyList<DefectRegion> Lines { get; private init; } = [];

    /// <summary>Responses less 1; not a number where clipped.</summary>
    public Plane<float> Responses => Pattern.Residual;

    internal FixedPattern Pattern { get; }

    /// <summary>Looks at a stack of flat fields.</summary>
    /// <param name="stack">The frames, of one level.</param>
    /// <param name="dark">What the darks told; null without darks, whose place the black level takes.</param>
    /// <param name="leakage">How many times what photosites leaked in the darks they leak here; NaN where exposures are not known.</param>
    /// <param name="settings">What counts as a defect.</param>
    /// <param name="options">Threads.</param>
    public static FlatCalibration Of(
        StackStatistics stack,
        DarkCalibration? dark,
        double leakage,
        CalibrationSettings settings,
        ParallelOptions options
    )
    {
        var master = new Plane<float>(stack.Width, stack.Height);
        var light = new Plane<float>(stack.Width, stack.Height);
        Parallel.For(
            0,
            stack.Height,
            options,
            y =>
            {
                stack.ReadTrimmedMean(y, master.Row(y));
                Subtract(stack, dark, (float)leakage, master, y, light.Row(y));
            }
        );
        TransferPoint[] transfer = stack.Count < 2 ? [] : [.. PointsOf(stack, light, dark)];
        FixedPattern pattern = FixedPattern.OfResponse(light, stack.Cfa, LeastLine, options);
        double noise = transfer.Length == 0 ? 0 : transfer.Average(p => p.Variance / (p.Mean * p.Mean)) / Math.Max(1, stack.Count - 2);
        var flat = new FlatCalibration(stack, master, pattern)
        {
            Transfer = transfer,
            Prnu = Math.Sqrt(Math.Max(0, (pattern.Spread * pattern.Spread) - noise)),
            Lines = [.. pattern.Lines.Select(l => new DefectRegion(l.Area, KindOf(1 + l.Offset), l.Severity))],
        };
        flat.Points = flat.FindPoints(stack, dark, settings, options);
        flat.Clipping = flat.FindClipping(stack, dark, settings, options);
        return flat;
    }

    /// <summary>The light alone; nothing where the reading is clipped or the leakage so large, and so uncertain, that the light cannot be told.</summary>
    private static void Subtract(StackStatistics stack, DarkCalibration? dark, float leakage, Plane<float> master, int y, Span<float> light)
    {
        ReadOnlySpan<float> flat = master.Row(y);
        for (int x = 0; x < light.Length; x++)
        {
            float range = stack.Levels.Span(x, y);
            float leak = dark?.Pattern.Residual[x, y] ?? 0;
            bool leaks = dark is not null && leak > dark.LeastExcess && (float.IsNaN(leakage) || leak * leakage > range / 2);
            bool lost = leaks || stack.Missing[x, y] || flat[x] >= ClippedFrom(stack, x, y);
            float offset = dark is null
                ? stack.Levels.Black(x, y)
                : dark.Master[x, y] - leak + (float.IsNaN(leakage) ? leak : leak * leakage);
            light[x] = lost ? float.NaN : flat[x] - offset;
        }
    }

    private static IEnumerable<TransferPoint> PointsOf(StackStatistics stack, Plane<float> light, DarkCalibration? dark)
    {
        Plane<float> deviation = PlaneSamples.Rows(stack.Width, stack.Height, stack.Cfa, stack.ReadDeviation);
        float correction = DarkCalibration.MedianOfDeviation(stack.Count);
        float[] means = PlaneSamples.ColorMedians(light, stack.Cfa);
        float[] noises = PlaneSamples.ColorMedians(deviation, stack.Cfa);
        double darkVariance = dark?.TemporalNoise is { } sigma ? sigma * sigma : 0;
        double range = stack.Levels.Span(0, 0);
        double drift = stack.DriftVariance;
        for (int p = 0; p < means.Length; p++)
        {
            bool isFirstOfItsColor = Array.IndexOf(means, means[p]) == p;
            if (isFirstOfItsColor && means[p] > 0 && means[p] < Bends * range)
            {
                double variance = noises[p] / correction;
                // The lamp's flicker, the same part of the light everywhere, is no noise of the photosites.
                double flicker = drift * means[p] * means[p] / Math.Max(1, means.Average() * means.Average());
                yield return new TransferPoint(means[p], (variance * variance) - flicker - darkVariance);
            }
        }
    }

    private List<Defect> FindPoints(StackStatistics stack, DarkCalibration? dark, CalibrationSettings settings, ParallelOptions options)
    {
        float high = TailLimit.Of(Pattern.Scores(upwards: true), settings.Rate);
        float low = TailLimit.Of(Pattern.Scores(upwards: false), settings.Rate);
        return RowFindings.Of<Defect, float[]>(
            stack.Height,
            options,
            () => new float[stack.Width],
            (y, span, found) =>
            {
                stack.ReadSpan(y, span);
                ReadOnlySpan<float> deviations = Pattern.Residual.Row(y);
                for (int x = 0; x < span.Length; x++)
                {
                    float deviation = deviations[x];
                    bool stands = span[x] == 0 && stack.Count >= DarkCalibration.FramesForRays;
                    if (stack.Missing[x, y])
                    {
                        found.Add(new Defect(x, y, DefectKind.Unknown));
                    }
                    else if (stands && dark is not null && Master[x, y] == dark.Master[x, y] && Master[x, y] < stack.Levels.White(x, y))
                    {
                        float score = deviation / Pattern.SpreadAt(x, y);
                        bool isBlack = Master[x, y] < stack.Levels.Black(x, y) + dark.LeastExcess;
                        DefectKind kind = isBlack ? DefectKind.Dead : DefectKind.Stuck;
                        found.Add(new Defect(x, y, kind, float.IsFinite(score) ? MathF.Abs(score) : 0));
                    }
                    else if (KindOf(1 + deviation) is var kind && kind != DefectKind.Unknown)
                    {
                        float score = MathF.Abs(deviation / Pattern.SpreadAt(x, y));
                        float limit = deviation > 0 ? high : low;
                        if (score > limit)
                        {
                            found.Add(new Defect(x, y, kind, score, 1 - (0.5f * limit / score)));
                        }
                    }
                }
            }
        );
    }

    private List<Defect> FindClipping(StackStatistics stack, DarkCalibration? dark, CalibrationSettings settings, ParallelOptions options)
    {
        float limit = TailLimit.Of(Pattern.Scores(upwards: true), settings.Rate);
        return RowFindings.Of<Defect, int>(
            stack.Height,
            options,
            static () => 0,
            (y, _, found) =>
            {
                ReadOnlySpan<float> responses = Pattern.Residual.Row(y);
                for (int x = 0; x < responses.Length; x++)
                {
                    if (float.IsNaN(responses[x]) && !stack.Missing[x, y] && Master[x, y] >= ClippedFrom(stack, x, y))
                    {
                        float beyond = LeastResponse(stack, dark, x, y) - 1;
                        float score = beyond / Pattern.SpreadAt(x, y);
                        if (1 + beyond > LeastClipping && score > limit)
                        {
                            found.Add(new Defect(x, y, DefectKind.OverResponse, score, 1 - (0.5f * limit / score)));
                        }
                    }
                }
            }
        );
    }

    /// <summary>What a clipped photosite responds at the least, by the middle of its neighbours; 0 where most of them clip as well.</summary>
    private float LeastResponse(StackStatistics stack, DarkCalibration? dark, int x, int y)
    {
        float Light(int x, int y) => Master[x, y] - (dark is null ? stack.Levels.Black(x, y) : dark.Master[x, y] - dark.Excess[x, y]);
        var light = new List<float>();
        int there = 0;
        foreach (Offset step in stack.Cfa.Neighbors(x, y))
        {
            (int nx, int ny) = (x + step.Dx, y + step.Dy);
            if (nx >= 0 && nx < stack.Width && ny >= 0 && ny < stack.Height)
            {
                there++;
                if (float.IsFinite(Responses[nx, ny]))
                {
                    light.Add(Light(nx, ny));
                }
            }
        }

        float usual = Quantiles.Median([.. light]);
        return 2 * light.Count > there && usual > 0 ? Light(x, y) / usual : 0;
    }

    /// <summary>Readings from here on may be clipped.</summary>
    private static double ClippedFrom(StackStatistics stack, int x, int y) =>
        stack.Levels.Black(x, y) + (Clipped * stack.Levels.Span(x, y));

    private static DefectKind KindOf(float response) =>
        response < Dead ? DefectKind.Dead
        : response < Low ? DefectKind.LowResponse
        : response > Over ? DefectKind.OverResponse
        : DefectKind.Unknown;
}
