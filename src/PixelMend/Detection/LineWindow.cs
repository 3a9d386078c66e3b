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
    private readonly int[] positions;
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

        Places = new int[Length];
        positions = new int[Length];
        clean = new float[count * stride];
        raw = new float[count * stride];
        int at = 0;
        int place = 0;
        foreach ((int start, int end) in stretches)
        {
            for (int along = start - margin; along < end + margin; along++, at++)
            {
                Read(fills, along, at, count);
                if (along >= start && along < end)
                {
                    (Places[place], positions[place]) = (along, at);
                    place++;
                }
            }
        }
    }

    /// <summary>Number of places looked at.</summary>
    public int Length { get; }

    /// <summary>Where they lie along the lines.</summary>
    public int[] Places { get; }

    /// <summary>Residuals of a line, predicted without itself, without lines supposed to be bad, and without what lies beyond the border.</summary>
    /// <param name="line">The line.</param>
    /// <param name="bad">Lines supposed to be bad.</param>
    /// <param name="side">−1 or 1 to read only lines before or behind it.</param>
    /// <returns>Null where no line is left to predict it from.</returns>
    public LineResiduals? Residuals(int line, LineSpan bad, int side = 0)
    {
        uint unread = 0;
        for (int across = -predictors.Reach; across <= predictors.Reach; across++)
        {
            bool read = lines.Has(line + across) && !bad.Contains(line + across) && across * side >= 0;
            unread |= read ? 0 : 1u << (across + predictors.Reach);
        }

        LinePredictor predictor = predictors.Without(unread);
        if (predictor.Steps.Length == 0)
        {
            return null;
        }

        int[] offsets = [.. predictor.Steps.Select(s => (MosaicLines.Across(s, lines.Axis) * stride) + MosaicLines.Along(s, lines.Axis))];
        var residuals = new float[Length];
        var predicted = new float[Length];
        int row = (line - first) * stride;
        for (int i = 0; i < Length; i++)
        {
            float[] weights = predictor.Weights[lines.PhaseOf(line, Places[i])];
            float sum = 0;
            for (int t = 0; t < offsets.Length; t++)
            {
                sum += weights[t] * clean[row + positions[i] + offsets[t]];
            }

            predicted[i] = sum;
            residuals[i] = raw[row + positions[i]] - sum;
        }

        return new LineResiduals(residuals, predicted);
    }

    /// <summary>Standard deviation of noise at a signal.</summary>
    public float Noise(float signal) => MathF.Sqrt(scale.NoiseOffset + (scale.NoiseSlope * MathF.Max(signal, 0)));

    private void Read(Fills fills, int along, int at, int count)
    {
        MosaicView view = lines.View;
        int inside = PhaseLayout.Mirror(along, lines.Length, lines.Period);
        for (int i = 0; i < count; i++)
        {
            if (lines.Has(first + i))
            {
                (int x, int y) = lines.Place(first + i, inside);
                float signal = view.Signal(x, y);
                raw[(i * stride) + at] = signal;
                clean[(i * stride) + at] = fills.TryGet(x, y, out float fill) ? fill : signal;
            }
        }
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
