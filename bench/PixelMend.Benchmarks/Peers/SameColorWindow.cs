using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>The square of photosites of one colour around a photosite, on arrays where every second one (mono: every one) has its colour.</summary>
internal static class SameColorWindow
{
    /// <summary>Reads the square in raster order.</summary>
    /// <param name="samples">The frame; the square must lie inside.</param>
    /// <param name="x">Column of the middle.</param>
    /// <param name="y">Row of the middle.</param>
    /// <param name="step">Distance of neighbours of one colour.</param>
    /// <param name="values">Receives 9 or 25 values, or 8 or 24 without the middle.</param>
    public static void Read(Plane<float> samples, int x, int y, int step, Span<float> values)
    {
        int reach = values.Length < 10 ? 1 : 2;
        bool withMiddle = (values.Length & 1) != 0;
        int count = 0;
        for (int dy = -reach; dy <= reach; dy++)
        {
            for (int dx = -reach; dx <= reach; dx++)
            {
                if (withMiddle || (dx, dy) != (0, 0))
                {
                    values[count++] = samples[x + (step * dx), y + (step * dy)];
                }
            }
        }
    }
}
