namespace PixelMend.Formats.Tiff;

/// <summary>Stretches of a file, in any order and overlapping or not, asked whether another overlaps one of them.</summary>
internal sealed class ByteRanges
{
    private readonly long[] starts;

    /// <summary>The furthest end of all stretches up to the one of the same index.</summary>
    private readonly long[] ends;

    public ByteRanges(IEnumerable<(long Start, long Length)> ranges)
    {
        (long Start, long Length)[] sorted = [.. ranges.Where(r => r.Length > 0).OrderBy(r => r.Start)];
        starts = [.. sorted.Select(r => r.Start)];
        ends = new long[sorted.Length];
        long furthest = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            furthest = Math.Max(furthest, sorted[i].Start + sorted[i].Length);
            ends[i] = furthest;
        }
    }

    /// <summary>Whether a stretch overlaps one of them.</summary>
    public bool Overlap(long start, long length)
    {
        int before = CountBelow(start + length);
        return length > 0 && before > 0 && ends[before - 1] > start;
    }

    /// <summary>How many begin below a byte.</summary>
    private int CountBelow(long limit)
    {
        (int low, int high) = (0, starts.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = starts[middle] < limit ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
