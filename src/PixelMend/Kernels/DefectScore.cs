using System.Runtime.CompilerServices;

namespace PixelMend.Kernels;

/// <summary>
/// How badly the neighbourhood explains each photosite of a row: score = unexplained / allowed.
/// Unexplained is the residual |value − prediction|, or less where its own colour comes closer to the value: along an edge the mean of two opposite
/// neighbours follows it, and where several neighbours go as far, so may it. Allowed is σ(prediction) plus, each with its weight, activity (the mean
/// residual around), support (the largest excess of the four adjacent photosites that has the residual's sign: light spreads to the neighbours, a
/// defect does not) and texture (the range of the neighbours, without its highest and lowest, so that one more defect makes no difference);
/// σ² = noise offset + noise slope · max(prediction, 0).
/// </summary>
internal readonly ref struct DefectScore : IRowKernel
{
    /// <summary>How far beyond the second farthest neighbour a photosite must be for its whole residual to count, as a part of the residual.</summary>
    public const float SecondWeight = 2;

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
        TLanes first = closest;
        TLanes second = closest;
        TLanes last = TLanes.Broadcast(float.PositiveInfinity);
        TLanes lastButOne = last;
        for (int t = 0; t < opposites.Length; t += 2)
        {
            TLanes one = TLanes.FlipSign(TLanes.Load(in Unsafe.Add(ref same, opposites[t])), residual);
            TLanes other = TLanes.FlipSign(TLanes.Load(in Unsafe.Add(ref same, opposites[t + 1])), residual);
            closest = TLanes.Max(closest, (one + other) * half);
            TLanes high = TLanes.Max(one, other);
            TLanes low = TLanes.Min(one, other);
            second = TLanes.Max(TLanes.Max(second, low), TLanes.Min(first, high));
            first = TLanes.Max(first, high);
            lastButOne = TLanes.Min(TLanes.Min(lastButOne, high), TLanes.Max(last, low));
            last = TLanes.Min(last, low);
        }

        TLanes far = TLanes.FlipSign(measured, residual);
        TLanes unexplained = TLanes.Min(TLanes.Abs(residual), TLanes.Min(far - closest, (far - second) * TLanes.Broadcast(SecondWeight)));
        TLanes variance = TLanes.Broadcast(scale.NoiseOffset) + (TLanes.Broadcast(scale.NoiseSlope) * TLanes.Max(predicted, zero));
        TLanes allowed =
            TLanes.Sqrt(variance)
            + (TLanes.Broadcast(scale.Excuses.Activity) * TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in activity), i)))
            + (TLanes.Broadcast(scale.Excuses.Support) * support)
            + (TLanes.Broadcast(scale.Excuses.Texture) * TLanes.Max(zero, second - lastButOne));
        (TLanes.Max(zero, unexplained) / allowed).Store(ref Unsafe.Add(ref score, i));
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
            var same = new List<float>();
            for (int t = 0; t < rows.Opposites.Length; t += 2)
            {
                float one = sign * rows.Clean[rows.Origin + rows.Opposites[t] + i];
                float other = sign * rows.Clean[rows.Origin + rows.Opposites[t + 1] + i];
                closest = MathF.Max(closest, (one + other) * 0.5f);
                same.AddRange([one, other]);
            }

            same.Sort();
            float far = sign * rows.Value[i];
            float second = same.Count < 2 ? float.NegativeInfinity : same[^2];
            float lastButOne = same.Count < 2 ? float.PositiveInfinity : same[1];
            float unexplained = MathF.Min(MathF.Abs(residual), MathF.Min(far - closest, (far - second) * SecondWeight));
            float sigma = MathF.Sqrt(scale.NoiseOffset + (scale.NoiseSlope * MathF.Max(rows.Prediction[i], 0)));
            float texture = MathF.Max(0, second - lastButOne);
            float allowed =
                sigma + (scale.Excuses.Activity * rows.Activity[i]) + (scale.Excuses.Support * support) + (scale.Excuses.Texture * texture);
            score[i] = MathF.Max(0, unexplained) / allowed;
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
/// <param name="Excuses">What else excuses a residual.</param>
internal readonly record struct DefectScale(float NoiseOffset, float NoiseSlope, Excuses Excuses)
{
    /// <summary>What counts of the noise at a signal.</summary>
    public float Sigma(float signal) => MathF.Sqrt(NoiseOffset + (NoiseSlope * MathF.Max(signal, 0)));
}

/// <summary>How much of what is seen around a photosite excuses its residual.</summary>
/// <param name="Activity">Weight of the mean residual around.</param>
/// <param name="Support">Weight of the adjacent photosites' excess.</param>
/// <param name="Texture">Weight of the range of the neighbours of its colour.</param>
internal readonly record struct Excuses(float Activity, float Support, float Texture);
