using System.Runtime.CompilerServices;

namespace PixelMend.Kernels;

/// <summary>
/// Evidence to be added up over many photosites: result[i] = score · max(σ / spread, (score / <see cref="Bound"/>)⁴), where
/// score = (value − prediction) / spread, limited to ±<see cref="Bound"/>, spread = σ + activity, and σ² = noise offset + noise slope · max(prediction, 0).
/// Small scores count where it is quiet, large ones everywhere, and none more than a few ordinary ones together.
/// </summary>
internal readonly ref struct BoundedScore : IRowKernel
{
    /// <summary>Largest magnitude of a score.</summary>
    public const float Bound = 2;

    private readonly ref readonly float value;
    private readonly ref readonly float prediction;
    private readonly ref readonly float activity;
    private readonly DefectScale scale;
    private readonly ref float result;

    private BoundedScore(
        ref readonly float value,
        ref readonly float prediction,
        ref readonly float activity,
        DefectScale scale,
        ref float result
    )
    {
        this.value = ref value;
        this.prediction = ref prediction;
        this.activity = ref activity;
        this.scale = scale;
        this.result = ref result;
    }

    /// <summary>Works on the first result.Length values of all rows.</summary>
    public static void Run(
        ReadOnlySpan<float> value,
        ReadOnlySpan<float> prediction,
        ReadOnlySpan<float> activity,
        DefectScale scale,
        Span<float> result
    )
    {
        BoundedScore kernel = Create(value, prediction, activity, scale, result);
        RowKernel.Run(ref kernel, result.Length);
    }

    internal static BoundedScore Create(
        ReadOnlySpan<float> value,
        ReadOnlySpan<float> prediction,
        ReadOnlySpan<float> activity,
        DefectScale scale,
        Span<float> result
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value.Length, result.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(prediction.Length, result.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(activity.Length, result.Length);
        return new BoundedScore(in value[0], in prediction[0], in activity[0], scale, ref result[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(nint i)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes predicted = TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in prediction), i));
        TLanes variance =
            TLanes.Broadcast(scale.NoiseOffset) + (TLanes.Broadcast(scale.NoiseSlope) * TLanes.Max(predicted, TLanes.Broadcast(0)));
        TLanes sigma = TLanes.Sqrt(variance);
        TLanes spread = sigma + TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in activity), i));
        TLanes score = (TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in value), i)) - predicted) / spread;
        TLanes bounded = TLanes.Max(TLanes.Broadcast(-Bound), TLanes.Min(TLanes.Broadcast(Bound), score));
        TLanes part = bounded * TLanes.Broadcast(1 / Bound);
        TLanes square = part * part;
        (bounded * TLanes.Max(sigma / spread, square * square)).Store(ref Unsafe.Add(ref result, i));
    }

    internal static void Reference(
        ReadOnlySpan<float> value,
        ReadOnlySpan<float> prediction,
        ReadOnlySpan<float> activity,
        DefectScale scale,
        Span<float> result
    )
    {
        for (int i = 0; i < result.Length; i++)
        {
            float sigma = MathF.Sqrt(scale.NoiseOffset + (scale.NoiseSlope * MathF.Max(prediction[i], 0)));
            float spread = sigma + activity[i];
            float score = MathF.Max(-Bound, MathF.Min(Bound, (value[i] - prediction[i]) / spread));
            float part = score * (1 / Bound);
            float square = part * part;
            result[i] = score * MathF.Max(sigma / spread, square * square);
        }
    }
}
