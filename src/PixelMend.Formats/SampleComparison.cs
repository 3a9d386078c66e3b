using PixelMend.Frames;

namespace PixelMend.Formats;

/// <summary>Whether a written frame holds exactly what was meant, without building that frame.</summary>
public static class SampleComparison
{
    /// <summary>The first photosite at which <paramref name="written"/> differs from <paramref name="frame"/> with <paramref name="changes"/>; null where none does.</summary>
    /// <param name="written">What was read back.</param>
    /// <param name="frame">The input.</param>
    /// <param name="changes">Sorted by row, then column, each photosite at most once.</param>
    public static (int X, int Y)? FirstDifference(RawFrame written, RawFrame frame, IReadOnlyList<SampleChange> changes)
    {
        if (written.Width != frame.Width || written.Height != frame.Height || (written.Codes is null) != (frame.Codes is null))
        {
            return (0, 0);
        }

        return frame.Codes is null
            ? FirstDifference(written.Values!, new IntendedSamples<float>(frame.Values!, changes, value => value))
            : FirstDifference(written.Codes!, new IntendedSamples<ushort>(frame.Codes, changes, value => (ushort)value));
    }

    private static (int X, int Y)? FirstDifference<T>(Plane<T> written, IntendedSamples<T> intended)
        where T : unmanaged
    {
        for (int y = 0; y < written.Height; y++)
        {
            if (intended.FirstDifference(written.Row(y), 0, y) is { } place)
            {
                return place;
            }
        }

        return null;
    }
}
