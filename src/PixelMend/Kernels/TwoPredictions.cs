using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PixelMend.Kernels;

/// <summary>
/// Predicts a row twice from the same neighbourhood, with two sets of weights: prediction[i] = Σ weight[t] · plane[origin + offset[t] + i], and
/// residual[i] = |plane[origin + i] − prediction[i]|. Every neighbour is read once for both; one that a prediction is not to see has weight 0 there.
/// Terms are added in the order given.
/// </summary>
internal readonly ref struct TwoPredictions : IRowKernel
{
    private readonly ref readonly float source;
    private readonly ReadOnlySpan<int> offsets;
    private readonly ReadOnlySpan<float> firstWeights;
    private readonly ReadOnlySpan<float> secondWeights;
    private readonly ref float firstPrediction;
    private readonly ref float firstResidual;
    private readonly ref float secondPrediction;
    private readonly ref float secondResidual;

    private TwoPredictions(ref readonly float source, ReadOnlySpan<int> offsets, in PredictedRow first, in PredictedRow second)
    {
        this.source = ref source;
        this.offsets = offsets;
        firstWeights = first.Weights;
        secondWeights = second.Weights;
        firstPrediction = ref first.Prediction[0];
        firstResidual = ref first.Residual[0];
        secondPrediction = ref second.Prediction[0];
        secondResidual = ref second.Residual[0];
    }

    /// <summary>Every offset must lead to as many floats inside the plane as are predicted.</summary>
    public static void Run(ReadOnlySpan<float> plane, int origin, ReadOnlySpan<int> offsets, in PredictedRow first, in PredictedRow second)
    {
        TwoPredictions kernel = Create(plane, origin, offsets, first, second);
        RowKernel.RunWide(ref kernel, first.Prediction.Length);
    }

    internal static TwoPredictions Create(
        ReadOnlySpan<float> plane,
        int origin,
        ReadOnlySpan<int> offsets,
        in PredictedRow first,
        in PredictedRow second
    )
    {
        int length = first.Prediction.Length;
        Neighborhood.Check(plane, origin, offsets, length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(first.Weights.Length, offsets.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Weights.Length, offsets.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(first.Residual.Length, length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Prediction.Length, length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Residual.Length, length);
        return new TwoPredictions(in plane[origin], offsets, first, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(nint i)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float at = ref Unsafe.Add(ref Unsafe.AsRef(in source), i);
        ref int offset = ref MemoryMarshal.GetReference(offsets);
        ref float firstWeight = ref MemoryMarshal.GetReference(firstWeights);
        ref float secondWeight = ref MemoryMarshal.GetReference(secondWeights);
        TLanes first = TLanes.Broadcast(0);
        TLanes second = first;
        for (nint t = 0; t < offsets.Length; t++)
        {
            TLanes neighbor = TLanes.Load(in Unsafe.Add(ref at, Unsafe.Add(ref offset, t)));
            first += TLanes.Broadcast(Unsafe.Add(ref firstWeight, t)) * neighbor;
            second += TLanes.Broadcast(Unsafe.Add(ref secondWeight, t)) * neighbor;
        }

        TLanes measured = TLanes.Load(in at);
        first.Store(ref Unsafe.Add(ref firstPrediction, i));
        second.Store(ref Unsafe.Add(ref secondPrediction, i));
        TLanes.Abs(measured - first).Store(ref Unsafe.Add(ref firstResidual, i));
        TLanes.Abs(measured - second).Store(ref Unsafe.Add(ref secondResidual, i));
    }

    internal static void Reference(
        ReadOnlySpan<float> plane,
        int origin,
        ReadOnlySpan<int> offsets,
        in PredictedRow first,
        in PredictedRow second
    )
    {
        WeightedSum.Reference(plane, origin, offsets, first.Weights, first.Prediction);
        WeightedSum.Reference(plane, origin, offsets, second.Weights, second.Prediction);
        AbsoluteDifference.Reference(plane[origin..], first.Prediction, first.Residual);
        AbsoluteDifference.Reference(plane[origin..], second.Prediction, second.Residual);
    }
}

/// <summary>How a row is to be predicted, and where to put what comes out.</summary>
internal readonly ref struct PredictedRow
{
    /// <summary>One weight per neighbour.</summary>
    public required ReadOnlySpan<float> Weights { get; init; }

    public required Span<float> Prediction { get; init; }

    /// <summary>By how much the row differs from that.</summary>
    public required Span<float> Residual { get; init; }
}
