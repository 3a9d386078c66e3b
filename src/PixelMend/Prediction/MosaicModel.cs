using PixelMend.Frames;

namespace PixelMend.Prediction;

/// <summary>The local model of a mosaic: one <see cref="PhaseModel"/> per CFA phase and the noise they leave, learned from the frame in hand.</summary>
internal sealed class MosaicModel
{
    private MosaicModel(Offset[] steps, PhaseModel[] phases, DirectionClasses[] classes, NoiseScale noise)
    {
        Steps = steps;
        Phases = phases;
        Classes = classes;
        Noise = noise;
    }

    /// <summary>The neighbours of a patch, the same for every phase.</summary>
    public Offset[] Steps { get; }

    public PhaseModel[] Phases { get; }

    /// <summary>How patches of each phase are sorted into classes; empty when they are not.</summary>
    public DirectionClasses[] Classes { get; }

    public NoiseScale Noise { get; }

    /// <param name="stripes">What to learn from.</param>
    /// <param name="radius">How far patches reach; no more than the stripes were read for.</param>
    /// <param name="samplesPerPhase">Patches per phase.</param>
    /// <param name="classes">Whether to learn for each direction class apart.</param>
    /// <param name="quantisation">Distance between two codes, as a signal.</param>
    /// <param name="options">Threads and cancellation.</param>
    public static MosaicModel Fit(
        Stripes stripes,
        int radius,
        int samplesPerPhase,
        bool classes,
        double quantisation,
        ParallelOptions options
    )
    {
        Offset[] steps = Patch.Steps(radius);
        PhaseLayout layout = stripes.Layout;
        int phaseCount = layout.Cfa.PhaseCount;
        DirectionClasses[] sorted = classes
            ? [.. Enumerable.Range(0, phaseCount).Select(p => new DirectionClasses(layout.Cfa, p, steps))]
            : [];
        var phases = new PhaseModel[phaseCount];
        Parallel.For(
            0,
            phaseCount,
            options,
            p =>
            {
                int[] offsets = layout.OffsetsOf(p % layout.Cfa.Width, steps);
                using PatchSamples samples = PatchSamples.Draw(stripes, p, offsets, samplesPerPhase);
                phases[p] = PhaseModel.Fit(samples, classes ? sorted[p] : null);
            }
        );
        var noise = NoiseScale.Fit([.. phases.SelectMany(p => p.EvenLevels)], [.. phases.SelectMany(p => p.EvenResiduals)], quantisation);
        return new MosaicModel(steps, phases, sorted, noise);
    }
}
