using System.Runtime.Intrinsics;
using PixelMend.Kernels;

namespace PixelMend.Prediction;

/// <summary>
/// Neighbourhoods of one phase to learn from: half drawn evenly over the frame, half from its busiest tenth. Each row holds the neighbours and then the centre,
/// all less the neighbours' mean and divided by their spread, so that dark and bright, flat and busy places count alike.
/// </summary>
internal sealed class PatchSamples : IDisposable
{
    /// <summary>Times the mean spread that is added to each spread, so that noise in flat places is not blown up to detail.</summary>
    private const float SpreadFloor = 1.5f;

    /// <summary>Keeps frames of one value from dividing by zero.</summary>
    private const float Smallest = 1e-9f;

    private const int LooksPerSample = 4;

    /// <summary>Neighbourhoods looked at together.</summary>
    private const int Together = 8;
    private const double GoldenRatio = 0.6180339887498949;

    private readonly RentedFloats rows;

    private PatchSamples(int neighbors, RentedFloats rows, float[] means, float[] spreads, int evenCount)
    {
        Neighbors = neighbors;
        this.rows = rows;
        Means = means;
        Spreads = spreads;
        EvenCount = evenCount;
    }

    /// <summary>Neighbours of a patch; rows are one longer, for the centre.</summary>
    public int Neighbors { get; }

    /// <summary>Values of a row.</summary>
    public int Stride => Neighbors + 1;

    /// <summary>Values of a row with the zeros that follow them.</summary>
    public int PaddedStride => OuterProduct.Padded(Stride);

    /// <summary>Number of samples; the first <see cref="EvenCount"/> are drawn evenly.</summary>
    public int Count => Means.Length;

    /// <summary>What was added to the spread of every patch.</summary>
    public float Floor { get; private init; }

    /// <summary>Samples drawn evenly over the frame, first in order.</summary>
    public int EvenCount { get; }

    /// <summary>Mean signal of the neighbours, per sample.</summary>
    public float[] Means { get; }

    /// <summary>What the values of a row were divided by, per sample.</summary>
    public float[] Spreads { get; }

    public ReadOnlySpan<float> Row(int sample) => rows.Span.Slice(sample * PaddedStride, Stride);

    public ReadOnlySpan<float> PaddedRow(int sample) => rows.Span.Slice(sample * PaddedStride, PaddedStride);

    /// <summary>Spread of some neighbours of a sample, as a signal; 0 where there are none.</summary>
    public float Spread(int sample, ReadOnlySpan<int> neighbors)
    {
        if (neighbors.IsEmpty)
        {
            return 0;
        }

        ReadOnlySpan<float> row = Row(sample);
        float sum = 0;
        float squares = 0;
        foreach (int t in neighbors)
        {
            sum += row[t];
            squares += row[t] * row[t];
        }

        float mean = sum / neighbors.Length;
        return Spreads[sample] * MathF.Sqrt(MathF.Max(0, (squares / neighbors.Length) - (mean * mean)));
    }

    public void Dispose() => rows.Dispose();

    /// <summary>
    /// Draws about <paramref name="wanted"/> samples of a phase, always the same ones for the same frame. Patches that hold a NaN are passed over.
    /// </summary>
    public static PatchSamples Draw(Stripes stripes, int phase, ReadOnlySpan<int> offsets, int wanted)
    {
        ReadOnlySpan<float> signals = stripes.Signals;
        Look[] looks = LookAround(stripes, phase, offsets, wanted / 2 * LooksPerSample);
        int even = Math.Min(wanted / 2, looks.Length);
        int busy = Math.Min(even, (looks.Length + LooksPerSample - 1) / LooksPerSample);
        float threshold = busy == 0 ? 0 : Quantiles.Select([.. looks.Select(l => l.Spread)], 1 - ((double)busy / looks.Length));
        Look[] chosen = [.. looks[..even], .. looks.Where(l => l.Spread >= threshold).Take(busy)];
        float floor = (SpreadFloor * (looks.Length == 0 ? 0 : looks.Average(l => l.Spread))) + Smallest;
        int neighbors = offsets.Length;
        int stride = OuterProduct.Padded(neighbors + 1);
        var buffer = new RentedFloats(chosen.Length * stride);
        buffer.Span.Clear();
        var spreads = new float[chosen.Length];
        foreach (int k in stripes.InOrderOfMemory([.. chosen.Select(c => c.Index)]))
        {
            Look look = chosen[k];
            Span<float> row = buffer.Span.Slice(k * stride, neighbors + 1);
            spreads[k] = look.Spread + floor;
            for (int t = 0; t < neighbors; t++)
            {
                row[t] = signals[look.Index + offsets[t]];
            }

            row[^1] = signals[look.Index];
            Standardise(row, look.Mean, spreads[k]);
        }

        return new PatchSamples(offsets.Length, buffer, [.. chosen.Select(l => l.Mean)], spreads, even) { Floor = floor };
    }

    /// <summary>Photosites spread evenly over the stripes, with the mean and spread of their neighbours.</summary>
    private static Look[] LookAround(Stripes stripes, int phase, ReadOnlySpan<int> offsets, int wanted)
    {
        long candidates = stripes.CandidateCount(phase);
        var places = new int[(int)Math.Min(wanted, candidates)];
        for (int k = 0; k < places.Length; k++)
        {
            // Multiples of the golden ratio fill an interval evenly however many are taken.
            double place = k * GoldenRatio;
            places[k] = stripes.Candidate(phase, places.Length == candidates ? k : (long)((place - Math.Floor(place)) * candidates));
        }

        ReadOnlySpan<float> signals = stripes.Signals;
        var looks = new Look[places.Length];
        int[] order = stripes.InOrderOfMemory(places);
        Span<int> some = stackalloc int[Together];
        for (int k = 0; k < order.Length; k += Together)
        {
            for (int i = 0; i < Together; i++)
            {
                some[i] = places[order[Math.Min(k + i, order.Length - 1)]];
            }

            (Vector256<float> means, Vector256<float> spreads) = MeansAndSpreads(signals, some, offsets);
            for (int i = 0; i < Together && k + i < order.Length; i++)
            {
                looks[order[k + i]] = new Look(some[i], means[i], spreads[i]);
            }
        }

        int finite = 0;
        foreach (Look look in looks)
        {
            if (float.IsFinite(look.Spread + signals[look.Index]))
            {
                looks[finite++] = look;
            }
        }

        return finite == looks.Length ? looks : looks[..finite];
    }

    /// <summary>
    /// Eight neighbourhoods at a time, each in a lane of its own, since each sum must wait for the one before. Differences to the centre keep the sums
    /// small, so that one pass in single precision is exact enough.
    /// </summary>
    private static (Vector256<float> Means, Vector256<float> Spreads) MeansAndSpreads(
        ReadOnlySpan<float> signals,
        ReadOnlySpan<int> places,
        ReadOnlySpan<int> offsets
    )
    {
        Vector256<float> centre = Gather(signals, places, 0);
        Vector256<float> sum = default;
        Vector256<float> squares = default;
        foreach (int offset in offsets)
        {
            Vector256<float> difference = Gather(signals, places, offset) - centre;
            sum += difference;
            squares += difference * difference;
        }

        var count = Vector256.Create((float)offsets.Length);
        Vector256<float> mean = sum / count;
        return (centre + mean, Vector256.Sqrt(Vector256.Max(Vector256<float>.Zero, (squares / count) - (mean * mean))));
    }

    private static Vector256<float> Gather(ReadOnlySpan<float> signals, ReadOnlySpan<int> places, int offset) =>
        Vector256.Create(
            signals[places[0] + offset],
            signals[places[1] + offset],
            signals[places[2] + offset],
            signals[places[3] + offset],
            signals[places[4] + offset],
            signals[places[5] + offset],
            signals[places[6] + offset],
            signals[places[7] + offset]
        );

    /// <summary>Less the mean, divided by the spread.</summary>
    private static void Standardise(Span<float> row, float mean, float spread)
    {
        int i = 0;
        for (; i <= row.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256<float> values = Vector256.Create<float>(row[i..]);
            ((values - Vector256.Create(mean)) / Vector256.Create(spread)).CopyTo(row[i..]);
        }

        for (; i < row.Length; i++)
        {
            row[i] = (row[i] - mean) / spread;
        }
    }

    private readonly record struct Look(int Index, float Mean, float Spread);
}
