using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>
/// The value of a rank among unsorted ones, and the mean of the middle half, by counting: each pass compares all values with a bound and narrows the range
/// that the one sought may lie in. Nothing is moved and nothing branches on a value, which for the few hundred to few thousand values of a window or a
/// line is many times as fast as partitioning them. It steps by 256 bits on every machine, so that sums are the same on all.
/// </summary>
internal static class RankSearch
{
    /// <summary>As many as one comparison holds.</summary>
    public const int Eight = 8;

    /// <summary>The value at an index among the sorted ones.</summary>
    /// <param name="values">Finite ones.</param>
    /// <param name="rank">From 0 to below their number.</param>
    public static float Find(ReadOnlySpan<float> values, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, values.Length);
        (float least, float most) = Ends(values);
        return Find(values, rank, least, most);
    }

    /// <summary>The upper median of the first <see cref="Eight"/> values, none of which is a NaN.</summary>
    public static float MedianOfEight(ReadOnlySpan<float> values)
    {
        var all = Vector256.Create(values);
        foreach (float value in values[..Eight])
        {
            var same = Vector256.Create(value);
            if (CountOf(Vector256.LessThan(all, same)) <= Eight / 2 && CountOf(Vector256.LessThanOrEqual(all, same)) > Eight / 2)
            {
                return value;
            }
        }

        return float.NaN;

        static int CountOf(Vector256<float> which) => BitOperations.PopCount(which.ExtractMostSignificantBits());
    }

    /// <summary>The mean of the values without the lowest and the highest quarter; 0 when there are none.</summary>
    /// <param name="values">Finite ones.</param>
    public static float MidMean(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
        {
            return 0;
        }

        int quarter = values.Length / 4;
        int middle = values.Length - (2 * quarter);
        (float least, float most) = Ends(values);
        float low = Find(values, quarter, least, most);
        float high = Find(values, values.Length - quarter - 1, low, most);
        if (low == high)
        {
            return low;
        }

        (double sum, int inside, int notAbove) = SumBetween(values, low, high);
        // Of those that equal a bound as many count as fill the half.
        int lowest = notAbove - quarter;
        return (float)((sum + ((double)low * lowest) + ((double)high * (middle - inside - lowest))) / middle);
    }

    /// <summary>The least and the largest value.</summary>
    private static (float Least, float Most) Ends(ReadOnlySpan<float> values) =>
        (Split.At(values, float.NegativeInfinity).LeastOfRest, Split.At(values, float.PositiveInfinity).MostBelow);

    /// <summary>The value at an index among the sorted ones, which is known to lie between two others.</summary>
    private static float Find(ReadOnlySpan<float> values, int rank, float low, float high)
    {
        (int below, int notAbove) = (0, values.Length);
        for (bool halves = true; low < high; halves = !halves)
        {
            // Where values lie evenly between the bounds their ranks tell more than the middle, which is never far from the best.
            float part = halves ? 0.5f : (rank - below + 0.5f) / (notAbove - below);
            float middle = (low * (1 - part)) + (high * part);
            var split = Split.At(values, middle > low && middle < high ? middle : high);
            if (split.Below > rank)
            {
                notAbove = split.Below;
                high = split.MostBelow;
                low = split.Below == rank + 1 ? high : low;
            }
            else
            {
                below = split.Below;
                low = split.LeastOfRest;
                high = split.Below == rank ? low : high;
            }
        }

        return low;
    }

    /// <summary>Sum and number of the values above <paramref name="low"/> and below <paramref name="high"/>, and how many are not above the former.</summary>
    private static (double Sum, int Inside, int NotAbove) SumBetween(ReadOnlySpan<float> values, float low, float high)
    {
        ref float source = ref MemoryMarshal.GetReference(values);
        Vector256<double> sums = Vector256<double>.Zero;
        int inside = 0;
        int notAbove = 0;
        int i = 0;
        for (; i <= values.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var x = Vector256.LoadUnsafe(ref source, (nuint)i);
            Vector256<float> above = Vector256.GreaterThan(x, Vector256.Create(low));
            Vector256<float> between = above & Vector256.LessThan(x, Vector256.Create(high));
            (Vector256<double> first, Vector256<double> second) = Vector256.Widen(x & between);
            sums += first + second;
            inside += BitOperations.PopCount(between.ExtractMostSignificantBits());
            notAbove += Vector256<float>.Count - BitOperations.PopCount(above.ExtractMostSignificantBits());
        }

        double sum = sums[0] + sums[1] + (sums[2] + sums[3]);
        for (; i < values.Length; i++)
        {
            bool isInside = values[i] > low && values[i] < high;
            sum += isInside ? values[i] : 0;
            inside += isInside ? 1 : 0;
            notAbove += values[i] <= low ? 1 : 0;
        }

        return (sum, inside, notAbove);
    }

    /// <summary>Values on either side of a bound: how many are below, the largest of them, and the least of the rest; infinite where there is none.</summary>
    private readonly record struct Split(int Below, float MostBelow, float LeastOfRest)
    {
        public static Split At(ReadOnlySpan<float> values, float bound)
        {
            ref float source = ref MemoryMarshal.GetReference(values);
            Vector256<int> counts = Vector256<int>.Zero;
            var most = Vector256.Create(float.NegativeInfinity);
            var least = Vector256.Create(float.PositiveInfinity);
            int i = 0;
            for (; i <= values.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var x = Vector256.LoadUnsafe(ref source, (nuint)i);
                Vector256<float> below = Vector256.LessThan(x, Vector256.Create(bound));
                counts -= below.AsInt32();
                most = Vector256.MaxNative(most, Vector256.ConditionalSelect(below, x, Vector256.Create(float.NegativeInfinity)));
                least = Vector256.MinNative(least, Vector256.ConditionalSelect(below, Vector256.Create(float.PositiveInfinity), x));
            }

            int count = Vector256.Sum(counts);
            float mostBelow = float.NegativeInfinity;
            float leastOfRest = float.PositiveInfinity;
            var largest = Vector128.MaxNative(most.GetLower(), most.GetUpper());
            var lowest = Vector128.MinNative(least.GetLower(), least.GetUpper());
            for (int lane = 0; lane < Vector128<float>.Count; lane++)
            {
                mostBelow = largest[lane] > mostBelow ? largest[lane] : mostBelow;
                leastOfRest = lowest[lane] < leastOfRest ? lowest[lane] : leastOfRest;
            }

            for (; i < values.Length; i++)
            {
                count += values[i] < bound ? 1 : 0;
                mostBelow = values[i] < bound ? MathF.Max(mostBelow, values[i]) : mostBelow;
                leastOfRest = values[i] < bound ? leastOfRest : MathF.Min(leastOfRest, values[i]);
            }

            return new Split(count, mostBelow, leastOfRest);
        }
    }
}
