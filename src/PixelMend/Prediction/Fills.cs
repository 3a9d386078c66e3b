namespace PixelMend.Prediction;

/// <summary>Photosites whose own value must not be believed, each with a value to read instead; view coordinates, in raster order.</summary>
internal sealed class Fills
{
    private readonly int[] rowStarts;
    private readonly Fill[] sites;

    /// <param name="height">Rows of the view.</param>
    /// <param name="sites">Sorted by row, then column, each site once.</param>
    public Fills(int height, Fill[] sites)
    {
        this.sites = sites;
        rowStarts = new int[height + 1];
        foreach (Fill site in sites)
        {
            rowStarts[site.Y + 1]++;
        }

        for (int y = 0; y < height; y++)
        {
            rowStarts[y + 1] += rowStarts[y];
        }
    }

    public int Count => sites.Length;

    public ReadOnlySpan<Fill> All => sites;

    /// <summary>These and others; where both list a site, the others' signal.</summary>
    /// <param name="others">Sorted by row, then column, each site once.</param>
    public Fills Joined(ReadOnlySpan<Fill> others)
    {
        var joined = new List<Fill>(sites.Length + others.Length);
        int own = 0;
        foreach (Fill other in others)
        {
            while (own < sites.Length && Order(sites[own], other) < 0)
            {
                joined.Add(sites[own++]);
            }

            own += own < sites.Length && Order(sites[own], other) == 0 ? 1 : 0;
            joined.Add(other);
        }

        joined.AddRange(sites.AsSpan(own));
        return new Fills(rowStarts.Length - 1, [.. joined]);
    }

    /// <summary>What to read at a site that is listed.</summary>
    public float Signal(int x, int y) =>
        TryGet(x, y, out float signal) ? signal : throw new ArgumentException($"({x}, {y}) is not listed.", nameof(x));

    /// <summary>Whether a site is listed, and what to read there.</summary>
    public bool TryGet(int x, int y, out float signal)
    {
        ReadOnlySpan<Fill> row = Row(y);
        int place = FirstFrom(row, x);
        bool listed = place < row.Length && row[place].X == x;
        signal = listed ? row[place].Signal : 0;
        return listed;
    }

    public ReadOnlySpan<Fill> Row(int y) => sites.AsSpan(rowStarts[y], rowStarts[y + 1] - rowStarts[y]);

    /// <summary>The sites of a row in columns <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public ReadOnlySpan<Fill> Row(int y, int from, int to)
    {
        ReadOnlySpan<Fill> row = Row(y);
        row = row.IsEmpty ? row : row[FirstFrom(row, from)..];
        int count = 0;
        while (count < row.Length && row[count].X <= to)
        {
            count++;
        }

        return row[..count];
    }

    private static int Order(Fill one, Fill other) => one.Y == other.Y ? one.X.CompareTo(other.X) : one.Y.CompareTo(other.Y);

    /// <summary>The first site at column <paramref name="x"/> or behind it.</summary>
    private static int FirstFrom(ReadOnlySpan<Fill> row, int x)
    {
        int low = 0;
        int high = row.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = row[middle].X < x ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}

/// <summary>One photosite and the signal to read there instead of its own.</summary>
internal readonly record struct Fill(int X, int Y, float Signal);
