using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>
/// How the DNG SDK fills single photosites, columns and rows: the mean along the directions whose gradient is at most 1.5 times the least.
/// Re-expressed from its description; not the peer's code.
/// </summary>
internal sealed class DngSdkGradients(BadMosaic mosaic)
{
    /// <summary>Directions with gradients up to so many times the least take part.</summary>
    private const float Tolerance = 1.5f;

    /// <summary>How far from a line's photosite the middle of a pair may lie: 1.5 photosites across the line and 2 along it, both doubled.</summary>
    private const int TwiceAcross = 3;

    private const int TwiceAlong = 4;

    private static readonly Offset[] Directions = [new(1, 0), new(0, 1), new(1, 1), new(1, -1)];

    private static readonly Offset[] GreenOfColumn = [new(1, 3), new(1, 1), new(3, 1), new(2, 0), new(3, -1), new(1, -1), new(1, -3)];

    private static readonly Offset[] OthersOfColumn = [new(2, 4), new(2, 2), new(4, 2), new(2, 0), new(4, -2), new(2, -2), new(2, -4)];

    /// <summary>A single photosite: gradients over the 5 × 5 around it.</summary>
    public float OfPoint(int x, int y)
    {
        Span<(float Gradient, float Mean)> found = stackalloc (float, float)[Directions.Length];
        for (int d = 0; d < Directions.Length; d++)
        {
            Offset u = Directions[d];
            bool near = mosaic.IsGreen(x, y) && u.SquaredLength == 2;
            (int ex, int ey) = near ? (u.Dx, u.Dy) : (2 * u.Dx, 2 * u.Dy);
            float sum = near ? mosaic.Difference(x + ex, y + ey, x - ex, y - ey) : 0;
            int count = near ? 1 : 0;
            for (int dy = -2; dy <= 2; dy++)
            {
                for (int dx = -2; dx <= 2; dx++)
                {
                    (int tx, int ty) = (dx + (2 * u.Dx), dy + (2 * u.Dy));
                    if (Math.Abs(tx) <= 2 && Math.Abs(ty) <= 2 && (dx, dy) != (0, 0) && (tx, ty) != (0, 0))
                    {
                        sum += mosaic.Difference(x + dx, y + dy, x + tx, y + ty);
                        count++;
                    }
                }
            }

            found[d] = (sum / count, (mosaic[x + ex, y + ey] + mosaic[x - ex, y - ey]) / 2);
        }

        return Smooth(found);
    }

    /// <summary>A photosite of a single column, or of a row when turned; null where no direction has two good ends.</summary>
    public float? OfLine(int x, int y, bool turned)
    {
        bool green = mosaic.IsGreen(x, y);
        Offset[] directions = green ? GreenOfColumn : OthersOfColumn;
        Span<(float Gradient, float Mean)> found = stackalloc (float, float)[directions.Length];
        int count = 0;
        foreach (Offset upright in directions)
        {
            Offset u = turned ? new Offset(upright.Dy, upright.Dx) : upright;
            if (mosaic.IsGood(x + u.Dx, y + u.Dy) && mosaic.IsGood(x - u.Dx, y - u.Dy))
            {
                float mean = (mosaic[x + u.Dx, y + u.Dy] + mosaic[x - u.Dx, y - u.Dy]) / 2;
                found[count++] = (GradientOfLine(x, y, u, turned), mean);
            }
        }

        if (count == 0)
        {
            return null;
        }

        (float least, float most) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (Offset near in green ? [new(1, 1), new(1, -1), new(-1, 1), new(-1, -1)] : Beside(turned))
        {
            if (mosaic.IsGood(x + near.Dx, y + near.Dy))
            {
                least = MathF.Min(least, mosaic[x + near.Dx, y + near.Dy]);
                most = MathF.Max(most, mosaic[x + near.Dx, y + near.Dy]);
            }
        }

        float smooth = Smooth(found[..count]);
        return least <= most ? Math.Clamp(smooth, least, most) : smooth;
    }

    private static Offset[] Beside(bool turned) => turned ? [new(0, 2), new(0, -2)] : [new(2, 0), new(-2, 0)];

    /// <summary>Mean difference of same-colour pairs that lie as the direction does, their middles near the photosite.</summary>
    private float GradientOfLine(int x, int y, Offset u, bool turned)
    {
        float sum = 0;
        int count = 0;
        foreach (int length in new[] { 1, 2 })
        {
            (int vx, int vy) = (length * u.Dx, length * u.Dy);
            // Twice the middle of a pair, near the photosite.
            for (int my = -TwiceAlong; my <= TwiceAlong; my++)
            {
                for (int mx = -TwiceAcross; mx <= TwiceAcross; mx++)
                {
                    (int cx, int cy) = turned ? (my, mx) : (mx, my);
                    if (((cx - vx) & 1) != 0 || ((cy - vy) & 1) != 0)
                    {
                        continue;
                    }

                    (int ax, int ay) = (x + ((cx - vx) / 2), y + ((cy - vy) / 2));
                    (int bx, int by) = (ax + vx, ay + vy);
                    if (mosaic.IsGood(ax, ay) && mosaic.IsGood(bx, by) && mosaic.Frame.Cfa[ax, ay] == mosaic.Frame.Cfa[bx, by])
                    {
                        sum += mosaic.Difference(ax, ay, bx, by);
                        count++;
                    }
                }
            }
        }

        return count == 0 ? 0 : sum / count;
    }

    private static float Smooth(ReadOnlySpan<(float Gradient, float Mean)> directions)
    {
        float limit = float.PositiveInfinity;
        foreach ((float gradient, _) in directions)
        {
            limit = MathF.Min(limit, Tolerance * gradient);
        }

        float sum = 0;
        int count = 0;
        foreach ((float gradient, float mean) in directions)
        {
            if (gradient <= limit)
            {
                sum += mean;
                count++;
            }
        }

        return sum / count;
    }
}
