using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>
/// How the DNG SDK fills clusters: the mean of the nearest ring of same-colour photosites that has a good one.
/// Re-expressed from its description; not the peer's code.
/// </summary>
internal sealed class DngSdkRings(BadMosaic mosaic)
{
    /// <summary>Rings of a Bayer array, nearest first; those with odd steps are of one colour for green only.</summary>
    private static readonly (int Near, int Far)[] All = [(1, 1), (0, 2), (2, 2), (1, 3), (0, 4), (3, 3), (2, 4), (4, 4)];

    /// <summary>Rings that are searched for members of rectangles.</summary>
    public static int Most => All.Length;

    public float? Fill(int x, int y, int rings)
    {
        foreach ((int near, int far) in All.AsSpan(0, rings))
        {
            if ((near & 1) != 0 && !mosaic.IsGreen(x, y))
            {
                continue;
            }

            float[] good =
            [
                .. Members(near, far)
                    .Select(o => (X: x + o.Dx, Y: y + o.Dy))
                    .Where(s => mosaic.IsGood(s.X, s.Y))
                    .Select(s => mosaic[s.X, s.Y]),
            ];
            if (good.Length > 0)
            {
                return good.Average();
            }
        }

        return null;
    }

    private static IEnumerable<Offset> Members(int near, int far) =>
        new[] { (near, far), (-near, far), (near, -far), (-near, -far), (far, near), (-far, near), (far, -near), (-far, -near) }
            .Distinct()
            .Select(o => new Offset(o.Item1, o.Item2));
}
