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

    /// <summary>
    /// The mean of the middle half: as indifferent to the outer quarters as the median, and smooth where values are few whole numbers. 0 when there are none.
    /// </summary>
    public static float MidMean(ReadOnlySpan<float> values) => Kernels.RankSearch.MidMean(values);

    /// <summary>Puts the value of a rank in its place, none that is larger before it and none that is smaller after it (Hoare 1961).</summary>
    private static float Partition(Span<float> values, int rank)
    {
        int low = 0;
        int high = values.Length - 1;
        while (low < high)
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

            if (rank <= j)
            {
                high = j;
            }
            else if (rank >= i)
            {
                low = i;
            }
            else
            {
                break;
            }
        }

        return values[rank];
    }
}
