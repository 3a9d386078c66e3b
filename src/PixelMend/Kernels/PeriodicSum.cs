using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>
/// result[i] = Σ weight[t][(phase + i) mod period] · plane[origin + offset[t] + i]: a stretch of a mosaic predicted from its neighbourhood without being taken
/// apart into phases. Terms are added in the order given.
/// </summary>
internal readonly ref struct PeriodicSum : IRowKernel
{
    private readonly ref readonly float source;
    private readonly ReadOnlySpan<int> offsets;
    private readonly PeriodicWeights weights;
    private readonly int phase;
    private readonly ref float result;

    private PeriodicSum(ref readonly float source, ReadOnlySpan<int> offsets, PeriodicWeights weights, int phase, ref float result)
    {
        this.source = ref source;
        this.offsets = offsets;
        this.weights = weights;
        this.phase = phase;
        this.result = ref result;
    }

    /// <summary>Every offset must lead to result.Length floats inside the plane.</summary>
    public static void Run(
        ReadOnlySpan<float> plane,
        int origin,
        ReadOnlySpan<int> offsets,
        PeriodicWeights weights,
        int phase,
        Span<float> result
    )
    {
        PeriodicSum kernel = Create(plane, origin, offsets, weights, phase, result);
        RowKernel.Run(ref kernel, result.Length);
    }

    internal static PeriodicSum Create(
        ReadOnlySpan<float> plane,
        int origin,
        ReadOnlySpan<int> offsets,
        PeriodicWeights weights,
        int phase,
        Span<float> result
    )
    {
        Neighborhood.Check(plane, origin, offsets, result.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Terms, offsets.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(phase);
        return new PeriodicSum(in plane[origin], offsets, weights, phase, ref result[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TLanes>(nint i)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float at = ref Unsafe.Add(ref Unsafe.AsRef(in source), i);
        ref float weight = ref Unsafe.Add(ref weights.First, (phase + (int)i) % weights.Period);
        TLanes sum = TLanes.Broadcast(0);
        for (int t = 0; t < offsets.Length; t++)
        {
            sum += TLanes.Load(in weight) * TLanes.Load(in Unsafe.Add(ref at, offsets[t]));
            weight = ref Unsafe.Add(ref weight, weights.Stride);
        }

        sum.Store(ref Unsafe.Add(ref result, i));
    }

    internal static void Reference(
        ReadOnlySpan<float> plane,
        int origin,
        ReadOnlySpan<int> offsets,
        PeriodicWeights weights,
        int phase,
        Span<float> result
    )
    {
        for (int i = 0; i < result.Length; i++)
        {
            float sum = 0;
            for (int t = 0; t < offsets.Length; t++)
            {
                sum += weights[t, (phase + i) % weights.Period] * plane[origin + offsets[t] + i];
            }

            result[i] = sum;
        }
    }
}

/// <summary>Weights that repeat along a line, each row continued by a widest vector so that it can be read from any phase on.</summary>
internal sealed class PeriodicWeights
{
    private readonly float[] values;

    /// <param name="terms">Terms of the sum.</param>
    /// <param name="period">Photosites after which the weights repeat.</param>
    /// <param name="weightOf">The weight of a term at a phase.</param>
    public PeriodicWeights(int terms, int period, Func<int, int, float> weightOf)
    {
        Terms = terms;
        Period = period;
        Stride = period + Vector512<float>.Count - 1;
        values = new float[Math.Max(1, terms * Stride)];
        for (int t = 0; t < terms; t++)
        {
            for (int i = 0; i < Stride; i++)
            {
                values[(t * Stride) + i] = weightOf(t, i % period);
            }
        }
    }

    public int Terms { get; }

    public int Period { get; }

    /// <summary>Floats from one term's weights to the next one's.</summary>
    public int Stride { get; }

    public ref float First => ref values[0];

    public float this[int term, int phase] => values[(term * Stride) + phase];
}
