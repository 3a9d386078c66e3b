namespace PixelMend.Calibration;

/// <summary>Looks through the rows of a frame with all threads; what is found comes out in the order of the rows, whatever the threads.</summary>
internal static class RowFindings
{
    /// <summary>Finds in each row with a buffer that rows of one thread share.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="options">Threads.</param>
    /// <param name="buffer">Makes a thread's buffer.</param>
    /// <param name="find">Looks through a row and adds what it finds.</param>
    public static List<T> Of<T, TBuffer>(int height, ParallelOptions options, Func<TBuffer> buffer, Action<int, TBuffer, List<T>> find)
    {
        var found = new List<T>?[height];
        Parallel.For(
            0,
            height,
            options,
            () => (Buffer: buffer(), Found: new List<T>()),
            (y, _, mine) =>
            {
                find(y, mine.Buffer, mine.Found);
                if (mine.Found.Count == 0)
                {
                    return mine;
                }

                found[y] = mine.Found;
                return (mine.Buffer, new List<T>());
            },
            static _ => { }
        );
        // Of known length, so that nothing of that size stays in a pool.
        var all = new List<T>(found.Sum(row => row?.Count ?? 0));
        foreach (List<T> row in found.OfType<List<T>>())
        {
            all.AddRange(row);
        }

        return all;
    }
}
