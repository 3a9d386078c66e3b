using System.Numerics;
using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Correction;

/// <summary>What a learned model says about one defective photosite, given the good photosites of its patch.</summary>
/// <param name="view">The mosaic.</param>
/// <param name="suspects">Photosites that must not be read.</param>
/// <param name="guesses">Rough values for them, which decide the patch's class and nothing else.</param>
/// <param name="model">Learned with classes.</param>
internal sealed class PatchInference(MosaicView view, Suspects suspects, Fills guesses, MosaicModel model)
{
    private const int NeighborsNeeded = 8;

    /// <summary>Fewer patches than this for each weight of a phase teach it their noise.</summary>
    private const int PatchesPerWeight = 2;

    /// <summary>Unexplained variance that makes no difference: where nothing is left unexplained, all patterns of neighbours are equally good.</summary>
    private const double NoVariance = 1e-9;

    private readonly PatchConditioning conditioning = new(model);
    private readonly ulong allGood = (1UL << model.Steps.Length) - 1;

    /// <summary>What the surroundings of each photosite teach beside the frame as a whole; null for a first inference.</summary>
    public LocalPatches? Surroundings { get; init; }

    /// <summary>The inferred signal at a photosite of the view; null where too few neighbours are good or too little was learned.</summary>
    public Inferred? At(int x, int y)
    {
        Span<float> values = stackalloc float[model.Steps.Length];
        ulong good = Read(x, y, values);
        int phase = view.Cfa.PhaseOf(x, y);
        if (BitOperations.PopCount(good) < NeighborsNeeded || model.Phases[phase].EvenLevels.Length < PatchesPerWeight * values.Length)
        {
            return null;
        }

        int patchClass = model.Classes[phase].Of(values, spread: 1);
        Weights weights = conditioning.For(phase, patchClass, good);
        float signal = weights.Apply(values);
        if (Surroundings is { } local && local.IsBusy(values, signal))
        {
            PatchCovariance covariance = local.Around(x, y, model.Phases[phase].ClassCovariances[patchClass]);
            signal = Weights.Solve(covariance, weights.Neighbors).Apply(values);
        }

        double best = conditioning.For(phase, patchClass, allGood).Variance;
        return new Inferred(signal, (float)Math.Sqrt((best + NoVariance) / (weights.Variance + NoVariance)));
    }

    /// <summary>The patch's signals, with stand-ins beyond borders and at suspects; the bits of the result say which are neither.</summary>
    private ulong Read(int x, int y, Span<float> values)
    {
        ulong good = 0;
        for (int t = 0; t < values.Length; t++)
        {
            (int nx, int ny) = (x + model.Steps[t].Dx, y + model.Steps[t].Dy);
            int insideX = PhaseLayout.Mirror(nx, view.Width, view.Cfa.Width);
            int insideY = PhaseLayout.Mirror(ny, view.Height, view.Cfa.Height);
            bool trusted = !suspects.Contains(insideX, insideY);
            values[t] = trusted ? view.Signal(insideX, insideY) : guesses.Signal(insideX, insideY);
            good |= trusted && view.Contains(nx, ny) ? 1UL << t : 0;
        }

        return good;
    }
}
