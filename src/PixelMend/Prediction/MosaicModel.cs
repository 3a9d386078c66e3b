using PixelMend.Frames;

namespace PixelMend.Prediction;

/// <summary>The local model of a mosaic: one <see cref="PhaseModel"/> per CFA phase and the noise they leave, learned from the frame in hand.</summary>
internal sealed class MosaicModel
{
    private readonly Lazy<NoiseScale> calmNoise;

    private MosaicModel(Offset[] steps, PhaseModel[] phases, DirectionClasses[] classes, NoiseScale noise, Lazy<NoiseScale> calmNoise)
    {
        Steps = steps;
        Phases = phases;
        Classes = classes;
        Noise = noise;
        this.calmNoise = calmNoise;
    }

    /// <summary>The neighbours of a patch, the same for every phase.</summary>
    public Offset[] Steps { get; }

    public PhaseModel[] Phases { get; }

    /// <summary>How patches of each phase are sorted into classes; empty when they are not.</summary>
    public DirectionClasses[] Classes { get; }

    /// <summary>What predictions leave unexplained in most places: noise, and the detail that is everywhere.</summary>
    public NoiseScale Noise { get; }

    /// <summary>The noise of one photosite, as the calmer half of the frame shows it.</summary>
    public NoiseScale CalmNoise => calmNoise.Value;

    /// <param name="stripes">What to learn from.</param>
    /// <param name="samplesPerPhase">Patches per phase.</param>
    /// <param name="classes">Whether to learn for each direction class apart.</param>
    /// <param name="quantisation">Distance between two codes, as a signal.</param>
    /// <param name="options">Threads and cancellation.</param>
    public static MosaicModel Fit(Stripes stripes, int samplesPerPhase, bool classes, double quantisation, ParallelOptions options)
    {
        Offset[] steps = stripes.Steps;
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
                using PatchSamples samples = PatchSamples.Draw(stripes, p, samplesPerPhase);
                phases[p] = PhaseModel.Fit(samples, Alike(layout.Cfa, p, steps), classes ? sorted[p] : null);
            }
        );
        var levels = new LevelOrder([.. phases.SelectMany(p => p.EvenLevels)]);
        float[] residuals = [.. phases.SelectMany(p => p.EvenResiduals)];
        var inCalm = new Lazy<NoiseScale>(() =>
            NoiseScale.FitCalm(levels, [.. phases.SelectMany(ResidualsAlone)], [.. phases.SelectMany(p => p.EvenActivities)], quantisation)
        );
        return new MosaicModel(steps, phases, sorted, NoiseScale.Fit(levels, residuals, quantisation), inCalm);
    }

    /// <summary>What the photosites themselves leave of residuals.</summary>
    private static IEnumerable<float> ResidualsAlone(PhaseModel phase)
    {
        float amplification = phase.Amplification;
        return phase.EvenResiduals.Select(r => r / amplification);
    }

    /// <summary>The steps that lead to the phase's own colour.</summary>
    private static int[] Alike(CfaPattern cfa, int phase, Offset[] steps)
    {
        (int x, int y) = (phase % cfa.Width, phase / cfa.Width);
        return [.. Enumerable.Range(0, steps.Length).Where(t => cfa[x + steps[t].Dx, y + steps[t].Dy] == cfa[x, y])];
    }
}
