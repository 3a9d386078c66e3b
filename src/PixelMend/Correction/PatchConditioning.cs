using System.Collections.Concurrent;
using PixelMend.Prediction;

namespace PixelMend.Correction;

/// <summary>Weights for every pattern of missing neighbours that occurs: solved once each, then reused.</summary>
internal sealed class PatchConditioning(MosaicModel model)
{
    private readonly ConcurrentDictionary<(int Phase, int Class, ulong Good), Weights> solved = new();

    /// <summary>The best weights for the good neighbours of a patch.</summary>
    /// <param name="phase">CFA phase of the centre.</param>
    /// <param name="patchClass">Class of the patch.</param>
    /// <param name="good">One bit per neighbour, in the order of the model's steps; at least one is set.</param>
    public Weights For(int phase, int patchClass, ulong good) =>
        solved.GetOrAdd(
            (phase, patchClass, good),
            static (key, m) => Weights.Solve(m.Phases[key.Phase].ClassCovariances[key.Class], key.Good),
            model
        );
}

/// <summary>How to predict a photosite from its good neighbours.</summary>
/// <param name="Neighbors">Indices into the model's steps.</param>
/// <param name="Values">One weight each; they sum to one.</param>
/// <param name="Variance">What they leave unexplained, in units of the patch's spread squared.</param>
internal sealed record Weights(int[] Neighbors, float[] Values, double Variance)
{
    /// <summary>The best weights for good neighbours, one bit each.</summary>
    public static Weights Solve(PatchCovariance covariance, ulong good) =>
        Solve(covariance, [.. Enumerable.Range(0, covariance.Neighbors).Where(t => (good >> t & 1) != 0)]);

    /// <summary>The best weights for good neighbours by their indices.</summary>
    public static Weights Solve(PatchCovariance covariance, int[] good)
    {
        var weights = new double[good.Length];
        covariance.Solve(good, weights);
        return new Weights(good, Array.ConvertAll(weights, w => (float)w), covariance.Unexplained(good, weights));
    }

    /// <summary>The prediction from a patch's signals.</summary>
    public float Apply(ReadOnlySpan<float> signals)
    {
        float signal = 0;
        for (int i = 0; i < Values.Length; i++)
        {
            signal += Values[i] * signals[Neighbors[i]];
        }

        return signal;
    }
}
