namespace PixelMend.Formats.Tiff;

/// <summary>Stretches of a file that nobody needs any more, given to new content from the lowest on. Neighbours are joined, the odd byte between them included.</summary>
internal sealed class FreedPlaces
{
    private readonly List<(long Start, long End)> places = [];

    public FreedPlaces(IEnumerable<(long Start, long Length)> freed)
    {
        foreach ((long start, long length) in freed.OrderBy(f => f.Start))
        {
            // TIFF's content begins at even offsets: the byte that evens out is nobody's.
            if (places.Count > 0 && start == Even(places[^1].End))
            {
                places[^1] = (places[^1].Start, start + length);
            }
            else
            {
                places.Add((start, start + length));
            }
        }
    }

    /// <summary>An even offset with room for so many bytes, which is then taken; null where there is none.</summary>
    public long? Take(long length)
    {
        for (int i = 0; i < places.Count; i++)
        {
            long start = Even(places[i].Start);
            if (start + length <= places[i].End)
            {
                places[i] = (start + length, places[i].End);
                return start;
            }
        }

        return null;
    }

    private static long Even(long offset) => offset + (offset & 1);
}
