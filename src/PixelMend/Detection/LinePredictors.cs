using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>Weights that predict a photosite without the lines that may be defective: its own, and one more at a given distance.</summary>
internal sealed class LinePredictors
{
    private readonly float[][] weights;
    private readonly int other;

    /// <param name="model">The learned model.</param>
    /// <param name="axis">Which way the lines run.</param>
    /// <param name="other">Distance, across the axis, of another line that must not be read; 0 for none.</param>
    public LinePredictors(MosaicModel model, LineAxis axis, int other = 0)
    {
        this.other = other;
        int[] kept = [.. Enumerable.Range(0, model.Steps.Length).Where(t => Reads(Across(model.Steps[t], axis)))];
        Steps = [.. kept.Select(t => model.Steps[t])];
        weights = [.. model.Phases.Select(p => Solve(p, kept))];
    }

    /// <summary>Whether the line at a distance across the axis is read.</summary>
    public bool Reads(int across) => across != 0 && across != other;

    /// <summary>Steps to the photosites that are read.</summary>
    public Offset[] Steps { get; }

    /// <summary>Their weights, for a CFA phase.</summary>
    public float[] Weights(int phase) => weights[phase];

    private static int Across(Offset step, LineAxis axis) => axis == LineAxis.Column ? step.Dx : step.Dy;

    private static float[] Solve(PhaseModel phase, int[] kept)
    {
        var solved = new double[kept.Length];
        phase.Covariance.Solve(kept, solved);
        return [.. solved.Select(w => (float)w)];
    }
}
