namespace PixelMend.Prediction;

/// <summary>
/// Neighbourhoods of one phase to learn from: half drawn evenly over the frame, half from its busiest tenth. Each row holds the neighbours and then the centre,
/// all less the neighbours' mean and divided by their spread, so that dark and bright, flat and busy places count alike.
/// </summary>
internal sealed class PatchSamples
{
    /// <summary>Part of the range added to the spread, so that noise in flat places is not blown up to detail.</summary>
    private const float SpreadFloor = 0.008f;

    private const int LooksPerSample = 4;
    private const double GoldenRatio = 0.6180339887498949;

    private PatchSamples(int neighbors, float[] rows, float[] means, float[] spreads, int evenCount)
    {
        Neighbors = neighbors;
        Rows = rows;
        Means = means;
        Spreads = spreads;
        EvenCount = evenCount;
    }

    /// <summary>Neighbours of a patch; rows are one longer, for the centre.</summary>
    public int Neighbors { get; }

    /// <summary>Values of a row.</summary>
    public int Stride => Neighbors + 1;

    /// <summary>Number of samples; the first <see cref="EvenCount"/> are drawn evenly.</summary>
    public int Count => Means.Length;

    /// <summary>Samples drawn evenly over the frame, first in order.</summary>
    public int EvenCount { get; }

    /// <summary>Mean signal of the neighbours, per sample.</summary>
    public float[] Means { get; }

    /// <summary>What the values of a row were divided by, per sample.</summary>
    public float[] Spreads { get; }

    /// <summary>All rows, <see cref="Stride"/> values each.</summary>
    public float[] Rows { get; }

    public ReadOnlySpan<float> Row(int sample) => Rows.AsSpan(sample * Stride, Stride);

    /// <summary>Draws about <paramref name="wanted"/> samples of a phase, always the same ones for the same frame.</summary>
    public static PatchSamples Draw(Stripes stripes, int phase, ReadOnlySpan<int> offsets, int wanted)
    {
        long candidates = stripes.CandidateCount(phase);
        int even = (int)Math.Min(wanted / 2, candidates);
        int looks = (int)Math.Min((long)even * LooksPerSample, candidates);
        var sites = new (int Stripe, int Index)[looks];
        var spreads = new float[looks];
        for (int k = 0; k < looks; k++)
        {
            // Multiples of the golden ratio fill an interval evenly however many are taken.
            double place = k * GoldenRatio;
            sites[k] = stripes.Candidate(phase, looks == candidates ? k : (long)((place - Math.Floor(place)) * candidates));
            spreads[k] = MeanAndSpread(stripes.Signal(sites[k].Stripe), sites[k].Index, offsets).Spread;
        }

        int busy = Math.Min(even, Math.Max(1, looks / LooksPerSample));
        float[] sorted = [.. spreads];
        Array.Sort(sorted);
        float threshold = looks == 0 ? 0 : sorted[looks - busy];
        int[] chosen = [.. Enumerable.Range(0, even), .. Enumerable.Range(0, looks).Where(k => spreads[k] >= threshold).Take(busy)];
        int stride = offsets.Length + 1;
        var rows = new float[chosen.Length * stride];
        var means = new float[chosen.Length];
        var divisors = new float[chosen.Length];
        for (int k = 0; k < chosen.Length; k++)
        {
            (int stripe, int index) = sites[chosen[k]];
            float[] signal = stripes.Signal(stripe);
            (float mean, float spread) = MeanAndSpread(signal, index, offsets);
            Span<float> row = rows.AsSpan(k * stride, stride);
            float divisor = spread + SpreadFloor;
            for (int t = 0; t < offsets.Length; t++)
            {
                row[t] = (signal[index + offsets[t]] - mean) / divisor;
            }

            row[^1] = (signal[index] - mean) / divisor;
            means[k] = mean;
            divisors[k] = divisor;
        }

        return new PatchSamples(offsets.Length, rows, means, divisors, even);
    }

    private static (float Mean, float Spread) MeanAndSpread(float[] signal, int index, ReadOnlySpan<int> offsets)
    {
        float sum = 0;
        foreach (int offset in offsets)
        {
            sum += signal[index + offset];
        }

        float mean = sum / offsets.Length;
        float squares = 0;
        foreach (int offset in offsets)
        {
            float difference = signal[index + offset] - mean;
            squares += difference * difference;
        }

        return (mean, MathF.Sqrt(squares / offsets.Length));
    }
}
