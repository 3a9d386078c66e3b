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

    /// <summary>Nearest photosites of other lines whose residuals tell how much detail there is: a rough idea will do.</summary>
    private const int ActivitySteps = 8;

    private readonly MosaicView view;
    private readonly PhaseLayout layout;
    private readonly DefectScale scale;
    private readonly LineAxis[] axes = [LineAxis.Column, LineAxis.Row];
    private readonly LinePredictor[] predictors;
    private readonly PhaseSteps[] steps;
    private readonly PhaseSteps[] near;
    private readonly float[] mean;

    public LinePass(MosaicView view, PhaseLayout layout, DefectScale scale, LinePredictors columns, LinePredictors rows)
    {
        this.view = view;
        this.layout = layout;
        this.scale = scale;
        predictors = [columns.WithoutOwn, rows.WithoutOwn];
        steps = [.. predictors.Select(p => PhaseSteps.Same(layout, p.Steps))];
        near = [.. predictors.Select(p => PhaseSteps.Same(layout, p.Steps[..ActivitySteps]))];
        mean = [.. Enumerable.Repeat(1f / ActivitySteps, ActivitySteps)];
        Columns = NewSums(view.Width, view.Height);
        Rows = NewSums(view.Height, view.Width);
    }

    /// <summary>Sums of scores, piece after piece of the height, each with one value per column.</summary>
    public float[][] Columns { get; }

    /// <summary>Sums of scores, piece after piece of the width, each with one value per row.</summary>
    public float[][] Rows { get; }

    /// <summary>Adds up the evidence of the whole frame; once.</summary>
    public void Run(Fills fills, WorkspacePool<ScorePass.Workspace> workspaces, ParallelOptions options) =>
        Parallel.For(0, Columns.Length, options, i => workspaces.Use(work => AddBand(work, i, fills)));

    private static float[][] NewSums(int lines, int length) =>
        [.. Enumerable.Range(0, (length + PieceLength - 1) / PieceLength).Select(_ => new float[lines])];

    private void AddBand(ScorePass.Workspace work, int band, Fills fills)
    {
        int top = band * PieceLength;
        work.Band.Load(top, Math.Min(PieceLength, view.Height - top), fills);
        for (int a = 0; a < axes.Length; a++)
        {
            Predict(work, a);
            Score(work, a, band);
        }
    }

    private void Predict(ScorePass.Workspace work, int axis)
    {
        float[] signal = work.Band.Signal;
        for (int y = work.Band.Top - ScorePass.PatchRadius; y < work.Band.Top + work.Band.Rows + ScorePass.PatchRadius; y++)
        {
            for (int phaseX = 0; phaseX < layout.Cfa.Width; phaseX++)
            {
                int origin = work.Band.RowStart(y) + layout.IndexOf(phaseX);
                Span<float> predicted = work.Predicted.AsSpan(origin, layout.SubLength);
                float[] weights = predictors[axis].Weights[layout.Cfa.PhaseOf(phaseX, y)];
                WeightedSum.Run(signal, origin, steps[axis].Of(phaseX, y), weights, predicted);
                AbsoluteDifference.Run(signal.AsSpan(origin), predicted, work.Residual.AsSpan(origin, layout.SubLength));
            }

            work.Band.MirrorBorders(work.Residual, y);
        }
    }

    private void Score(ScorePass.Workspace work, int axis, int band)
    {
        int period = layout.Cfa.Width;
        var columns = new float[period * layout.SubLength];
        for (int y = work.Band.Top; y < work.Band.Top + work.Band.Rows; y++)
        {
            for (int phaseX = 0; phaseX < Math.Min(period, layout.Width); phaseX++)
            {
                int origin = work.Band.RowStart(y) + layout.IndexOf(phaseX);
                int length = LengthOf(phaseX);
                Span<float> activity = work.Activity.AsSpan(0, length);
                Span<float> score = work.Score.AsSpan(0, length);
                WeightedSum.Run(work.Residual, origin, near[axis].Of(phaseX, y), mean, activity);
                BoundedScore.Run(work.Band.Raw.AsSpan(origin), work.Predicted.AsSpan(origin), activity, scale, score);
                if (axes[axis] == LineAxis.Column)
                {
                    RunningSum.Run(score, columns.AsSpan(phaseX * layout.SubLength, length));
                }
                else
                {
                    AddToRow(score, phaseX, y);
                }
            }
        }

        for (int phaseX = 0; phaseX < period && axes[axis] == LineAxis.Column; phaseX++)
        {
            for (int i = 0; i < LengthOf(phaseX); i++)
            {
                Columns[band][(i * period) + phaseX] = columns[(phaseX * layout.SubLength) + i];
            }
        }
    }

    /// <summary>Photosites of a row at one column phase; 0 or less where the frame is narrower.</summary>
    private int LengthOf(int phaseX) => ((layout.Width - 1 - phaseX) / layout.Cfa.Width) + (phaseX < layout.Width ? 1 : 0);

    private void AddToRow(ReadOnlySpan<float> score, int phaseX, int y)
    {
        int period = layout.Cfa.Width;
        int start = 0;
        for (int piece = 0; piece < Rows.Length; piece++)
        {
            int end = Math.Min(score.Length, ((piece + 1) * PieceLength - phaseX + period - 1) / period);
            Rows[piece][y] += RunningSum.Total(score[start..end]);
            start = end;
        }
    }
}
