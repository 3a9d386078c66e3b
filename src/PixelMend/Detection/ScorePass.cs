using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>Scores every photosite of a mosaic against its neighbourhood's prediction, band by band, and keeps the conspicuous ones.</summary>
internal sealed class ScorePass(
    MosaicView view,
    PhaseLayout layout,
    MosaicModel model,
    DefectScale scale,
    bool clamp,
    WorkspacePool<ScorePass.Workspace> workspaces
)
{
    private const int BandRows = 48;
    public const int PatchRadius = 2;

    private int Bands => (view.Height + BandRows - 1) / BandRows;

    private readonly PhaseSteps neighbors = PhaseSteps.Same(layout, model.Steps);
    private readonly PhaseSteps ring = PhaseSteps.Ring(layout);
    private readonly PhaseSteps opposites = PhaseSteps.Opposites(layout);
    private readonly PhaseSteps adjacent = PhaseSteps.Same(layout, Patch.Adjacent);
    private readonly float[] mean = [.. Enumerable.Repeat(1f / model.Steps.Length, model.Steps.Length)];

    /// <summary>Photosites that score at least <paramref name="least"/>, in raster order.</summary>
    public Scored[] Run(Fills fills, float least, ParallelOptions options)
    {
        var found = new List<Scored>[Bands];
        Parallel.For(0, found.Length, options, i => workspaces.Use(work => found[i] = ScoreBand(work, i * BandRows, fills, least)));
        return [.. found.SelectMany(f => f)];
    }

    /// <summary>
    /// Every score from <paramref name="least"/> on in bands spread over the frame that together have about <paramref name="photosites"/> photosites.
    /// </summary>
    public ScoreSample Sample(Fills fills, float least, long photosites, ParallelOptions options)
    {
        int wanted = (int)Math.Clamp((photosites / ((long)BandRows * view.Width)) + 1, 1, Bands);
        int every = Math.Max(1, Bands / wanted);
        var scores = new List<float>();
        ForEachRow(
            fills,
            every,
            row =>
            {
                lock (scores)
                {
                    foreach (float score in row.Score)
                    {
                        if (score >= least)
                        {
                            scores.Add(score);
                        }
                    }
                }
            },
            options
        );
        long sampled = Enumerable
            .Range(0, Bands)
            .Where(i => i % every == 0)
            .Sum(i => (long)Math.Min(BandRows, view.Height - (i * BandRows)) * view.Width);
        return new ScoreSample([.. scores], sampled);
    }

    private List<Scored> ScoreBand(Workspace work, int top, Fills fills, float least)
    {
        LoadBand(work, top, fills);
        var found = new List<Scored>();
        for (int y = top; y < top + work.Band.Rows; y++)
        {
            ScoreRow(work, y, least, found);
        }

        return found;
    }

    private void LoadBand(Workspace work, int top, Fills fills)
    {
        work.Band.Load(top, Math.Min(BandRows, view.Height - top), fills);
        Clean(work);
        Predict(work);
    }

    /// <summary>What predictions are made from: the signals, limited to their rings as long as the defects are unknown.</summary>
    private void Clean(Workspace work)
    {
        ForEachSubRow(
            work,
            work.CleanReach,
            (phaseX, y, origin) =>
            {
                Span<float> clean = work.Clean.AsSpan(origin, layout.SubLength);
                if (clamp)
                {
                    RingClamp.Run(work.Band.Signal, origin, ring.Of(phaseX, y), clean);
                }
                else
                {
                    work.Band.Signal.AsSpan(origin, layout.SubLength).CopyTo(clean);
                }
            },
            work.Clean
        );
    }

    private void Predict(Workspace work)
    {
        ForEachSubRow(
            work,
            PatchRadius,
            (phaseX, y, origin) =>
            {
                Span<float> predicted = work.Predicted.AsSpan(origin, layout.SubLength);
                WeightedSum.Run(
                    work.Clean,
                    origin,
                    neighbors.Of(phaseX, y),
                    model.Phases[layout.Cfa.PhaseOf(phaseX, y)].Weights,
                    predicted
                );
                AbsoluteDifference.Run(work.Clean.AsSpan(origin), predicted, work.Residual.AsSpan(origin, layout.SubLength));
                RingExcess.Run(work.Clean, origin, ring.Of(phaseX, y), work.Excess.AsSpan(origin, layout.SubLength));
            },
            work.Residual,
            work.Excess
        );
    }

    /// <summary>Scores the mosaic, or one band of <paramref name="every"/>, and hands over each sub-row: in any order, several at a time.</summary>
    public void ForEachRow(Fills fills, int every, Action<ScoredRow> visit, ParallelOptions options) =>
        Parallel.For(
            0,
            (Bands + every - 1) / every,
            options,
            i =>
                workspaces.Use(work =>
                {
                    LoadBand(work, i * every * BandRows, fills);
                    for (int y = work.Band.Top; y < work.Band.Top + work.Band.Rows; y++)
                    {
                        for (int phaseX = 0; phaseX < layout.Cfa.Width && phaseX < layout.Width; phaseX++)
                        {
                            visit(ScoreSubRow(work, phaseX, y));
                        }
                    }
                })
        );

    private void ScoreRow(Workspace work, int y, float least, List<Scored> found)
    {
        int first = found.Count;
        for (int phaseX = 0; phaseX < layout.Cfa.Width && phaseX < layout.Width; phaseX++)
        {
            ScoredRow row = ScoreSubRow(work, phaseX, y);
            for (int i = 0; i < row.Score.Length; i++)
            {
                if (row.Score[i] >= least)
                {
                    found.Add(
                        new Scored((i * layout.Cfa.Width) + phaseX, y, row.Signal[i], row.Predicted[i], row.Activity[i], row.Score[i])
                    );
                }
            }
        }

        found.Sort(first, found.Count - first, Comparer<Scored>.Create(static (a, b) => a.X.CompareTo(b.X)));
    }

    private ScoredRow ScoreSubRow(Workspace work, int phaseX, int y)
    {
        int origin = work.Band.RowStart(y) + layout.IndexOf(phaseX);
        int length = ((layout.Width - 1 - phaseX) / layout.Cfa.Width) + 1;
        Span<float> activity = work.Activity.AsSpan(0, length);
        Span<float> score = work.Score.AsSpan(0, length);
        WeightedSum.Run(work.Residual, origin, neighbors.Of(phaseX, y), mean, activity);
        var inputs = new DefectScoreRows
        {
            Value = work.Band.Raw.AsSpan(origin),
            Prediction = work.Predicted.AsSpan(origin),
            Activity = activity,
            Clean = work.Clean,
            Excess = work.Excess,
            Origin = origin,
            Opposites = opposites.Of(phaseX, y),
            Adjacent = adjacent.Of(phaseX, y),
        };
        DefectScore.Run(inputs, scale, score);
        return new ScoredRow
        {
            PhaseX = phaseX,
            Y = y,
            Signal = work.Band.Raw.AsSpan(origin, length),
            Predicted = work.Predicted.AsSpan(origin, length),
            Activity = activity,
            Score = score,
        };
    }

    private void ForEachSubRow(Workspace work, int extra, Action<int, int, int> visit, params ReadOnlySpan<float[]> mirrored)
    {
        for (int y = work.Band.Top - extra; y < work.Band.Top + work.Band.Rows + extra; y++)
        {
            for (int phaseX = 0; phaseX < layout.Cfa.Width; phaseX++)
            {
                visit(phaseX, y, work.Band.RowStart(y) + layout.IndexOf(phaseX));
            }

            foreach (float[] buffer in mirrored)
            {
                work.Band.MirrorBorders(buffer, y);
            }
        }
    }

    /// <summary>Buffers for one band at a time.</summary>
    internal sealed class Workspace
    {
        public Workspace(MosaicView view, PhaseLayout layout)
        {
            int ring = PhaseSteps.Ring(layout).Reach;
            CleanReach = Math.Max(PatchRadius + Math.Max(PatchRadius, ring), PhaseSteps.Opposites(layout).Reach);
            Band = new MosaicBand(view, layout, BandRows, Math.Max(CleanReach + ring, LinePass.FarthestReach));
            Clean = Band.NewBuffer(BandRows);
            Predicted = Band.NewBuffer(BandRows);
            Residual = Band.NewBuffer(BandRows);
            Excess = Band.NewBuffer(BandRows);
            Activity = new float[layout.SubLength];
            Score = new float[layout.SubLength];
        }

        /// <summary>Rows beyond a band that its scores compare with.</summary>
        public int CleanReach { get; }

        public MosaicBand Band { get; }

        public float[] Clean { get; }

        public float[] Predicted { get; }

        public float[] Residual { get; }

        /// <summary>Predictions and residuals once more, for those who predict in two ways at once.</summary>
        public float[] PredictedAcross => Clean;

        public float[] ResidualAcross => Excess;

        public float[] Excess { get; }

        public float[] Activity { get; }

        public float[] Score { get; }
    }
}

/// <summary>Scores of a part of a frame.</summary>
/// <param name="Scores">Those of some height, in any order.</param>
/// <param name="Photosites">Photosites of that part.</param>
internal sealed record ScoreSample(float[] Scores, long Photosites);

/// <summary>A photosite that its neighbourhood does not explain well; view coordinates, signals.</summary>
internal readonly record struct Scored(int X, int Y, float Signal, float Predicted, float Activity, float Score);

/// <summary>The photosites of one sub-row, each with its score; valid until the next one is scored.</summary>
internal readonly ref struct ScoredRow
{
    /// <summary>Column of the first photosite, view coordinates; the others follow in steps of the CFA's width.</summary>
    public required int PhaseX { get; init; }

    public required int Y { get; init; }

    public required ReadOnlySpan<float> Signal { get; init; }

    public required ReadOnlySpan<float> Predicted { get; init; }

    /// <summary>Mean residual around.</summary>
    public required ReadOnlySpan<float> Activity { get; init; }

    public required ReadOnlySpan<float> Score { get; init; }
}
