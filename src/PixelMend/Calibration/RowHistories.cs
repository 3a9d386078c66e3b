using PixelMend.Frames;

namespace PixelMend.Calibration;

/// <summary>
/// The readings of those photosites of a row that may blink. Frames come several at a time; what they read at all followed photosites is kept together, so that
/// a reading takes four bytes and nothing is moved when more come.
/// </summary>
internal sealed class RowHistories
{
    private readonly List<FollowedSite> sites = [];
    private readonly List<(float[] Readings, int Frames)> batches = [];
    private int settled;

    /// <summary>Photosites whose following began with the last frames.</summary>
    public int New => sites.Count - settled;

    /// <summary>Numbers of the followed photosites, by column.</summary>
    public IEnumerable<int> InOrder => Enumerable.Range(0, sites.Count).OrderBy(i => sites[i].X);

    /// <summary>A followed photosite.</summary>
    public FollowedSite this[int number] => sites[number];

    /// <summary>Whether the photosite in a column is followed.</summary>
    public bool Contains(int x)
    {
        // Not worth a set: rows have few.
        foreach (FollowedSite site in sites)
        {
            if (site.X == x)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Follows one more photosite, beginning with the frames that come next.</summary>
    public void Begin(FollowedSite site) => sites.Add(site);

    /// <summary>Keeps what frames read at all followed photosites of the row, drifts taken off.</summary>
    public void GoOn(IReadOnlyList<RawFrame> frames, ReadOnlySpan<float> drifts, int y)
    {
        var readings = new float[sites.Count * frames.Count];
        for (int i = 0; i < frames.Count; i++)
        {
            (RawFrame frame, float drift) = (frames[i], drifts[i]);
            for (int number = 0; number < sites.Count; number++)
            {
                readings[(number * frames.Count) + i] = frame.Linear(sites[number].X, y) - drift;
            }
        }

        batches.Add((readings, frames.Count));
    }

    /// <summary>Leaves out the last ones of the new photosites, so that no more than <paramref name="most"/> of them stay.</summary>
    public void Settle(long most)
    {
        int surplus = (int)Math.Max(0, New - most);
        sites.RemoveRange(sites.Count - surplus, surplus);
        settled = sites.Count;
    }

    /// <summary>A photosite's history: its usual reading for the frames before it was followed, and its readings since.</summary>
    /// <param name="number">Which of the followed photosites.</param>
    /// <param name="history">Receives it.</param>
    /// <returns>For how many frames it is known.</returns>
    public int Read(int number, Span<float> history)
    {
        int length = sites[number].Before;
        history[..length].Fill(sites[number].Usual);
        foreach ((float[] readings, int frames) in batches)
        {
            // Those from before it was followed are too short to hold it.
            if ((number + 1) * frames <= readings.Length)
            {
                readings.AsSpan(number * frames, frames).CopyTo(history[length..]);
                length += frames;
            }
        }

        return length;
    }
}

/// <summary>A photosite whose readings are kept one by one.</summary>
/// <param name="X">Column.</param>
/// <param name="Usual">What it read before, on average, ADU.</param>
/// <param name="Before">For how many frames that stands.</param>
internal readonly record struct FollowedSite(int X, float Usual, int Before);
