using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>A stretch of a line that stands out in the sums of <see cref="LinePass"/>.</summary>
internal readonly record struct LineCandidate(int Line, int Start, int End)
{
    /// <summary>Sum of a stretch's pieces, per square root of their number, in spreads.</summary>
    private const float LeastStrength = 5;

    /// <summary>The same for a whole line, in spreads of all lines: where every line differs from the others, few of them reach it.</summary>
    private const float LeastRarity = 3.5f;

    /// <summary>What one piece may say of a whole line, in spreads: an edge that crosses it is no line.</summary>
    private const float MostOfPiece = 4;

    /// <summary>A piece must stand out by this much to lengthen a stretch.</summary>
    private const float PieceGain = 1.5f;

    private const float PieceBound = 12;

    /// <summary>Lines worked on at a time.</summary>
    private const int Chunk = 256;

    /// <summary>Lines of the same colours to either side that a line is compared with.</summary>
    private const int Alike = 3;

    /// <summary>Makes the lower quartile of absolute Gaussian values their standard deviation.</summary>
    private const float QuartileToSigma = 3.138f;

    /// <summary>All candidates, line by line.</summary>
    /// <param name="sums">Piece after piece, each with one value per line.</param>
    /// <param name="lines">The mosaic they were made from.</param>
    /// <param name="options">Threads and cancellation.</param>
    public static List<LineCandidate> Among(float[][] sums, MosaicLines lines, ParallelOptions options)
    {
        var contrasts = new float[sums.Length][];
        Parallel.For(0, sums.Length, options, p => contrasts[p] = Bounded(Contrast(sums[p], lines.PeriodAcross)));
        var totals = new float[lines.Count];
        ForEachChunk(lines.Count, options, (_, from, end) => AddUp(contrasts, totals, from, end));

        // Where whole lines differ by more than the noise of their photosites, as on sensors with column noise, differing is no defect.
        float least = MathF.Max(LeastStrength, LeastRarity * Spread(totals));
        var found = new List<LineCandidate>[(lines.Count + Chunk - 1) / Chunk];
        ForEachChunk(lines.Count, options, (i, from, end) => found[i] = Among(contrasts, totals, least, lines.Length, from, end));
        return [.. found.SelectMany(f => f)];
    }

    /// <summary>The candidates among some lines.</summary>
    private static List<LineCandidate> Among(float[][] contrasts, float[] totals, float least, int length, int from, int end)
    {
        var found = new List<LineCandidate>();
        for (int line = from; line < end; line++)
        {
            if (MathF.Abs(totals[line]) >= least)
            {
                found.Add(new LineCandidate(line, 0, length));
            }

            foreach (float sign in (ReadOnlySpan<float>)[1f, -1f])
            {
                if (Stretch(contrasts, line, sign, least, length) is { } stretch)
                {
                    found.Add(stretch);
                }
            }
        }

        return found;
    }

    /// <summary>Lines in chunks whose pieces stay in the cache: number, first line, the one after the last.</summary>
    private static void ForEachChunk(int count, ParallelOptions options, Action<int, int, int> visit) =>
        Parallel.For(0, (count + Chunk - 1) / Chunk, options, i => visit(i, i * Chunk, Math.Min(count, (i + 1) * Chunk)));

    /// <summary>Adds up the pieces of some lines.</summary>
    private static void AddUp(float[][] contrasts, float[] totals, int from, int end)
    {
        float root = MathF.Sqrt(contrasts.Length);
        foreach (float[] contrast in contrasts)
        {
            for (int line = from; line < end; line++)
            {
                totals[line] += Math.Clamp(contrast[line], -MostOfPiece, MostOfPiece) / root;
            }
        }
    }

    /// <summary>Contrasts in their spreads, within <see cref="PieceBound"/>.</summary>
    private static float[] Bounded(float[] contrast)
    {
        float spread = Spread(contrast) + 1e-6f;
        for (int line = 0; line < contrast.Length; line++)
        {
            contrast[line] = Math.Clamp(contrast[line] / spread, -PieceBound, PieceBound);
        }

        return contrast;
    }

    /// <summary>
    /// What a line shows beyond lines near it that see the same colours: predictions are a little off where a scene is unlike the whole of the frame,
    /// for each colour in its own way.
    /// </summary>
    private static float[] Contrast(float[] values, int period)
    {
        int[] steps = [.. Enumerable.Range(1, Alike).SelectMany(k => new[] { -k * period, k * period })];
        var contrast = new float[values.Length];
        int border = Alike * period;
        int inside = Math.Max(0, values.Length - (2 * border));
        if (inside > 0)
        {
            MedianContrast.Run(values, border, steps, contrast.AsSpan(border, inside));
        }

        Span<float> near = stackalloc float[2 * Alike];
        for (int line = 0; line < values.Length; line = line == border - 1 ? border + inside : line + 1)
        {
            int n = 0;
            foreach (int step in steps)
            {
                if (line + step >= 0 && line + step < values.Length)
                {
                    near[n++] = values[line + step];
                }
            }

            contrast[line] = values[line] - Quantiles.Middle(near[..n]);
        }

        return contrast;
    }

    /// <summary>Standard deviation as the quieter half of the values shows it: a chart or a facade has straight edges on most lines.</summary>
    private static float Spread(float[] values) => QuartileToSigma * Quantiles.Select([.. values.Select(MathF.Abs)], 0.25);

    /// <summary>The stretch of a line that stands out most to one side; null where none does enough.</summary>
    private static LineCandidate? Stretch(float[][] contrasts, int line, float sign, float least, int length)
    {
        float best = 0,
            running = 0;
        int start = 0,
            bestStart = 0,
            bestEnd = 0;
        for (int p = 0; p < contrasts.Length; p++)
        {
            float gain = (sign * contrasts[p][line]) - PieceGain;
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
        return pieces == 0 || (best + (PieceGain * pieces)) / MathF.Sqrt(pieces) < least
            ? null
            : new LineCandidate(line, bestStart * LinePass.PieceLength, Math.Min(bestEnd * LinePass.PieceLength, length));
    }
}
