using System.Collections.Concurrent;
using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// Weights that predict a photosite without the lines that may be defective; solved when first asked for. Over a whole line it would add up if an unusual
/// colour of the light were taken for a residual: other colours tell about detail here, not about the level.
/// </summary>
internal sealed class LinePredictors(MosaicModel model, CfaPattern cfa, LineAxis axis)
{
    /// <summary>How far patches reach along the lines: what comes back from thread to thread is foretold from lines farther across.</summary>
    public const int Depth = 3;

    private readonly ConcurrentDictionary<uint, LinePredictor> solved = new();

    /// <summary>The neighbours of a patch.</summary>
    public Offset[] Steps => model.Steps;

    /// <summary>How far the patches reach across the lines.</summary>
    public int Reach { get; } = model.Steps.Max(s => s.Distance);

    /// <summary>Predicts without the photosite's own line.</summary>
    public LinePredictor WithoutOwn => Without(0);

    /// <summary>Predicts without the photosite's own line and others; null where nothing is left to read.</summary>
    /// <param name="unread">One bit per line, from the farthest before (bit 0) to the farthest behind.</param>
    public LinePredictor Without(uint unread)
    {
        uint all = unread | (1u << Reach);
        return solved.GetOrAdd(all, Solve);
    }

    private LinePredictor Solve(uint unread)
    {
        int[] kept = [.. Enumerable.Range(0, model.Steps.Length).Where(t => IsRead(model.Steps[t], unread))];
        Offset[] steps = [.. kept.Select(t => model.Steps[t])];
        float[][] weights = [.. model.Phases.Select((p, i) => Weights(p, kept, Alien(i)))];
        (int across, int along) = axis == LineAxis.Column ? (cfa.Width, cfa.Height) : (cfa.Height, cfa.Width);
        PeriodicWeights[] lines =
        [
            .. Enumerable
                .Range(0, across)
                .Select(line => new PeriodicWeights(
                    steps.Length,
                    along,
                    (t, i) => weights[axis == LineAxis.Column ? cfa.PhaseOf(line, i) : cfa.PhaseOf(i, line)][t]
                )),
        ];
        return new LinePredictor(steps, weights, lines);
    }

    private bool IsRead(Offset step, uint unread) =>
        Math.Abs(MosaicLines.Along(step, axis)) <= Depth && (unread >> (MosaicLines.Across(step, axis) + Reach) & 1) == 0;

    /// <summary>Whether each step leads to another colour.</summary>
    private bool[] Alien(int phase)
    {
        (int x, int y) = (phase % cfa.Width, phase / cfa.Width);
        return [.. model.Steps.Select(s => cfa[x + s.Dx, y + s.Dy] != cfa[x, y])];
    }

    private static float[] Weights(PhaseModel phase, int[] kept, bool[] alien)
    {
        if (kept.Length == 0)
        {
            return [];
        }

        var weights = new double[kept.Length];
        phase.Covariance.Solve(kept, weights, kept.All(t => alien[t]) ? [] : alien);
        return [.. weights.Select(w => (float)w)];
    }
}

/// <summary>What to read, and how much it counts.</summary>
/// <param name="Steps">Steps to the photosites that are read.</param>
/// <param name="Weights">One weight per step, for each CFA phase.</param>
/// <param name="Lines">The same along lines, for each phase across them.</param>
internal sealed record LinePredictor(Offset[] Steps, float[][] Weights, PeriodicWeights[] Lines);
