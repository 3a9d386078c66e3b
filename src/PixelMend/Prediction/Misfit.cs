using PixelMend.Frames;

namespace PixelMend.Prediction;

/// <summary>How far a model's predictions are off on a frame, and how much there is to predict. On the frame that it was learned from this says what is normal for it.</summary>
/// <param name="Quiet">Median of the deviations, in standard deviations of the noise that the model expects there: what quiet places show.</param>
/// <param name="Detail">Their last tenth: what detail shows.</param>
/// <param name="Spread">Mean spread of neighbourhoods, as a signal: the scene's own, for predictions may be off by as much where they are right.</param>
internal readonly record struct Misfit(float Quiet, float Detail, float Spread)
{
    private const int SamplesPerPhase = 4_000;
    private const double QuietQuantile = 0.5;
    private const double DetailQuantile = 0.9;

    /// <summary>Five times what chance alone makes of a quantile of so many samples, and less than any threshold would notice.</summary>
    private const float Tolerance = 0.1f;

    /// <summary>A scene that moves shows now more, now less detail; another has another amount of it.</summary>
    private const float SpreadTolerance = 0.25f;

    public static Misfit Of(MosaicModel model, Stripes stripes, ParallelOptions options)
    {
        PhaseLayout layout = stripes.Layout;
        var deviations = new float[layout.Cfa.PhaseCount][];
        var spreads = new float[deviations.Length];
        Parallel.For(
            0,
            deviations.Length,
            options,
            p =>
            {
                using PatchSamples samples = PatchSamples.Draw(stripes, p, SamplesPerPhase);
                spreads[p] = samples.Floor;
                (float[] levels, float[] residuals) = model.Phases[p].Judge(samples);
                deviations[p] = [.. residuals.Select((r, k) => r / (float)Math.Max(model.Noise.Sigma(levels[k]), 1e-9))];
            }
        );
        float[] all = [.. deviations.SelectMany(d => d)];
        return all.Length == 0
            ? default
            : new Misfit(Quantiles.Select([.. all], QuietQuantile), Quantiles.Select([.. all], DetailQuantile), spreads.Average());
    }

    /// <summary>Whether a frame's predictions are about as good as another's: neither worse, nor so much better that the noise is less than expected.</summary>
    public bool IsLike(Misfit other) =>
        IsLike(Quiet, other.Quiet, Tolerance) && IsLike(Detail, other.Detail, Tolerance) && IsLike(Spread, other.Spread, SpreadTolerance);

    private static bool IsLike(float one, float other, float tolerance) => MathF.Abs(one - other) <= tolerance * other;
}
