namespace PixelMend.Prediction;

/// <summary>What the photosites of one CFA phase read, given their neighbours: fitted robustly on the frame itself.</summary>
internal sealed class PhaseModel
{
    private const int Rounds = 3;

    /// <summary>Residuals beyond this many median residuals count less (Huber, "Robust Estimation of a Location Parameter", 1964).</summary>
    private const float HuberLimit = 1.5f;

    private PhaseModel(PatchCovariance covariance, float[] weights, float[] levels, float[] residuals)
    {
        Covariance = covariance;
        Weights = weights;
        EvenLevels = levels;
        EvenResiduals = residuals;
    }

    public PatchCovariance Covariance { get; }

    /// <summary>Weights of all neighbours, where all are good.</summary>
    public float[] Weights { get; }

    /// <summary>Predicted signals at the samples drawn evenly over the frame.</summary>
    public float[] EvenLevels { get; }

    /// <summary>Mean signal of the phase, above zero.</summary>
    public float MeanLevel => EvenLevels.Length == 0 ? 1 : MathF.Max(1e-6f, EvenLevels.Average());

    /// <summary>Absolute residuals there, as signals.</summary>
    public float[] EvenResiduals { get; }

    public static PhaseModel Fit(PatchSamples samples)
    {
        int[] all = [.. Enumerable.Range(0, samples.Count)];
        int[] neighbors = [.. Enumerable.Range(0, samples.Neighbors)];
        var trust = new float[samples.Count];
        trust.AsSpan().Fill(1);
        var residuals = new float[samples.Count];
        var weights = new double[neighbors.Length];
        PatchCovariance covariance = PatchCovariance.Of(samples, all, trust);
        covariance.Solve(neighbors, weights);
        for (int round = 0; round < Rounds; round++)
        {
            Residuals(samples, weights, residuals);
            float limit = (HuberLimit * Quantiles.Median([.. residuals])) + 1e-6f;
            for (int k = 0; k < trust.Length; k++)
            {
                trust[k] = 1 / MathF.Max(1, residuals[k] / limit);
            }

            covariance = PatchCovariance.Of(samples, all, trust);
            covariance.Solve(neighbors, weights);
        }

        Residuals(samples, weights, residuals);
        int even = samples.EvenCount;
        var levels = new float[even];
        for (int k = 0; k < even; k++)
        {
            residuals[k] *= samples.Spreads[k];
            levels[k] = samples.Means[k] + (samples.Row(k)[^1] * samples.Spreads[k]);
        }

        return new PhaseModel(covariance, [.. weights.Select(w => (float)w)], levels, residuals[..even]);
    }

    private static void Residuals(PatchSamples samples, ReadOnlySpan<double> weights, Span<float> residuals)
    {
        for (int k = 0; k < residuals.Length; k++)
        {
            ReadOnlySpan<float> row = samples.Row(k);
            double predicted = 0;
            for (int t = 0; t < weights.Length; t++)
            {
                predicted += weights[t] * row[t];
            }

            residuals[k] = (float)Math.Abs(row[^1] - predicted);
        }
    }
}
