using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Correction;

/// <summary>
/// The best linear estimate from whichever neighbours are good, of all colours, with second moments learned from the frame itself, apart for each
/// direction class and bent towards the surroundings: singles, clusters, whole columns, borders and corners are one formula. Where fewer than eight neighbours of a patch are good,
/// <see cref="WindowMean"/> looks farther; so it does where the frame shows too few whole patches to learn from.
/// </summary>
/// <param name="kept">The models of a video; null: each frame has its own.</param>
internal sealed class ModelCorrector(KeptModels? kept = null) : IDefectCorrector, IVideoAlgorithm<IDefectCorrector>
{
    private const int Radius = 3;
    private const int SamplesPerPhase = 26_000;

    public static Algorithm<IDefectCorrector> Registration { get; } =
        new(
            "model",
            "Infers the value from all good neighbours of all colours with weights learned from the frame itself, for any pattern of missing ones.",
            "PixelMend; kriging with an unknown mean",
            [],
            _ => new ModelCorrector()
        );

    public IDefectCorrector ForVideo() => new ModelCorrector(new KeptModels());

    public CorrectionReport Correct(RawFrame frame, DefectMap map, ParallelOptions options)
    {
        var job = new CorrectionJob(frame, map);
        var view = new MosaicView(frame);
        var suspects = new Suspects(view, map);
        Fill[] guesses = suspects.Guess();
        MosaicModel model = Learn(view, guesses, options);
        var rough = new PatchInference(view, suspects, new Fills(view.Height, guesses), model);
        Fills inferred = Infer(rough, view, guesses, options);
        var inference = new PatchInference(view, suspects, inferred, model) { Surroundings = new LocalPatches(view, model, inferred) };
        return job.Run((x, y) => frame.ActiveArea.Contains(x, y) ? inference.At(x - view.Left, y - view.Top) : null, options);
    }

    /// <summary>A first value for every photosite to repair: the patches around each one hold others.</summary>
    private static Fills Infer(PatchInference inference, MosaicView view, Fill[] guesses, ParallelOptions options)
    {
        var fills = new Fill[guesses.Length];
        Parallel.For(
            0,
            guesses.Length,
            options,
            i => fills[i] = guesses[i] with { Signal = inference.At(guesses[i].X, guesses[i].Y)?.Signal ?? guesses[i].Signal }
        );
        return new Fills(view.Height, fills);
    }

    /// <summary>Patches that hold a defect teach nothing.</summary>
    private MosaicModel Learn(MosaicView view, Fill[] guesses, ParallelOptions options)
    {
        var layout = new PhaseLayout(view.Width, view.Height, view.Cfa);
        var untaught = new Fills(view.Height, [.. guesses.Select(g => g with { Signal = float.NaN })]);
        using var stripes = new Stripes(view, layout, untaught, clamp: false, Patch.Steps(Radius), options);
        MosaicModel Fit() => MosaicModel.Fit(stripes, SamplesPerPhase, classes: true, view.Quantisation, options);
        return kept is null ? Fit() : kept.For("correction", stripes, Fit, options);
    }
}
