using PixelMend.Frames;

namespace PixelMend.Prediction;

/// <summary>The local model of a mosaic: one <see cref="PhaseModel"/> per CFA phase and the noise they leave, learned from the frame in hand.</summary>
internal sealed class MosaicModel
{
    private MosaicModel(Offset[] steps, PhaseModel[] phases, NoiseScale noise)
    {
        Steps = steps;
        Phases = phases;
        Noise = noise;
    }

    /// <summary>The neighbours of a patch, the same for every phase.</summary>
    public Offset[] Steps { get; }

    public PhaseModel[] Phases { get; }

    public NoiseScale Noise { get; }

    public static MosaicModel Fit(Stripes stripes, int radius, int samplesPerPhase, double quantisation, ParallelOptions options)
    {
        Offset[] steps = Patch.Steps(radius);
        PhaseLayout layout = stripes.Layout;
        var phases = new PhaseModel[layout.Cfa.PhaseCount];
        Parallel.For(
            0,
            phases.Length,
            options,
            p => phases[p] = PhaseModel.Fit(PatchSamples.Draw(stripes, p, layout.OffsetsOf(p % layout.Cfa.Width, steps), samplesPerPhase))
        );
        var noise = NoiseScale.Fit([.. phases.SelectMany(p => p.EvenLevels)], [.. phases.SelectMany(p => p.EvenResiduals)], quantisation);
        return new MosaicModel(steps, phases, noise);
    }
}
