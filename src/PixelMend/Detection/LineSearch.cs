using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// Finds defective columns and rows, whole or in part. A line defect is one photosite wide and goes on evenly: what is seen on the lines beside it, or in
/// some stretches only, is an edge or a thin thing of the scene. Scenes are full of straight things, so that faint lines must run through
/// most of the sensor, and short ones must be strong, to count.
/// </summary>
internal sealed class LineSearch
{
    /// <summary>Sum of a segment's piece scores, per square root of their number, in spreads of all pieces at the same height.</summary>
    private const float LeastStrength = 8;

    /// <summary>A piece must stand out by this much to lengthen a segment.</summary>
    private const float PieceGain = 1.5f;

    private const float PieceBound = 12;

    private const int ShortestLine = 64;

    /// <summary>Part of the sensor that a faint line must run through.</summary>
    private const float LongPart = 0.6f;

    /// <summary>Median score of a faint line's photosites, at least.</summary>
    private const float FaintScore = 0.4f;

    /// <summary>Median score from which a line counts as strong.</summary>
    private const float StrongScore = 4;

    /// <summary>Mean of bounded scores that a piece of a faint, of a strong line has at least: cheap to tell, before photosites are looked at one by one.</summary>
    private const float FaintMean = 0.25f;
    private const float StrongMean = 0.7f;

    /// <summary>Part of a faint, of a strong line's residual that the lines beside it may show.</summary>
    private const float FaintNeighborShare = 0.25f;
    private const float StrongNeighborShare = 0.1f;

    /// <summary>Part of its score that every quarter of a line must show.</summary>
    private const float QuarterShare = 0.5f;

    /// <summary>Part of the photosites that must stand out to the same side.</summary>
    private const float SameSide = 0.75f;

    /// <summary>Lines beside the one under suspicion, by their distance.</summary>
    private static readonly int[] Beside = [-1, 1, -2, 2];

    private readonly MosaicView view;
    private readonly Fills fills;
    private readonly DefectScale scale;
    private readonly LineAxis axis;
    private readonly LinePredictors own;
    private readonly LinePredictors[] beside;

    public LineSearch(MosaicView view, Fills fills, MosaicModel model, DefectScale scale, LineAxis axis)
    {
        this.view = view;
        this.fills = fills;
        this.scale = scale;
        this.axis = axis;
        own = new LinePredictors(model, axis);
        beside = [.. Beside.Select(k => new LinePredictors(model, axis, -k))];
    }

    private int Lines => axis == LineAxis.Column ? view.Width : view.Height;

    private int Length => axis == LineAxis.Column ? view.Height : view.Width;

    /// <summary>Line defects, at most one to each side per line.</summary>
    /// <param name="sums">What <see cref="LinePass"/> added up.</param>
    /// <param name="options">Threads and cancellation.</param>
    public List<FoundLine> Find(float[][] sums, ParallelOptions options)
    {
        float[] spreads = [.. sums.Select(s => (Quantiles.MadToSigma * Quantiles.Median([.. s.Select(MathF.Abs)])) + 1e-6f)];
        var found = new List<FoundLine>[Lines];
        Parallel.For(
            0,
            Lines,
            options,
            line =>
            {
                found[line] = [];
                foreach (float sign in new[] { 1f, -1f })
                {
                    if (Segment(sums, spreads, line, sign) is { } segment && Verify(line, segment.Start, segment.End, sign) is { } verified)
                    {
                        found[line].Add(verified);
                    }
                }
            }
        );
        return [.. found.SelectMany(f => f)];
    }

    /// <summary>The stretch of a line that stands out most to one side, in photosites; null where none does enough.</summary>
    private (int Start, int End)? Segment(float[][] sums, float[] spreads, int line, float sign)
    {
        float best = 0,
            running = 0;
        int start = 0,
            bestStart = 0,
            bestEnd = 0;
        for (int p = 0; p < sums.Length; p++)
        {
            float gain = Math.Clamp(sign * sums[p][line] / spreads[p], -PieceBound, PieceBound) - PieceGain;
            if (running <= 0)
            {
                (running, start) = (0, p);
            }

            running += gain;
            if (running > best)
            {
                (best, bestStart, bestEnd) = (running, start, p + 1);
            }
        }

        int pieces = bestEnd - bestStart;
        if (pieces == 0 || (best + (PieceGain * pieces)) / MathF.Sqrt(pieces) < LeastStrength)
        {
            return null;
        }

        float mean = 0;
        for (int p = bestStart; p < bestEnd; p++)
        {
            mean += sign * sums[p][line] / (pieces * LinePass.PieceLength);
        }

        (int first, int last) = (bestStart * LinePass.PieceLength, Math.Min(bestEnd * LinePass.PieceLength, Length));
        return mean >= (last - first >= LongPart * Length ? FaintMean : StrongMean) ? (first, last) : null;
    }

    private FoundLine? Verify(int line, int start, int end, float sign)
    {
        if (!LooksRight(line, start, end, sign))
        {
            return null;
        }

        (start, end) = Refine(line, start, end, sign);
        if (end - start < ShortestLine)
        {
            return null;
        }

        int[] places = [.. Enumerable.Range(start, end - start)];
        float[] scores = Scores(line, places, own);
        float score = sign * Quantiles.Median([.. scores]);
        bool strong = score >= StrongScore;
        bool lasting = strong || (score >= FaintScore && end - start >= LongPart * Length);
        bool even = scores.Chunk((scores.Length + 3) / 4).All(q => sign * Quantiles.Median([.. q]) >= QuarterShare * score);
        bool sameSide = scores.Count(s => sign * s > 0) >= SameSide * scores.Length;
        return lasting && even && sameSide && IsAlone(line, places, strong ? StrongNeighborShare : FaintNeighborShare)
            ? new FoundLine(axis, line, start, end, sign, score, Predictions(line, places))
            : null;
    }

    /// <summary>
    /// A first look at a few photosites of the line and of those beside it, with half the strictness: most candidates do not survive it.
    /// The ends of a segment are rough, so that a quarter of it standing out is enough for now.
    /// </summary>
    private bool LooksRight(int line, int start, int end, float sign)
    {
        const int looks = 96;
        int[] places = [.. Enumerable.Range(0, looks).Select(i => start + (int)((long)(end - start) * i / looks))];
        bool isLong = end - start >= LongPart * Length;
        float[] scores = Scores(line, places, own);
        int[] outstanding = [.. places.Where((_, i) => sign * scores[i] >= 0.5f * (isLong ? FaintScore : StrongScore))];
        return outstanding.Length >= looks / 4 && IsAlone(line, outstanding, 2 * (isLong ? FaintNeighborShare : StrongNeighborShare));
    }

    /// <summary>
    /// Whether the lines beside, predicted without this one, are as they should be; at the sensor's borders nobody can tell. Residuals are compared
    /// as they are, for beside a real wire the scene changes much, which would excuse its flanks.
    /// </summary>
    private bool IsAlone(int line, int[] places, float share)
    {
        float most = MathF.Abs(MedianResidual(line, places, own)) * share;
        for (int k = 0; k < Beside.Length; k++)
        {
            int other = line + Beside[k];
            if (other < 0 || other >= Lines || MathF.Abs(MedianResidual(other, places, beside[k])) > most)
            {
                return false;
            }
        }

        return true;
    }

    private float MedianResidual(int line, int[] places, LinePredictors predictors)
    {
        var residuals = new float[places.Length];
        for (int i = 0; i < residuals.Length; i++)
        {
            (int x, int y) = Place(line, places[i]);
            residuals[i] = view.Signal(x, y) - Predict(x, y, predictors);
        }

        return Quantiles.Median(residuals);
    }

    /// <summary>Pieces are coarse: the ends move to where the line really begins and stops standing out.</summary>
    private (int Start, int End) Refine(int line, int start, int end, float sign)
    {
        int from = Math.Max(0, start - LinePass.PieceLength);
        int to = Math.Min(Length, end + LinePass.PieceLength);
        float[] scores = Scores(line, [.. Enumerable.Range(from, to - from)], own);
        float half = 0.5f * Math.Clamp(sign * Quantiles.Median([.. scores[(start - from)..(end - from)]]), FaintScore, BoundedScore.Bound);
        float best = 0,
            running = 0;
        int at = 0,
            bestStart = 0,
            bestEnd = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (running <= 0)
            {
                (running, at) = (0, i);
            }

            running += Math.Clamp(sign * scores[i], -BoundedScore.Bound, BoundedScore.Bound) - half;
            if (running > best)
            {
                (best, bestStart, bestEnd) = (running, at, i + 1);
            }
        }

        return (from + bestStart, from + bestEnd);
    }

    /// <summary>Scores of a line's photosites against predictions that read neither the line nor the one under suspicion.</summary>
    private float[] Scores(int line, int[] places, LinePredictors predictors)
    {
        var scores = new float[places.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            (int x, int y) = Place(line, places[i]);
            float predicted = Predict(x, y, predictors);
            float variance = scale.NoiseOffset + (scale.NoiseSlope * MathF.Max(predicted, 0));
            scores[i] = (view.Signal(x, y) - predicted) / (MathF.Sqrt(variance) + Activity(x, y, predictors));
        }

        return scores;
    }

    /// <summary>What the line's photosites should read.</summary>
    private Fill[] Predictions(int line, int[] places) =>
        [.. places.Select(i => Place(line, i)).Select(p => new Fill(p.X, p.Y, Predict(p.X, p.Y, own)))];

    private (int X, int Y) Place(int line, int along) => axis == LineAxis.Column ? (line, along) : (along, line);

    private float Predict(int x, int y, LinePredictors predictors)
    {
        float[] weights = predictors.Weights(view.Cfa.PhaseOf(x, y));
        float predicted = 0;
        for (int t = 0; t < weights.Length; t++)
        {
            predicted += weights[t] * Signal(x + predictors.Steps[t].Dx, y + predictors.Steps[t].Dy);
        }

        return predicted;
    }

    /// <summary>Half the mean difference of opposite same-colour photosites across the line: how much the scene changes there.</summary>
    private float Activity(int x, int y, LinePredictors predictors)
    {
        float sum = 0;
        int n = 0;
        foreach (Offset s in predictors.Steps)
        {
            int across = axis == LineAxis.Column ? s.Dx : s.Dy;
            if (across > 0 && predictors.Reads(-across) && view.Cfa[x + s.Dx, y + s.Dy] == view.Cfa[x - s.Dx, y - s.Dy])
            {
                sum += MathF.Abs(Signal(x + s.Dx, y + s.Dy) - Signal(x - s.Dx, y - s.Dy));
                n++;
            }
        }

        return n == 0 ? 0 : 0.5f * sum / n;
    }

    private float Signal(int x, int y)
    {
        x = PhaseLayout.Mirror(x, view.Width, view.Cfa.Width);
        y = PhaseLayout.Mirror(y, view.Height, view.Cfa.Height);
        return fills.TryGet(x, y, out float signal) ? signal : view.Signal(x, y);
    }
}

/// <summary>A defective line, or part of one, in view coordinates.</summary>
/// <param name="Axis">Which way it runs.</param>
/// <param name="Line">Its column or row.</param>
/// <param name="Start">Its first photosite.</param>
/// <param name="End">The photosite after its last.</param>
/// <param name="Sign">1 where it reads high, −1 where low.</param>
/// <param name="Score">Median score of its photosites.</param>
/// <param name="Expected">What they should read.</param>
internal sealed record FoundLine(LineAxis Axis, int Line, int Start, int End, float Sign, float Score, Fill[] Expected);
