using System.Numerics;
using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Correction;

/// <summary>
/// The best linear estimate from whichever neighbours are good, of all colours, with second moments learned from the frame itself, apart for each
/// direction class: singles, clusters, whole columns, borders and corners are one formula. Where fewer than eight neighbours of a patch are good,
/// <see cref="WindowMean"/> looks farther; so it does where the frame shows too few whole patches to learn from.
/// </summary>
internal sealed class ModelCorrector : IDefectCorrector
{
    private const int Radius = 3;
    private const int SamplesPerPhase = 32_000;
    private const int NeighborsNeeded = 8;

    /// <summary>Fewer patches than this for each weight of a phase teach it their noise.</summary>
    private const int PatchesPerWeight = 2;

    /// <summary>Unexplained variance that makes no difference: where nothing is left unexplained, all patterns of neighbours are equally good.</summary>
    private const double NoVariance = 1e-9;

    public static Algorithm<IDefectCorrector> Registration { get; } =
        new(
            "model",
            "Infers the value from all good neighbours of all colours with weights learned from the frame itself, for any pattern of missing ones.",
            "PixelMend; kriging with an unknown mean",
            [],
            _ => new ModelCorrector()
        );

    public CorrectionReport Correct(RawFrame frame, DefectMap map, ParallelOptions options)
    {
        var job = new CorrectionJob(frame, map);
        var view = new MosaicView(frame);
        var suspects = new Suspects(view, map);
        var layout = new PhaseLayout(view.Width, view.Height, view.Cfa);
        Fill[] guesses = suspects.Guess();
        var untaught = new Fills(view.Height, [.. guesses.Select(g => g with { Signal = float.NaN })]);
        using var stripes = new Stripes(view, layout, untaught, clamp: false, Radius, options);
        MosaicModel model = MosaicModel.Fit(stripes, Radius, SamplesPerPhase, classes: true, view.Quantisation, options);
        var conditioning = new PatchConditioning(model);
        var fills = new Fills(view.Height, guesses);
        return job.Run(
            (x, y) =>
                frame.ActiveArea.Contains(x, y) ? Infer(view, fills, suspects, model, conditioning, x - view.Left, y - view.Top) : null,
            options
        );
    }

    private static Inferred? Infer(
        MosaicView view,
        Fills fills,
        Suspects suspects,
        MosaicModel model,
        PatchConditioning conditioning,
        int x,
        int y
    )
    {
        Offset[] steps = model.Steps;
        Span<float> values = stackalloc float[steps.Length];
        ulong good = 0;
        for (int t = 0; t < steps.Length; t++)
        {
            (int nx, int ny) = (x + steps[t].Dx, y + steps[t].Dy);
            bool inside = view.Contains(nx, ny);
            int mx = PhaseLayout.Mirror(nx, view.Width, view.Cfa.Width);
            int my = PhaseLayout.Mirror(ny, view.Height, view.Cfa.Height);
            bool trusted = !suspects.Contains(mx, my);
            values[t] = trusted ? view.Signal(mx, my) : fills.Signal(mx, my);
            good |= inside && trusted ? 1UL << t : 0;
        }

        int phase = view.Cfa.PhaseOf(x, y);
        if (BitOperations.PopCount(good) < NeighborsNeeded || model.Phases[phase].EvenLevels.Length < PatchesPerWeight * steps.Length)
        {
            return null;
        }

        int patchClass = model.Classes[phase].Of(values, spread: 1);
        Weights weights = conditioning.For(phase, patchClass, good);
        float signal = 0;
        for (int i = 0; i < weights.Values.Length; i++)
        {
            signal += weights.Values[i] * values[weights.Neighbors[i]];
        }

        double best = conditioning.For(phase, patchClass, (1UL << steps.Length) - 1).Variance;
        return new Inferred(signal, (float)Math.Sqrt((best + NoVariance) / (weights.Variance + NoVariance)));
    }
}
