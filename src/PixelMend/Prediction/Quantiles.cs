namespace PixelMend.Prediction;

/// <summary>Order statistics of unsorted values.</summary>
internal static class Quantiles
{
    /// <summary>Makes a mean absolute deviation of Gaussian values their standard deviation.</summary>
    public const float MadToSigma = 1.4826f;

    /// <summary>The value that a part <paramref name="q"/> (0 to 1) of the others lies below; reorders <paramref name="values"/>. 0 when there are none.</summary>
    public static float Select(Span<float> values, double q)
    {
        if (values.IsEmpty)
        {
            return 0;
        }

        return Partition(values, Math.Clamp((int)(q * values.Length), 0, values.Length - 1));
    }

    /// <summary>The median; reorders <paramref name="values"/>.</summary>
    public static float Median(Span<float> values) => Select(values, 0.5);

    /// <summary>The median of a few values, between the middle two where their number is even, so that it lies to neither side; reorders them. 0 when there are none.</summary>
    public static float Middle(Span<float> values)
    {
        values.Sort();
        return values.IsEmpty ? 0 : 0.5f * (values[(values.Length - 1) / 2] + values[values.Length / 2]);
    }

    /// <summary>
    /// The mean of the middle half: as indifferent to the outer quarters as the median, and smooth where values are few whole numbers. 0 when there are none.
    /// </summary>
    public static float MidMean(ReadOnlySpan<float> values) => Kernels.RankSearch.MidMean(values);

    /// <summary>
    /// Sorts values that are numbers (Hoare 1961). In code compiled ahead the library's sort calls a comparer for each pair, which takes half as long again.
    /// </summary>
    public static void Sort(Span<float> values)
    {
        const int few = 12;
        while (values.Length > few)
        {
            (int lower, int upper) = Split(values, 0, values.Length - 1);
            Sort(values[..(lower + 1)]);
            values = values[upper..];
        }

        for (int i = 1; i < values.Length; i++)
        {
            float value = values[i];
            int at = i;
            for (; at > 0 && values[at - 1] > value; at--)
            {
                values[at] = values[at - 1];
            }

            values[at] = value;
        }
    }

    /// <summary>Puts the value of a rank in its place, none that is larger before it and none that is smaller after it.</summary>
    private static float Partition(Span<float> values, int rank)
    {
        int low = 0;
        int high = values.Length - 1;
        while (low < high)
        {
            (int lower, int upper) = Split(values, low, high);
            if (rank <= lower)
            {
                high = lower;
            }
            else if (rank >= upper)
            {
                low = upper;
            }
            else
            {
                break;
            }
        }

        return values[rank];
    }

    /// <summary>Exchanges values from <paramref name="low"/> to <paramref name="high"/> until none up to the first returned place is larger than any from the second on.</summary>
    private static (int Lower, int Upper) Split(Span<float> values, int low, int high)
    {
        float pivot = values[low + ((high - low) / 2)];
        int i = low;
        int j = high;
        while (i <= j)
        {
            while (values[i] < pivot)
            {
                i++;
            }

            while (values[j] > pivot)
            {
                j--;
            }

            if (i <= j)
            {
                (values[i], values[j]) = (values[j], values[i]);
                i++;
                j--;
            }
        }

        return (j, i);
    }
}
