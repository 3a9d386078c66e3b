using System.Runtime.CompilerServices;

namespace PixelMend.Kernels;

/// <summary>
/// Evidence to be added up over many photosites: result[i] = (value − prediction) / spread, limited to ±1, where spread = σ + activity, and
/// σ² = noise offset + noise slope · max(prediction, 0). None counts more than an ordinary one.
/// </summary>
internal readonly ref struct BoundedScore : IRowKernel
{
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
        TLanes.Max(TLanes.Broadcast(-1), TLanes.Min(TLanes.Broadcast(1), score)).Store(ref Unsafe.Add(ref result, i));
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
            result[i] = MathF.Max(-1, MathF.Min(1, (value[i] - prediction[i]) / spread));
        }
    }
}
