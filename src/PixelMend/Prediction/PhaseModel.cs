using System.Runtime.Intrinsics;

namespace PixelMend.Prediction;

/// <summary>What the photosites of one CFA phase read, given their neighbours: fitted robustly on the frame itself.</summary>
internal sealed class PhaseModel
{
    private const int Rounds = 2;

    /// <summary>
    /// Residuals beyond this many median residuals count less (Huber, "Robust Estimation of a Location Parameter", 1964).
    /// Detail has long tails that are worth learning from; only what is far beyond them is not believed.
    /// </summary>
    private const float HuberLimit = 8;

    /// <summary>Samples of a class that weigh as much as all of the phase.</summary>
    private const double ClassPrior = 300;

    /// <summary>
    /// A fit is too near to what it was taught by, by a degree of freedom for each weight; where there are hardly more samples than weights, nobody knows by how much.
    /// </summary>
    private const int MostBlindness = 4;

    private PhaseModel(PatchCovariance covariance, PatchCovariance[] classes, float[] weights, float[] levels, float[] residuals)
    {
        Covariance = covariance;
        ClassCovariances = classes;
        Weights = weights;
        EvenLevels = levels;
        EvenResiduals = residuals;
    }

    /// <summary>What is added to the spread of a patch before its values are divided by it.</summary>
    public float SpreadFloor { get; private init; }

    public PatchCovariance Covariance { get; }

    /// <summary>One per class where classes were asked for, drawn towards <see cref="Covariance"/> where a class has few samples; else empty.</summary>
    public PatchCovariance[] ClassCovariances { get; }

    /// <summary>Weights of all neighbours, where all are good.</summary>
    public float[] Weights { get; }

    /// <summary>By how much residuals exceed the noise where there is nothing but noise: neighbours bring their own into what is expected.</summary>
    public float Amplification => MathF.Sqrt(1 + Weights.Sum(w => w * w));

    /// <summary>Predicted signals at the samples drawn evenly over the frame.</summary>
    public float[] EvenLevels { get; }

    /// <summary>Mean signal of the phase, above zero.</summary>
    public float MeanLevel => EvenLevels.Length == 0 ? 1 : MathF.Max(1e-6f, EvenLevels.Average());

    /// <summary>Absolute residuals there, as signals.</summary>
    public float[] EvenResiduals { get; }

    /// <summary>Spread of the neighbours of the phase's own colour there, as signals: how much goes on.</summary>
    public required float[] EvenActivities { get; init; }

    /// <param name="samples">What to learn from.</param>
    /// <param name="alike">Neighbours of the phase's own colour.</param>
    /// <param name="classes">How to sort patches into classes; null for none.</param>
    public static PhaseModel Fit(PatchSamples samples, int[] alike, DirectionClasses? classes = null)
    {
        int[] all = [.. Enumerable.Range(0, samples.Count)];
        int[][] members = classes is null ? [all] : Sort(samples, classes);
        PatchCovariance[] seen = [.. members.Select(m => PatchCovariance.Of(samples, m, Believed(m.Length)))];
        PatchCovariance covariance = FitRobustly(samples, all, Joined(seen, members), prior: null, out double[] weights);
        PatchCovariance[] ofClasses = classes is null
            ? []
            : [.. members.Zip(seen, (m, s) => FitRobustly(samples, m, s, covariance, out _))];
        (float[] levels, float[] residuals) = Judge(samples, weights);
        float blind =
            samples.Count == 0
                ? 1
                : MathF.Sqrt(samples.Count / MathF.Max((float)samples.Count / MostBlindness, samples.Count - weights.Length));
        for (int k = 0; k < residuals.Length; k++)
        {
            residuals[k] *= blind;
        }

        return new PhaseModel(covariance, ofClasses, [.. weights.Select(w => (float)w)], levels, residuals)
        {
            SpreadFloor = samples.Floor,
            EvenActivities = Array.ConvertAll(all[..samples.EvenCount], k => samples.Spread(k, alike)),
        };
    }

    /// <summary>Signals, and how far predictions are off them, at the samples of any frame that are drawn evenly over it.</summary>
    public (float[] Levels, float[] Residuals) Judge(PatchSamples samples) => Judge(samples, [.. Weights.Select(w => (double)w)]);

    private static (float[] Levels, float[] Residuals) Judge(PatchSamples samples, double[] weights)
    {
        int[] even = [.. Enumerable.Range(0, samples.EvenCount)];
        var levels = new float[even.Length];
        var residuals = new float[even.Length];
        Predict(samples, even, weights, levels);
        foreach (int k in even)
        {
            residuals[k] = MathF.Abs(samples.Row(k)[^1] - levels[k]) * samples.Spreads[k];

            // By what is expected, not by what is read: the highest readings of an even sky are those with the largest residuals.
            levels[k] = samples.Means[k] + (levels[k] * samples.Spreads[k]);
        }

        return (levels, residuals);
    }

    /// <summary>The samples of each class.</summary>
    private static int[][] Sort(PatchSamples samples, DirectionClasses classes)
    {
        var members = Enumerable.Range(0, DirectionClasses.Count).Select(_ => new List<int>()).ToArray();
        int[] sorted = classes.Of(samples);
        for (int k = 0; k < sorted.Length; k++)
        {
            members[sorted[k]].Add(k);
        }

        return [.. members.Select(m => m.ToArray())];
    }

    /// <summary>The moments of all samples from those of their parts.</summary>
    private static PatchCovariance Joined(PatchCovariance[] parts, int[][] members)
    {
        PatchCovariance joined = parts[0];
        int count = members[0].Length;
        for (int i = 1; i < parts.Length; i++)
        {
            int both = count + members[i].Length;
            joined = both == 0 ? joined : joined.Mix(parts[i], (double)count / both);
            count = both;
        }

        return joined;
    }

    private static float[] Believed(int count)
    {
        var trust = new float[count];
        trust.AsSpan().Fill(1);
        return trust;
    }

    /// <summary>Second moments in which patches that are predicted badly count less, drawn towards a prior where there are few.</summary>
    /// <param name="samples">What to learn from.</param>
    /// <param name="chosen">Those that count.</param>
    /// <param name="seen">Their moments while all are believed.</param>
    /// <param name="prior">What few samples are drawn towards; null for nothing.</param>
    /// <param name="weights">Of all neighbours.</param>
    private static PatchCovariance FitRobustly(
        PatchSamples samples,
        int[] chosen,
        PatchCovariance seen,
        PatchCovariance? prior,
        out double[] weights
    )
    {
        int[] neighbors = [.. Enumerable.Range(0, samples.Neighbors)];
        if (prior is not null && chosen.Length == 0)
        {
            weights = [];
            return prior;
        }

        double share = prior is null ? 1 : chosen.Length / (chosen.Length + ClassPrior);
        weights = new double[neighbors.Length];
        var residuals = new float[chosen.Length];
        PatchCovariance believed = seen;
        for (int round = 0; ; round++)
        {
            PatchCovariance covariance = prior is null ? believed : believed.Mix(prior, share);
            covariance.Solve(neighbors, weights);
            if (round == Rounds)
            {
                return covariance;
            }

            Residuals(samples, chosen, weights, residuals);
            believed = Less(seen, samples, chosen, residuals);
        }
    }

    /// <summary>Moments without the part of some samples that is not believed: these are few, so that not all need to be added up once more.</summary>
    private static PatchCovariance Less(PatchCovariance seen, PatchSamples samples, int[] chosen, ReadOnlySpan<float> residuals)
    {
        float limit = (HuberLimit * Quantiles.Median([.. residuals])) + 1e-6f;
        var doubted = new List<int>();
        var doubts = new List<float>();
        for (int k = 0; k < chosen.Length; k++)
        {
            if (residuals[k] > limit)
            {
                doubted.Add(chosen[k]);
                doubts.Add(1 - (limit / residuals[k]));
            }
        }

        return doubted.Count == 0
            ? seen
            : seen.Mix(PatchCovariance.Of(samples, [.. doubted], [.. doubts]), chosen.Length / (chosen.Length - (double)doubts.Sum()));
    }

    private static void Residuals(PatchSamples samples, int[] chosen, ReadOnlySpan<double> weights, Span<float> residuals)
    {
        Predict(samples, chosen, weights, residuals);
        for (int k = 0; k < chosen.Length; k++)
        {
            residuals[k] = MathF.Abs(samples.Row(chosen[k])[^1] - residuals[k]);
        }
    }

    /// <summary>What the centres should read, in the units of the rows.</summary>
    private static void Predict(PatchSamples samples, int[] chosen, ReadOnlySpan<double> weights, Span<float> predicted)
    {
        // Zeros for the centre and for what follows it.
        Span<float> padded = stackalloc float[samples.PaddedStride];
        padded.Clear();
        for (int t = 0; t < weights.Length; t++)
        {
            padded[t] = (float)weights[t];
        }

        for (int k = 0; k < chosen.Length; k++)
        {
            ReadOnlySpan<float> row = samples.PaddedRow(chosen[k]);
            Vector256<float> sum = default;
            for (int t = 0; t < padded.Length; t += Vector256<float>.Count)
            {
                sum += Vector256.Create(padded[t..]) * Vector256.Create(row[t..]);
            }

            predicted[k] = Vector256.Sum(sum);
        }
    }
}
