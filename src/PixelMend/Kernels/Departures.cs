using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PixelMend.Kernels;

/// <summary>Finds the codes of a row that are far from the mean of their photosites.</summary>
internal static class Departures
{
    /// <summary>Writes the places of such codes, in order.</summary>
    /// <param name="row">Codes.</param>
    /// <param name="sums">Sums of each photosite's codes, below 2³¹.</param>
    /// <param name="part">1 over the number of codes in a sum.</param>
    /// <param name="drift">By how much this row is above all others.</param>
    /// <param name="limit">What lies farther off is far.</param>
    /// <param name="places">Receives the places; as long as the row.</param>
    /// <returns>How many there are.</returns>
    public static int Run(ReadOnlySpan<ushort> row, ReadOnlySpan<uint> sums, float part, float drift, float limit, Span<int> places)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sums.Length, row.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(places.Length, row.Length);
        ref ushort source = ref MemoryMarshal.GetReference(row);
        ref uint sum = ref MemoryMarshal.GetReference(sums);
        int found = 0;
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var parts = Vector256.Create(part);
            var drifts = Vector256.Create(drift);
            var limits = Vector256.Create(limit);
            for (; i <= row.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
            {
                var at = (nuint)i;
                (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(Vector256.LoadUnsafe(ref source, at));
                Vector256<float> first = Distance(low, Vector256.LoadUnsafe(ref sum, at));
                Vector256<float> second = Distance(high, Vector256.LoadUnsafe(ref sum, at + (nuint)Vector256<uint>.Count));
                if (Vector256.GreaterThanAny(Vector256.Max(first, second), limits))
                {
                    found += Reference(row, sums, i, i + Vector256<ushort>.Count, part, drift, limit, places[found..]);
                }
            }

            Vector256<float> Distance(Vector256<uint> codes, Vector256<uint> sums) =>
                Vector256.Abs(Vector256.ConvertToSingle(codes.AsInt32()) - drifts - (Vector256.ConvertToSingle(sums.AsInt32()) * parts));
        }

        return found + Reference(row, sums, i, row.Length, part, drift, limit, places[found..]);
    }

    /// <summary>The same one by one, for the places from <paramref name="from"/> to before <paramref name="to"/>.</summary>
    internal static int Reference(
        ReadOnlySpan<ushort> row,
        ReadOnlySpan<uint> sums,
        int from,
        int to,
        float part,
        float drift,
        float limit,
        Span<int> places
    )
    {
        int found = 0;
        for (int i = from; i < to; i++)
        {
            if (MathF.Abs(row[i] - drift - ((int)sums[i] * part)) > limit)
            {
                places[found++] = i;
            }
        }

        return found;
    }
}
