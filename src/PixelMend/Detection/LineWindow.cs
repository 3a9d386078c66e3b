using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// The lines around one that is under suspicion, over some stretches of its length: tells how each line differs from what the good ones around it say,
/// whichever are supposed to be bad.
/// </summary>
internal sealed class LineWindow
{
    /// <summary>Lines to either side that residuals can be asked for; those beyond are only read.</summary>
    private const int Around = 4;

    private readonly MosaicLines lines;
    private readonly LinePredictors predictors;
    private readonly DefectScale scale;
    private readonly int first;
    private readonly int stride;
    private readonly (int Start, int Length, int Position)[] pieces;
    private readonly float[] clean;
    private readonly float[] raw;

    /// <param name="lines">The mosaic.</param>
    /// <param name="fills">What to read instead of photosites already suspected.</param>
    /// <param name="predictors">Of the same axis.</param>
    /// <param name="scale">The noise.</param>
    /// <param name="line">The line under suspicion.</param>
    /// <param name="stretches">Parts of it to look at, in order.</param>
    public LineWindow(
        MosaicLines lines,
        Fills fills,
        LinePredictors predictors,
        DefectScale scale,
        int line,
        ReadOnlySpan<(int Start, int End)> stretches
    )
    {
        this.lines = lines;
        this.predictors = predictors;
        this.scale = scale;
        int margin = predictors.Reach;
        first = line - Around - margin;
        int count = 2 * (Around + margin) + 1;
        foreach ((int start, int end) in stretches)
        {
            Length += end - start;
            stride += end - start + (2 * margin);
        }

        pieces = new (int Start, int Length, int Position)[stretches.Length];
        clean = new float[count * stride];
        raw = new float[count * stride];
        int at = 0;
        for (int p = 0; p < pieces.Length; p++)
        {
            (int start, int end) = stretches[p];
            pieces[p] = (start, end - start, at + margin);
            Read(fills, start - margin, end + margin, at, count);
            at += end - start + (2 * margin);
        }
    }

    /// <summary>Number of places looked at.</summary>
    public int Length { get; }

    /// <summary>Residuals of a line, predicted without itself, without lines supposed to be bad, and without what lies beyond the border.</summary>
    /// <param name="line">The line.</param>
    /// <param name="bad">Lines supposed to be bad.</param>
    /// <param name="side">−1 or 1 to read only lines before or behind it.</param>
    /// <returns>Null where no line is left to predict it from.</returns>
    public LineResiduals? Residuals(int line, LineSpan bad, int side = 0)
    {
        LinePredictor predictor = PredictorOf(line, bad, side);
        if (predictor.Steps.Length == 0)
        {
            return null;
        }

        int[] offsets = [.. predictor.Steps.Select(s => (MosaicLines.Across(s, lines.Axis) * stride) + MosaicLines.Along(s, lines.Axis))];
        var residuals = new float[Length];
        var predicted = new float[Length];
        int row = (line - first) * stride;
        PeriodicWeights weights = predictor.Lines[line % lines.PeriodAcross];
        int done = 0;
        foreach ((int start, int length, int position) in pieces)
        {
            Span<float> part = predicted.AsSpan(done, length);
            PeriodicSum.Run(clean, row + position, offsets, weights, PhaseAlong(start), part);
            for (int i = 0; i < length; i++)
            {
                residuals[done + i] = raw[row + position + i] - part[i];
            }

            done += length;
        }

        return new LineResiduals(residuals, predicted);
    }

    private LinePredictor PredictorOf(int line, LineSpan bad, int side)
    {
        uint unread = 0;
        for (int across = -predictors.Reach; across <= predictors.Reach; across++)
        {
            bool read = lines.Has(line + across) && !bad.Contains(line + across) && across * side >= 0;
            unread |= read ? 0 : 1u << (across + predictors.Reach);
        }

        return predictors.Without(unread);
    }

    /// <summary>Standard deviation of noise at a signal.</summary>
    public float Noise(float signal) => scale.Sigma(signal);

    /// <summary>Of a place that on the smallest frames may lie before the line's beginning.</summary>
    private int PhaseAlong(int along) => ((along % lines.Period) + lines.Period) % lines.Period;

    /// <summary>Reads a stretch of all lines: inside the sensor row by row, beyond its ends mirrored.</summary>
    private void Read(Fills fills, int start, int end, int at, int count)
    {
        (int from, int to) = (Math.Clamp(start, 0, lines.Length), Math.Clamp(end, 0, lines.Length));
        (int firstLine, int endLine) = (Math.Max(0, first), Math.Min(lines.Count, first + count));
        if (lines.Axis == LineAxis.Row)
        {
            for (int y = firstLine; y < endLine; y++)
            {
                int place = ((y - first) * stride) + at + from - start;
                ReadRow(fills, from, y, raw.AsSpan(place, to - from), clean.AsSpan(place, to - from));
            }
        }
        else
        {
            Span<float> rawRow = stackalloc float[endLine - firstLine];
            Span<float> cleanRow = stackalloc float[endLine - firstLine];
            for (int y = from; y < to; y++)
            {
                ReadRow(fills, firstLine, y, rawRow, cleanRow);
                for (int i = 0, place = ((firstLine - first) * stride) + at + y - start; i < rawRow.Length; i++, place += stride)
                {
                    (raw[place], clean[place]) = (rawRow[i], cleanRow[i]);
                }
            }
        }

        for (int line = firstLine; line < endLine; line++)
        {
            int place = ((line - first) * stride) + at - start;
            for (int along = start; along < from; along++)
            {
                Mirror(fills, line, along, place + along);
            }

            for (int along = to; along < end; along++)
            {
                Mirror(fills, line, along, place + along);
            }
        }
    }

    private void ReadRow(Fills fills, int x, int y, Span<float> rawRow, Span<float> cleanRow)
    {
        lines.View.Read(x, y, rawRow);
        rawRow.CopyTo(cleanRow);
        foreach (Fill fill in fills.Row(y, x, x + rawRow.Length - 1))
        {
            cleanRow[fill.X - x] = fill.Signal;
        }
    }

    private void Mirror(Fills fills, int line, int along, int place)
    {
        (int x, int y) = lines.Place(line, PhaseLayout.Mirror(along, lines.Length, lines.Period));
        raw[place] = lines.View.Signal(x, y);
        clean[place] = fills.TryGet(x, y, out float fill) ? fill : raw[place];
    }
}

/// <summary>How the photosites of a line differ from what others say they should read, and what that is.</summary>
internal sealed record LineResiduals(float[] Residual, float[] Predicted);

/// <summary>Adjacent lines.</summary>
internal readonly record struct LineSpan(int First, int Width)
{
    public int End => First + Width;

    public bool Contains(int line) => line >= First && line < End;
}
