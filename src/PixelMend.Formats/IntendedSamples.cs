using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PixelMend.Frames;

namespace PixelMend.Formats;

/// <summary>What a file is to hold: the samples of a frame with changes made to them. Stretches between changes are compared whole, and by their bits: NaN must stay the NaN it was.</summary>
/// <param name="before">The samples without the changes.</param>
/// <param name="changes">Sorted by row, then column, each photosite at most once.</param>
/// <param name="store">How a changed sample is stored.</param>
internal sealed class IntendedSamples<T>(Plane<T> before, IReadOnlyList<SampleChange> changes, Func<float, T> store)
    where T : unmanaged
{
    /// <summary>The first photosite at which part of a row, from column <paramref name="left"/>, is not as it should be.</summary>
    public (int X, int Y)? FirstDifference(ReadOnlySpan<T> written, int left, int y)
    {
        ReadOnlySpan<T> old = before.Row(y).Slice(left, written.Length);
        int start = 0;
        for (int i = FirstChange(left, y); i < changes.Count && changes[i].Y == y && changes[i].X < left + written.Length; i++)
        {
            int at = changes[i].X - left;
            int same = Same(written[start..at], old[start..at]);
            if (start + same < at)
            {
                return (left + start + same, y);
            }

            T meant = store(changes[i].New);
            if (Same(written.Slice(at, 1), new ReadOnlySpan<T>(in meant)) == 0)
            {
                return (changes[i].X, y);
            }

            start = at + 1;
        }

        int rest = Same(written[start..], old[start..]);
        return start + rest == written.Length ? null : (left + start + rest, y);
    }

    private static int Same(ReadOnlySpan<T> one, ReadOnlySpan<T> other) =>
        MemoryMarshal.AsBytes(one).CommonPrefixLength(MemoryMarshal.AsBytes(other)) / Unsafe.SizeOf<T>();

    /// <summary>Index of the first change at a photosite or behind it.</summary>
    private int FirstChange(int x, int y)
    {
        (int low, int high) = (0, changes.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            SampleChange change = changes[middle];
            (low, high) = change.Y < y || (change.Y == y && change.X < x) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
