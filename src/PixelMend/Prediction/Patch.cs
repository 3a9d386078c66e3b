using PixelMend.Frames;

namespace PixelMend.Prediction;

/// <summary>The neighbourhood a photosite is predicted from: all photosites of a square, every colour, nearest first, the centre left out.</summary>
internal static class Patch
{
    /// <summary>The steps of a square of (2 · radius + 1)² photosites without its centre.</summary>
    public static Offset[] Steps(int radius)
    {
        var steps = new List<Offset>();
        for (int dy = -radius; dy <= radius; dy++)
        {
            for (int dx = -radius; dx <= radius; dx++)
            {
                if ((dx, dy) != (0, 0))
                {
                    steps.Add(new Offset(dx, dy));
                }
            }
        }

        return [.. steps.OrderBy(s => s.SquaredLength).ThenBy(s => s.Dy).ThenBy(s => s.Dx)];
    }

    /// <summary>Two bars across each other: columns are foretold by the one that lies, rows by the one that stands.</summary>
    /// <param name="reach">Photosites from the centre to the end of a bar.</param>
    /// <param name="depth">From its middle line to its edge.</param>
    public static Offset[] Cross(int reach, int depth) => [.. Steps(reach).Where(s => Math.Min(Math.Abs(s.Dx), Math.Abs(s.Dy)) <= depth)];

    /// <summary>The four photosites that share an edge with the centre.</summary>
    public static Offset[] Adjacent { get; } = [new(0, -1), new(-1, 0), new(1, 0), new(0, 1)];
}
