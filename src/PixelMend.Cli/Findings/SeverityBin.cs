namespace PixelMend.Cli.Findings;

/// <summary>One bar of a histogram of severities: at least <paramref name="From"/>, less than <paramref name="To"/>.</summary>
internal readonly record struct SeverityBin(double From, double To, int Count)
{
    private const int MostBins = 24;

    /// <summary>Bars of equal ratio, two to an octave or fewer where the range is wide; severities that were not measured are left out.</summary>
    public static IReadOnlyList<SeverityBin> Histogram(IEnumerable<float> severities)
    {
        double[] steps = [.. severities.Where(s => s > 0 && float.IsFinite(s)).Select(s => 2 * Math.Log2(s))];
        if (steps.Length == 0)
        {
            return [];
        }

        int first = (int)Math.Floor(steps.Min());
        int last = (int)Math.Floor(steps.Max());
        int width = (last - first + MostBins) / MostBins;
        int[] counts = new int[((last - first) / width) + 1];
        foreach (double step in steps)
        {
            counts[((int)Math.Floor(step) - first) / width]++;
        }

        return
        [
            .. counts.Select(
                (count, i) =>
                    new SeverityBin(Math.Pow(2, (first + (i * width)) / 2.0), Math.Pow(2, (first + ((i + 1) * width)) / 2.0), count)
            ),
        ];
    }
}
