using System.Runtime.Intrinsics;

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
    public int PaddedStride => Padded(Stride);

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

    /// <summary>Copies a sample times a factor, its values so many places apart.</summary>
    public void CopyTo(int sample, float factor, Span<float> target, int stride)
    {
        ReadOnlySpan<float> row = Row(sample);
        int at = 0;
        foreach (float value in row)
        {
            target[at] = factor * value;
            at += stride;
        }
    }

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
    public static PatchSamples Draw(Stripes stripes, int phase, int wanted)
    {
        int[] looks = LookAround(stripes, phase, wanted / 2 * LooksPerSample);
        float[] activity = SpreadsAt(stripes, looks, floor: 0);
        float floor = (SpreadFloor * (looks.Length == 0 ? 0 : activity.Average())) + Smallest;
        float threshold = Quantiles.Select(activity, 1 - (1.0 / LooksPerSample));
        int[] even = Evenly(looks, wanted / 2);
        int[] busy = Evenly(Busiest(stripes, looks, threshold), (looks.Length + LooksPerSample - 1) / LooksPerSample);
        int[] chosen = [.. even, .. busy];
        float[] means = Array.ConvertAll(chosen, at => stripes.Means[at]);
        float[] spreads = SpreadsAt(stripes, chosen, floor);
        int[] offsets = stripes.Layout.OffsetsOf(phase % stripes.Layout.Cfa.Width, stripes.Steps);
        int stride = Padded(offsets.Length + 1);
        var buffer = new RentedFloats(chosen.Length * stride);
        for (int k = 0; k < chosen.Length; k++)
        {
            Standardise(stripes.Signals, chosen[k], offsets, means[k], spreads[k], buffer.Span.Slice(k * stride, stride));
        }

        return new PatchSamples(offsets.Length, buffer, means, spreads, even.Length) { Floor = floor };
    }

    /// <summary>Rows are filled up with zeros to whole vectors.</summary>
    private static int Padded(int values) => (values + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;

    /// <summary>Photosites spread evenly over the stripes, in the order of memory: one in each of equal parts.</summary>
    private static int[] LookAround(Stripes stripes, int phase, int wanted)
    {
        long candidates = stripes.CandidateCount(phase);
        var looks = new int[(int)Math.Min(wanted, candidates)];
        double part = (double)candidates / looks.Length;
        int finite = 0;
        for (int k = 0; k < looks.Length; k++)
        {
            // Multiples of the golden ratio fill an interval evenly, so that no pattern of the scene is in step with them.
            double inside = (k + 0.5) * GoldenRatio;
            int at = stripes.Candidate(phase, (long)((k + inside - Math.Floor(inside)) * part));
            if (float.IsFinite(stripes.Means[at] + stripes.Spreads[at] + stripes.Signals[at]))
            {
                looks[finite++] = at;
            }
        }

        return finite == looks.Length ? looks : looks[..finite];
    }

    private static float[] SpreadsAt(Stripes stripes, int[] places, float floor)
    {
        ReadOnlySpan<float> spreads = stripes.Spreads;
        var found = new float[places.Length];
        for (int k = 0; k < found.Length; k++)
        {
            found[k] = spreads[places[k]] + floor;
        }

        return found;
    }

    /// <summary>Those of some places whose spread reaches a threshold.</summary>
    private static ReadOnlySpan<int> Busiest(Stripes stripes, int[] places, float threshold)
    {
        ReadOnlySpan<float> spreads = stripes.Spreads;
        var busy = new int[places.Length];
        int count = 0;
        foreach (int at in places)
        {
            busy[count] = at;
            count += spreads[at] >= threshold ? 1 : 0;
        }

        return busy.AsSpan(0, count);
    }

    /// <summary>At most so many of some places, spread evenly.</summary>
    private static int[] Evenly(ReadOnlySpan<int> places, int most)
    {
        var chosen = new int[Math.Min(most, places.Length)];
        for (int k = 0; k < chosen.Length; k++)
        {
            chosen[k] = places[(int)((long)k * places.Length / chosen.Length)];
        }

        return chosen;
    }

    /// <summary>The neighbours and then the photosite itself, less the mean, divided by the spread; zeros follow.</summary>
    private static void Standardise(
        ReadOnlySpan<float> signals,
        int place,
        ReadOnlySpan<int> offsets,
        float mean,
        float spread,
        Span<float> row
    )
    {
        float scale = 1 / spread;
        for (int t = 0; t < offsets.Length; t++)
        {
            row[t] = (signals[place + offsets[t]] - mean) * scale;
        }

        row[offsets.Length] = (signals[place] - mean) * scale;
        row[(offsets.Length + 1)..].Clear();
    }
}
