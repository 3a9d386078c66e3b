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
    public const int PieceLength = LineSums.PieceLength;

    /// <summary>Rows beyond a band that its sums look at, at most: patches around the nearest of other lines.</summary>
    public const int FarthestReach = LineLesson.FarthestReach + NearReach;

    /// <summary>Rows worked on at a time.</summary>
    private const int StepRows = 8;

    /// <summary>Nearest photosites of other lines whose residuals tell how much detail there is, and how far they are: a rough idea will do.</summary>
    private const int ActivitySteps = 8;
    private const int NearReach = 2;

    private readonly MosaicView view;
    private readonly PhaseLayout layout;
    private readonly DefectScale scale;
    private readonly PhaseSteps neighbors;
    private readonly Axis[] axes;
    private readonly float[] mean = [.. Enumerable.Repeat(1f / ActivitySteps, ActivitySteps)];
    private readonly int reach;
    private readonly LineSums sums;

    public LinePass(MosaicView view, PhaseLayout layout, DefectScale scale, LinePredictors columns, LinePredictors rows)
    {
        this.view = view;
        this.layout = layout;
        this.scale = scale;
        Offset[] steps = columns.Steps;
        neighbors = PhaseSteps.Same(layout, steps);
        axes = [new Axis(layout, columns.WithoutOwn, steps), new Axis(layout, rows.WithoutOwn, steps)];
        reach = neighbors.Reach;
        sums = new LineSums(view);
    }

    /// <summary>Adds up the evidence of the whole frame; once.</summary>
    public LineSums Run(Fills fills, WorkspacePool<ScorePass.Workspace> workspaces, ParallelOptions options)
    {
        Parallel.For(0, sums.Columns.Length, options, i => workspaces.Use(work => AddBand(work, i, fills)));
        return sums;
    }

    private void AddBand(ScorePass.Workspace work, int band, Fills fills)
    {
        (int top, int end) = (band * PieceLength, Math.Min((band + 1) * PieceLength, view.Height));
        var columns = new float[layout.Cfa.Width * layout.SubLength];
        int around = reach + NearReach;

        // A few rows at a time, so that all that is worked on stays in the cache.
        for (int y = top; y < end; y += StepRows)
        {
            int rows = Math.Min(StepRows, end - y);
            if (y == top)
            {
                work.Band.Load(y, rows, around, fills);
            }
            else
            {
                work.Band.Advance(
                    rows,
                    around,
                    fills,
                    (work.Predicted, NearReach),
                    (work.Residual, NearReach),
                    (work.PredictedAcross, NearReach),
                    (work.ResidualAcross, NearReach)
                );
            }

            for (int row = y == top ? y - NearReach : y + NearReach; row < y + rows + NearReach; row++)
            {
                Predict(work, row);
            }

            for (int row = y; row < y + rows; row++)
            {
                ScoreColumns(work, row, columns);
                ScoreRow(work, row);
            }
        }

        Gather(columns, sums.Columns[band]);
    }

    private void Predict(ScorePass.Workspace work, int y)
    {
        for (int phaseX = 0; phaseX < layout.Cfa.Width; phaseX++)
        {
            int origin = work.Band.RowStart(y) + layout.IndexOf(phaseX);
            int phase = layout.Cfa.PhaseOf(phaseX, y);
            TwoPredictions.Run(
                work.Band.Signal,
                origin,
                neighbors.Of(phaseX, y),
                PredictedBy(axes[0], work.Predicted, work.Residual),
                PredictedBy(axes[1], work.PredictedAcross, work.ResidualAcross)
            );

            PredictedRow PredictedBy(Axis axis, float[] predicted, float[] residual) =>
                new()
                {
                    Weights = axis.Weights[phase],
                    Prediction = predicted.AsSpan(origin, layout.SubLength),
                    Residual = residual.AsSpan(origin, layout.SubLength),
                };
        }

        work.Band.MirrorBorders(work.Residual, y);
        work.Band.MirrorBorders(work.ResidualAcross, y);
    }

    private void ScoreColumns(ScorePass.Workspace work, int y, float[] columns)
    {
        for (int phaseX = 0; phaseX < Math.Min(layout.Cfa.Width, layout.Width); phaseX++)
        {
            Span<float> score = Score(work, axes[0], work.Predicted, work.Residual, phaseX, y);
            RunningSum.Run(score, columns.AsSpan(phaseX * layout.SubLength, score.Length));
        }
    }

    private void ScoreRow(ScorePass.Workspace work, int y)
    {
        for (int phaseX = 0; phaseX < Math.Min(layout.Cfa.Width, layout.Width); phaseX++)
        {
            AddToRow(Score(work, axes[1], work.PredictedAcross, work.ResidualAcross, phaseX, y), phaseX, y);
        }
    }

    private Span<float> Score(ScorePass.Workspace work, Axis axis, float[] predicted, float[] residual, int phaseX, int y)
    {
        int origin = work.Band.RowStart(y) + layout.IndexOf(phaseX);
        int length = LengthOf(phaseX);
        Span<float> activity = work.Activity.AsSpan(0, length);
        Span<float> score = work.Score.AsSpan(0, length);
        WeightedSum.Run(residual, origin, axis.Near.Of(phaseX, y), mean, activity);
        BoundedScore.Run(work.Band.Raw.AsSpan(origin), predicted.AsSpan(origin), activity, scale, score);
        return score;
    }

    /// <summary>Puts the columns of all phases in their order.</summary>
    private void Gather(float[] byPhase, float[] columns)
    {
        int period = layout.Cfa.Width;
        for (int phaseX = 0; phaseX < period; phaseX++)
        {
            for (int i = 0; i < LengthOf(phaseX); i++)
            {
                columns[(i * period) + phaseX] = byPhase[(phaseX * layout.SubLength) + i];
            }
        }
    }

    /// <summary>Photosites of a row at one column phase; 0 or less where the frame is narrower.</summary>
    private int LengthOf(int phaseX) => ((layout.Width - 1 - phaseX) / layout.Cfa.Width) + (phaseX < layout.Width ? 1 : 0);

    private void AddToRow(ReadOnlySpan<float> score, int phaseX, int y)
    {
        int period = layout.Cfa.Width;
        int start = 0;
        for (int piece = 0; piece < sums.Rows.Length; piece++)
        {
            int end = Math.Min(score.Length, ((piece + 1) * PieceLength - phaseX + period - 1) / period);
            sums.Rows[piece][y] += RunningSum.Total(score[start..end]);
            start = end;
        }
    }

    /// <summary>How a photosite is predicted without the column, or row, that it lies in.</summary>
    private sealed class Axis
    {
        /// <param name="layout">The mosaic's layout.</param>
        /// <param name="predictor">What to read, and how much it counts.</param>
        /// <param name="steps">All that either axis reads, in the same order.</param>
        public Axis(PhaseLayout layout, LinePredictor predictor, Offset[] steps)
        {
            Near = PhaseSteps.Same(layout, predictor.Steps[..ActivitySteps]);
            int[] read = [.. steps.Select(s => Array.IndexOf(predictor.Steps, s))];
            Weights = [.. predictor.Weights.Select(w => read.Select(t => t < 0 ? 0 : w[t]).ToArray())];
        }

        /// <summary>The nearest of other lines.</summary>
        public PhaseSteps Near { get; }

        /// <summary>One weight per step, for each CFA phase; 0 for those on the photosite's own line.</summary>
        public float[][] Weights { get; }
    }
}
