namespace PixelMend.Benchmarks.Statistics;

/// <summary>Medians as everybody means them.</summary>
internal static class Middle
{
    /// <summary>The middle value, or the mean of the two in the middle; sorts the values.</summary>
    public static float Of(Span<float> values)
    {
        values.Sort();
        int half = values.Length / 2;
        return values.Length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    /// <inheritdoc cref="Of(Span{float})"/>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
