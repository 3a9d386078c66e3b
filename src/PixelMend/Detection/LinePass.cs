using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// How each piece of a column (or row) stands out from the columns (rows) beside it: every photosite is predicted from its patch without its own
/// column, and its score, bounded so that no outlier decides, is added up over pieces of <see cref="PieceLength"/> photosites.
/// </summary>
internal sealed class LinePass
{
    /// <summary>Photosites of a piece of a line, and rows of a band.</summary>
    public const int PieceLength = 48;

    private readonly MosaicView view;
    private readonly PhaseLayout layout;
    private readonly MosaicModel model;
    private readonly DefectScale scale;
    private readonly PhaseSteps all;
    private readonly float[] mean;

    public LinePass(MosaicView view, PhaseLayout layout, MosaicModel model, DefectScale scale)
    {
        this.view = view;
        this.layout = layout;
        this.model = model;
        this.scale = scale;
        all = PhaseSteps.Same(layout, model.Steps);
        mean = [.. Enumerable.Repeat(1f / model.Steps.Length, model.Steps.Length)];
    }

    public static int Pieces(int length) => (length + PieceLength - 1) / PieceLength;

    /// <summary>Sums of scores, piece after piece, each with one value per line across <paramref name="axis"/>.</summary>
    public float[][] Run(LineAxis axis, Fills fills, WorkspacePool<ScorePass.Workspace> workspaces, ParallelOptions options)
    {
        int lines = axis == LineAxis.Column ? view.Width : view.Height;
        int pieces = Pieces(axis == LineAxis.Column ? view.Height : view.Width);
        float[][] sums = [.. Enumerable.Range(0, pieces).Select(_ => new float[lines])];
        var kept = new LinePredictors(model, axis);
        var steps = PhaseSteps.Same(layout, kept.Steps);
        Parallel.For(0, Pieces(view.Height), options, i => workspaces.Use(work => AddBand(work, i, axis, fills, kept, steps, sums)));
        return sums;
    }

    private void AddBand(
        ScorePass.Workspace work,
        int band,
        LineAxis axis,
        Fills fills,
        LinePredictors kept,
        PhaseSteps steps,
        float[][] sums
    )
    {
        int top = band * PieceLength;
        int rows = Math.Min(PieceLength, view.Height - top);
        work.Band.Load(top, rows, fills);
        float[] signal = work.Band.Signal;
        for (int y = top - ScorePass.PatchRadius; y < top + rows + ScorePass.PatchRadius; y++)
        {
            for (int phaseX = 0; phaseX < layout.Cfa.Width; phaseX++)
            {
                int origin = work.Band.RowStart(y) + layout.IndexOf(phaseX);
                Span<float> predicted = work.Predicted.AsSpan(origin, layout.SubLength);
                WeightedSum.Run(signal, origin, steps.Of(phaseX, y), kept.Weights(layout.Cfa.PhaseOf(phaseX, y)), predicted);
                AbsoluteDifference.Run(signal.AsSpan(origin), predicted, work.Residual.AsSpan(origin, layout.SubLength));
            }

            work.Band.MirrorBorders(work.Residual, y);
        }

        for (int y = top; y < top + rows; y++)
        {
            for (int phaseX = 0; phaseX < layout.Cfa.Width && phaseX < layout.Width; phaseX++)
            {
                int origin = work.Band.RowStart(y) + layout.IndexOf(phaseX);
                int length = ((layout.Width - 1 - phaseX) / layout.Cfa.Width) + 1;
                Span<float> activity = work.Activity.AsSpan(0, length);
                Span<float> score = work.Score.AsSpan(0, length);
                WeightedSum.Run(work.Residual, origin, all.Of(phaseX, y), mean, activity);
                BoundedScore.Run(work.Band.Raw.AsSpan(origin), work.Predicted.AsSpan(origin), activity, scale, score);
                if (axis == LineAxis.Column)
                {
                    AddToColumns(score, phaseX, sums[band]);
                }
                else
                {
                    AddToRow(score, phaseX, y, sums);
                }
            }
        }
    }

    private void AddToColumns(ReadOnlySpan<float> score, int phaseX, float[] columns)
    {
        int x = phaseX;
        foreach (float value in score)
        {
            columns[x] += value;
            x += layout.Cfa.Width;
        }
    }

    private void AddToRow(ReadOnlySpan<float> score, int phaseX, int y, float[][] sums)
    {
        int period = layout.Cfa.Width;
        int i = 0;
        for (int piece = 0; piece < sums.Length; piece++)
        {
            int end = Math.Min(score.Length, ((piece + 1) * PieceLength - phaseX + period - 1) / period);
            float sum = 0;
            for (; i < end; i++)
            {
                sum += score[i];
            }

            sums[piece][y] += sum;
        }
    }
}

/// <summary>Which way a line runs.</summary>
internal enum LineAxis
{
    /// <summary>From top to bottom.</summary>
    Column,

    /// <summary>From left to right.</summary>
    Row,
}
