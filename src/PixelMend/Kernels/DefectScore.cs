using System.Runtime.CompilerServices;

namespace PixelMend.Kernels;

/// <summary>
/// How badly the neighbourhood explains each photosite of a row: score = unexplained / allowed.
/// Unexplained is the residual |value − prediction|, or less where the means of opposite same-colour neighbours come closer to the value:
/// along an edge one of them follows it. Allowed is σ(prediction) + activity + support weight · support, where
/// σ² = noise offset + noise slope · max(prediction, 0), activity is the mean residual around, and support the largest excess of the
/// four adjacent photosites that has the residual's sign: light spreads to the neighbours, a defect does not.
/// </summary>
internal readonly ref struct DefectScore : IRowKernel
{
    private readonly ref readonly float value;
    private readonly ref readonly float prediction;
    private readonly ref readonly float activity;
    private readonly ref readonly float clean;
    private readonly ReadOnlySpan<int> opposites;
    private readonly ref readonly float excess;
    private readonly ReadOnlySpan<int> adjacent;
    private readonly DefectScale scale;
    private readonly ref float score;

    private DefectScore(in DefectScoreRows rows, DefectScale scale, Span<float> score)
    {
        value = ref rows.Value[0];
        prediction = ref rows.Prediction[0];
        activity = ref rows.Activity[0];
        clean = ref rows.Clean[rows.Origin];
        opposites = rows.Opposites;
        excess = ref rows.Excess[rows.Origin];
        adjacent = rows.Adjacent;
        this.scale = scale;
        this.score = ref score[0];
    }

    /// <summary>Scores score.Length photosites.</summary>
    public static void Run(in DefectScoreRows rows, DefectScale scale, Span<float> score)
    {
        DefectScore kernel = Create(rows, scale, score);
        RowKernel.Run(ref kernel, score.Length);
    }

    internal static DefectScore Create(in DefectScoreRows rows, DefectScale scale, Span<float> score)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Opposites.Length % 2, 0);
        Neighborhood.Check(rows.Clean, rows.Origin, rows.Opposites, score.Length);
        Neighborhood.Check(rows.Excess, rows.Origin, rows.Adjacent, score.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Value.Length, score.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Prediction.Length, score.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Activity.Length, score.Length);
        return new DefectScore(rows, scale, score);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(nint i)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Broadcast(0);
        TLanes measured = TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in value), i));
        TLanes predicted = TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in prediction), i));
        TLanes residual = measured - predicted;

        ref float around = ref Unsafe.Add(ref Unsafe.AsRef(in excess), i);
        TLanes support = zero;
        for (int t = 0; t < adjacent.Length; t++)
        {
            support = TLanes.Max(support, TLanes.FlipSign(TLanes.Load(in Unsafe.Add(ref around, adjacent[t])), residual));
        }

        // Both signs of residual are one case once the sign is multiplied into everything compared.
        ref float same = ref Unsafe.Add(ref Unsafe.AsRef(in clean), i);
        TLanes half = TLanes.Broadcast(0.5f);
        TLanes closest = TLanes.Broadcast(float.NegativeInfinity);
        for (int t = 0; t < opposites.Length; t += 2)
        {
            TLanes mean =
                (TLanes.Load(in Unsafe.Add(ref same, opposites[t])) + TLanes.Load(in Unsafe.Add(ref same, opposites[t + 1]))) * half;
            closest = TLanes.Max(closest, TLanes.FlipSign(mean, residual));
        }

        TLanes beyond = TLanes.Max(zero, TLanes.FlipSign(measured, residual) - closest);
        TLanes unexplained = TLanes.Min(TLanes.Abs(residual), beyond);
        TLanes variance = TLanes.Broadcast(scale.NoiseOffset) + (TLanes.Broadcast(scale.NoiseSlope) * TLanes.Max(predicted, zero));
        TLanes allowed =
            TLanes.Sqrt(variance)
            + TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in activity), i))
            + (TLanes.Broadcast(scale.SupportWeight) * support);
        (unexplained / allowed).Store(ref Unsafe.Add(ref score, i));
    }

    internal static void Reference(in DefectScoreRows rows, DefectScale scale, Span<float> score)
    {
        for (int i = 0; i < score.Length; i++)
        {
            float residual = rows.Value[i] - rows.Prediction[i];
            float sign = float.IsNegative(residual) ? -1 : 1;
            float support = 0;
            foreach (int offset in rows.Adjacent)
            {
                support = MathF.Max(support, sign * rows.Excess[rows.Origin + offset + i]);
            }

            float closest = float.NegativeInfinity;
            for (int t = 0; t < rows.Opposites.Length; t += 2)
            {
                float mean = (rows.Clean[rows.Origin + rows.Opposites[t] + i] + rows.Clean[rows.Origin + rows.Opposites[t + 1] + i]) * 0.5f;
                closest = MathF.Max(closest, sign * mean);
            }

            float unexplained = MathF.Min(MathF.Abs(residual), MathF.Max(0, (sign * rows.Value[i]) - closest));
            float sigma = MathF.Sqrt(scale.NoiseOffset + (scale.NoiseSlope * MathF.Max(rows.Prediction[i], 0)));
            score[i] = unexplained / (sigma + rows.Activity[i] + (scale.SupportWeight * support));
        }
    }
}

/// <summary>What <see cref="DefectScore"/> reads: rows of the photosites scored, and planes in which offsets lead from an origin to their neighbours.</summary>
internal ref struct DefectScoreRows
{
    /// <summary>Signals as measured.</summary>
    public required ReadOnlySpan<float> Value { get; init; }

    /// <summary>Signals as predicted.</summary>
    public required ReadOnlySpan<float> Prediction { get; init; }

    /// <summary>Mean residual around.</summary>
    public required ReadOnlySpan<float> Activity { get; init; }

    /// <summary>Plane of signals to compare with.</summary>
    public required ReadOnlySpan<float> Clean { get; init; }

    /// <summary>Plane of <see cref="RingExcess"/>.</summary>
    public required ReadOnlySpan<float> Excess { get; init; }

    /// <summary>Position of the first photosite in both planes.</summary>
    public required int Origin { get; init; }

    /// <summary>Offsets to same-colour neighbours, opposite ones side by side.</summary>
    public required ReadOnlySpan<int> Opposites { get; init; }

    /// <summary>Offsets to the photosites that share an edge.</summary>
    public required ReadOnlySpan<int> Adjacent { get; init; }
}

/// <summary>What a residual is measured against.</summary>
/// <param name="NoiseOffset">Noise variance at black, signal².</param>
/// <param name="NoiseSlope">Growth of the noise variance with the signal.</param>
/// <param name="SupportWeight">How much of the neighbours' excess excuses a residual.</param>
internal readonly record struct DefectScale(float NoiseOffset, float NoiseSlope, float SupportWeight);
