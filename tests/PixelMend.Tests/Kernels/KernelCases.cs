using PixelMend.Kernels;

namespace PixelMend.Tests.Kernels;

/// <summary>One kernel as the tests see it: what it makes of inputs, naively, at a given width, and as called by others.</summary>
internal interface IKernelCase
{
    static abstract void Reference(KernelInputs inputs, Span<float> result);

    static abstract void Run(KernelInputs inputs, Span<float> result);

    static abstract void Run<TLanes>(KernelInputs inputs, Span<float> result)
        where TLanes : struct, ILanes<TLanes>;
}

internal sealed class AbsoluteDifferenceCase : IKernelCase
{
    public static void Reference(KernelInputs inputs, Span<float> result) => AbsoluteDifference.Reference(inputs.A, inputs.B, result);

    public static void Run(KernelInputs inputs, Span<float> result) => AbsoluteDifference.Run(inputs.A, inputs.B, result);

    public static void Run<TLanes>(KernelInputs inputs, Span<float> result)
        where TLanes : struct, ILanes<TLanes>
    {
        AbsoluteDifference kernel = AbsoluteDifference.Create(inputs.A, inputs.B, result);
        RowKernel.Run<AbsoluteDifference, TLanes>(ref kernel, result.Length);
    }
}

internal sealed class BoundedScoreCase : IKernelCase
{
    private static readonly DefectScale Scale = new(0.01f, 0.002f, new Excuses(1, 0.7f, 0.1f));

    public static void Reference(KernelInputs inputs, Span<float> result) =>
        BoundedScore.Reference(inputs.A, inputs.B, Activity(inputs), Scale, result);

    public static void Run(KernelInputs inputs, Span<float> result) =>
        BoundedScore.Run(inputs.A, inputs.B, Activity(inputs), Scale, result);

    public static void Run<TLanes>(KernelInputs inputs, Span<float> result)
        where TLanes : struct, ILanes<TLanes>
    {
        BoundedScore kernel = BoundedScore.Create(inputs.A, inputs.B, Activity(inputs), Scale, result);
        RowKernel.Run<BoundedScore, TLanes>(ref kernel, result.Length);
    }

    private static float[] Activity(KernelInputs inputs) => Array.ConvertAll(inputs.C, MathF.Abs);
}

internal sealed class DefectScoreCase : IKernelCase
{
    private static readonly DefectScale Scale = new(0.01f, 0.002f, new Excuses(1, 0.7f, 0.1f));

    public static void Reference(KernelInputs inputs, Span<float> result) => DefectScore.Reference(Rows(inputs), Scale, result);

    public static void Run(KernelInputs inputs, Span<float> result) => DefectScore.Run(Rows(inputs), Scale, result);

    public static void Run<TLanes>(KernelInputs inputs, Span<float> result)
        where TLanes : struct, ILanes<TLanes>
    {
        DefectScore kernel = DefectScore.Create(Rows(inputs), Scale, result);
        RowKernel.Run<DefectScore, TLanes>(ref kernel, result.Length);
    }

    private static DefectScoreRows Rows(KernelInputs inputs) =>
        new()
        {
            Value = inputs.A,
            Prediction = inputs.B,
            Activity = Array.ConvertAll(inputs.C, MathF.Abs),
            Clean = inputs.Plane,
            Excess = inputs.Plane.AsSpan(1),
            Origin = inputs.Origin - 1,
            Opposites = inputs.Offsets,
            Adjacent = inputs.Offsets.AsSpan(2, 4),
        };
}

internal sealed class MedianContrastCase : IKernelCase
{
    public static void Reference(KernelInputs inputs, Span<float> result) =>
        MedianContrast.Reference(inputs.Plane, inputs.Origin, inputs.Offsets.AsSpan(0, MedianContrast.Others), result);

    public static void Run(KernelInputs inputs, Span<float> result) =>
        MedianContrast.Run(inputs.Plane, inputs.Origin, inputs.Offsets.AsSpan(0, MedianContrast.Others), result);

    public static void Run<TLanes>(KernelInputs inputs, Span<float> result)
        where TLanes : struct, ILanes<TLanes>
    {
        MedianContrast kernel = MedianContrast.Create(inputs.Plane, inputs.Origin, inputs.Offsets.AsSpan(0, MedianContrast.Others), result);
        RowKernel.Run<MedianContrast, TLanes>(ref kernel, result.Length);
    }
}

internal sealed class RingClampCase : IKernelCase
{
    public static void Reference(KernelInputs inputs, Span<float> result) =>
        RingClamp.Reference(inputs.Plane, inputs.Origin, inputs.Offsets, result);

    public static void Run(KernelInputs inputs, Span<float> result) => RingClamp.Run(inputs.Plane, inputs.Origin, inputs.Offsets, result);

    public static void Run<TLanes>(KernelInputs inputs, Span<float> result)
        where TLanes : struct, ILanes<TLanes>
    {
        RingClamp kernel = RingClamp.Create(inputs.Plane, inputs.Origin, inputs.Offsets, result);
        RowKernel.Run<RingClamp, TLanes>(ref kernel, result.Length);
    }
}

internal sealed class RingExcessCase : IKernelCase
{
    public static void Reference(KernelInputs inputs, Span<float> result) =>
        RingExcess.Reference(inputs.Plane, inputs.Origin, inputs.Offsets, result);

    public static void Run(KernelInputs inputs, Span<float> result) => RingExcess.Run(inputs.Plane, inputs.Origin, inputs.Offsets, result);

    public static void Run<TLanes>(KernelInputs inputs, Span<float> result)
        where TLanes : struct, ILanes<TLanes>
    {
        RingExcess kernel = RingExcess.Create(inputs.Plane, inputs.Origin, inputs.Offsets, result);
        RowKernel.Run<RingExcess, TLanes>(ref kernel, result.Length);
    }
}

internal sealed class ToSignalCase : IKernelCase
{
    public static void Reference(KernelInputs inputs, Span<float> result)
    {
        inputs.C.CopyTo(result);
        ToSignal.Reference(inputs.A, inputs.Factor, inputs.B, result);
    }

    public static void Run(KernelInputs inputs, Span<float> result)
    {
        inputs.C.CopyTo(result);
        ToSignal.Run(inputs.A, inputs.Factor, inputs.B, result);
    }

    public static void Run<TLanes>(KernelInputs inputs, Span<float> result)
        where TLanes : struct, ILanes<TLanes>
    {
        inputs.C.CopyTo(result);
        ToSignal kernel = ToSignal.Create(inputs.A, inputs.Factor, inputs.B, result);
        RowKernel.Run<ToSignal, TLanes>(ref kernel, result.Length);
    }
}

internal sealed class PeriodicSumCase : IKernelCase
{
    private const int Period = 6;
    private const int Phase = 4;

    public static void Reference(KernelInputs inputs, Span<float> result) =>
        PeriodicSum.Reference(inputs.Plane, inputs.Origin, inputs.Offsets, WeightsOf(inputs), Phase, result);

    public static void Run(KernelInputs inputs, Span<float> result) =>
        PeriodicSum.Run(inputs.Plane, inputs.Origin, inputs.Offsets, WeightsOf(inputs), Phase, result);

    public static void Run<TLanes>(KernelInputs inputs, Span<float> result)
        where TLanes : struct, ILanes<TLanes>
    {
        PeriodicSum kernel = PeriodicSum.Create(inputs.Plane, inputs.Origin, inputs.Offsets, WeightsOf(inputs), Phase, result);
        RowKernel.Run<PeriodicSum, TLanes>(ref kernel, result.Length);
    }

    private static PeriodicWeights WeightsOf(KernelInputs inputs) =>
        new(inputs.Weights.Length, Period, (t, i) => inputs.Weights[t] * (1 + i));
}

internal sealed class RunningSumCase : IKernelCase
{
    public static void Reference(KernelInputs inputs, Span<float> result)
    {
        inputs.B.CopyTo(result);
        RunningSum.Reference(inputs.A, result);
    }

    public static void Run(KernelInputs inputs, Span<float> result)
    {
        inputs.B.CopyTo(result);
        RunningSum.Run(inputs.A, result);
    }

    public static void Run<TLanes>(KernelInputs inputs, Span<float> result)
        where TLanes : struct, ILanes<TLanes>
    {
        inputs.B.CopyTo(result);
        RunningSum kernel = RunningSum.Create(inputs.A, result);
        RowKernel.Run<RunningSum, TLanes>(ref kernel, result.Length);
    }
}

internal sealed class WeightedSumCase : IKernelCase
{
    public static void Reference(KernelInputs inputs, Span<float> result) =>
        WeightedSum.Reference(inputs.Plane, inputs.Origin, inputs.Offsets, inputs.Weights, result);

    public static void Run(KernelInputs inputs, Span<float> result) =>
        WeightedSum.Run(inputs.Plane, inputs.Origin, inputs.Offsets, inputs.Weights, result);

    public static void Run<TLanes>(KernelInputs inputs, Span<float> result)
        where TLanes : struct, ILanes<TLanes>
    {
        WeightedSum kernel = WeightedSum.Create(inputs.Plane, inputs.Origin, inputs.Offsets, inputs.Weights, result);
        RowKernel.Run<WeightedSum, TLanes>(ref kernel, result.Length);
    }
}

/// <summary>Mean and spread, of which a sum with weights shows that each went where it belongs.</summary>
internal sealed class NeighborSpreadCase : IKernelCase
{
    private delegate void Looker(Span<float> mean, Span<float> spread);

    public static void Reference(KernelInputs inputs, Span<float> result) =>
        Look(result, (mean, spread) => NeighborSpread.Reference(inputs.Plane, inputs.Origin, inputs.Offsets, mean, spread));

    public static void Run(KernelInputs inputs, Span<float> result) =>
        Look(result, (mean, spread) => NeighborSpread.Run(inputs.Plane, inputs.Origin, inputs.Offsets, mean, spread));

    public static void Run<TLanes>(KernelInputs inputs, Span<float> result)
        where TLanes : struct, ILanes<TLanes> =>
        Look(
            result,
            (mean, spread) =>
            {
                NeighborSpread kernel = NeighborSpread.Create(inputs.Plane, inputs.Origin, inputs.Offsets, mean, spread);
                RowKernel.Run<NeighborSpread, TLanes>(ref kernel, mean.Length);
            }
        );

    private static void Look(Span<float> result, Looker look)
    {
        var spread = new float[result.Length];
        look(result, spread);
        for (int i = 0; i < spread.Length; i++)
        {
            result[i] += 3 * spread[i];
        }
    }
}

/// <summary>Two predictions and the second one's residuals, of which the sum shows that each went where it belongs.</summary>
internal sealed class TwoPredictionsCase : IKernelCase
{
    private delegate void Predictor(in PredictedRow first, in PredictedRow second);

    public static void Reference(KernelInputs inputs, Span<float> result) =>
        Predict(
            inputs,
            result,
            (in first, in second) => TwoPredictions.Reference(inputs.Plane, inputs.Origin, inputs.Offsets, first, second)
        );

    public static void Run(KernelInputs inputs, Span<float> result) =>
        Predict(inputs, result, (in first, in second) => TwoPredictions.Run(inputs.Plane, inputs.Origin, inputs.Offsets, first, second));

    public static void Run<TLanes>(KernelInputs inputs, Span<float> result)
        where TLanes : struct, ILanes<TLanes> =>
        Predict(
            inputs,
            result,
            (in first, in second) =>
            {
                TwoPredictions kernel = TwoPredictions.Create(inputs.Plane, inputs.Origin, inputs.Offsets, first, second);
                RowKernel.Run<TwoPredictions, TLanes>(ref kernel, first.Prediction.Length);
            }
        );

    private static void Predict(KernelInputs inputs, Span<float> result, Predictor predict)
    {
        int length = result.Length;
        var others = new float[3 * length];
        var first = new PredictedRow
        {
            Weights = inputs.Weights,
            Prediction = others.AsSpan(0, length),
            Residual = others.AsSpan(length, length),
        };
        var second = new PredictedRow
        {
            Weights = [.. inputs.Weights.Reverse()],
            Prediction = others.AsSpan(2 * length, length),
            Residual = result,
        };
        predict(first, second);
        for (int i = 0; i < length; i++)
        {
            result[i] = (result[i] + (3 * others[i])) + ((5 * others[length + i]) + (7 * others[(2 * length) + i]));
        }
    }
}
