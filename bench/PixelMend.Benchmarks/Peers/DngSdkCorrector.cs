using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>
/// Adobe DNG SDK 1.7, opcodes FixBadPixels (DNG specification, opcode list): a photosite with no other bad one within two gets the mean along the directions
/// whose gradient is at most 1.5 times the least; a single column or row the same from longer directions, kept within its nearest neighbours; all else
/// the mean of the nearest ring that holds a good photosite. Bayer only. Re-expressed from its description; not the peer's code.
/// </summary>
internal sealed class DngSdkCorrector : IDefectCorrector
{
    /// <summary>Directions with gradients up to so many times the least take part.</summary>
    private const float Tolerance = 1.5f;

    private const int PointGuard = 2;
    private const int LineGuard = 4;

    /// <summary>Rings that points search; rectangles search all.</summary>
    private const int RingsOfPoints = 3;

    private static readonly (int Near, int Far)[] Rings = [(1, 1), (0, 2), (2, 2), (1, 3), (0, 4), (3, 3), (2, 4), (4, 4)];

    private static readonly Offset[] Directions = [new(1, 0), new(0, 1), new(1, 1), new(1, -1)];

    private static readonly Offset[] GreenOfColumn = [new(1, 3), new(1, 1), new(3, 1), new(2, 0), new(3, -1), new(1, -1), new(1, -3)];

    private static readonly Offset[] OthersOfColumn = [new(2, 4), new(2, 2), new(4, 2), new(2, 0), new(4, -2), new(2, -2), new(2, -4)];

    public static Peer<IDefectCorrector> Registration { get; } =
        new(
            new(
                "DNG SDK*",
                "The mean along the directions of small gradients; of the nearest good ring in clusters.",
                "DNG specification, opcode FixBadPixelsList",
                [],
                _ => new DngSdkCorrector()
            ),
            PeerCfas.IsBayer
        );

    public CorrectionReport Correct(RawFrame frame, DefectMap map, ParallelOptions options)
    {
        var job = new Job(frame, LinearSamples.Of(frame), map.ToMask(), new LineMasks(map), RegionMask(map));
        return PeerRepair.Run(frame, map, options, job.Estimate);
    }

    private static DefectMask RegionMask(DefectMap map)
    {
        var builder = new DefectMap.Builder(map.Width, map.Height);
        foreach (DefectRegion region in map.Regions)
        {
            builder.Add(region);
        }

        return builder.Build().ToMask();
    }

    private sealed record Job(RawFrame Frame, Plane<float> Samples, DefectMask Bad, LineMasks Lines, DefectMask InRegion)
    {
        public float? Estimate(int x, int y)
        {
            bool green = Frame.Cfa[x, y] == CfaColor.Green;
            return InRegion[x, y]
                ? Lines.Columns[x, y] && IsAlone(x, y, new Offset(1, 0))
                    ? OfLine(x, y, green, turned: false)
                    : Lines.Rows[x, y] && IsAlone(x, y, new Offset(0, 1))
                        ? OfLine(x, y, green, turned: true)
                        : OfRings(x, y, green, Rings.Length)
                : IsIsolated(x, y)
                    ? OfDirections(x, y, green)
                    : OfRings(x, y, green, RingsOfPoints);
        }

        private bool IsGood(int x, int y) => Frame.ActiveArea.Contains(x, y) && !Bad[x, y];

        private bool IsIsolated(int x, int y)
        {
            for (int dy = -PointGuard; dy <= PointGuard; dy++)
            {
                for (int dx = -PointGuard; dx <= PointGuard; dx++)
                {
                    if ((dx, dy) != (0, 0) && !IsGood(x + dx, y + dy))
                    {
                        return false;
                    }
                }
            }

            return true;
        }

        private bool IsAlone(int x, int y, Offset across) =>
            Enumerable.Range(-LineGuard, (2 * LineGuard) + 1).All(i => i == 0 || IsGood(x + (i * across.Dx), y + (i * across.Dy)));

        private float OfDirections(int x, int y, bool green)
        {
            Span<(float Gradient, float Mean)> found = stackalloc (float, float)[Directions.Length];
            for (int d = 0; d < Directions.Length; d++)
            {
                Offset u = Directions[d];
                bool near = green && u.SquaredLength == 2;
                (int ex, int ey) = near ? (u.Dx, u.Dy) : (2 * u.Dx, 2 * u.Dy);
                float sum = near ? Difference(x + ex, y + ey, x - ex, y - ey) : 0;
                int count = near ? 1 : 0;
                for (int dy = -2; dy <= 2; dy++)
                {
                    for (int dx = -2; dx <= 2; dx++)
                    {
                        (int tx, int ty) = (dx + (2 * u.Dx), dy + (2 * u.Dy));
                        if (Math.Abs(tx) <= 2 && Math.Abs(ty) <= 2 && (dx, dy) != (0, 0) && (tx, ty) != (0, 0))
                        {
                            sum += Difference(x + dx, y + dy, x + tx, y + ty);
                            count++;
                        }
                    }
                }

                found[d] = (sum / count, (Samples[x + ex, y + ey] + Samples[x - ex, y - ey]) / 2);
            }

            return Smooth(found);
        }

        /// <summary>Gradients of a line: mean differences of same-colour pairs that lie as the direction does, about the photosite.</summary>
        private float? OfLine(int x, int y, bool green, bool turned)
        {
            Offset[] directions = green ? GreenOfColumn : OthersOfColumn;
            Span<(float Gradient, float Mean)> found = stackalloc (float, float)[directions.Length];
            int count = 0;
            foreach (Offset upright in directions)
            {
                Offset u = turned ? new Offset(upright.Dy, upright.Dx) : upright;
                if (IsGood(x + u.Dx, y + u.Dy) && IsGood(x - u.Dx, y - u.Dy))
                {
                    float mean = (Samples[x + u.Dx, y + u.Dy] + Samples[x - u.Dx, y - u.Dy]) / 2;
                    found[count++] = (GradientOfLine(x, y, u, turned), mean);
                }
            }

            if (count == 0)
            {
                return OfRings(x, y, green, Rings.Length);
            }

            (float least, float most) = (float.PositiveInfinity, float.NegativeInfinity);
            foreach (Offset near in green ? [new(1, 1), new(1, -1), new(-1, 1), new(-1, -1)] : Beside(turned))
            {
                if (IsGood(x + near.Dx, y + near.Dy))
                {
                    least = MathF.Min(least, Samples[x + near.Dx, y + near.Dy]);
                    most = MathF.Max(most, Samples[x + near.Dx, y + near.Dy]);
                }
            }

            float smooth = Smooth(found[..count]);
            return least <= most ? Math.Clamp(smooth, least, most) : smooth;
        }

        private static Offset[] Beside(bool turned) => turned ? [new(0, 2), new(0, -2)] : [new(2, 0), new(-2, 0)];

        private float GradientOfLine(int x, int y, Offset u, bool turned)
        {
            float sum = 0;
            int count = 0;
            (int acrossLimit, int alongLimit) = (3, 4);
            foreach (int length in new[] { 1, 2 })
            {
                (int vx, int vy) = (length * u.Dx, length * u.Dy);
                // Twice the middle of a pair, near the photosite.
                for (int my = -alongLimit; my <= alongLimit; my++)
                {
                    for (int mx = -acrossLimit; mx <= acrossLimit; mx++)
                    {
                        (int cx, int cy) = turned ? (my, mx) : (mx, my);
                        if (((cx - vx) & 1) != 0 || ((cy - vy) & 1) != 0)
                        {
                            continue;
                        }

                        (int ax, int ay) = (x + ((cx - vx) / 2), y + ((cy - vy) / 2));
                        (int bx, int by) = (ax + vx, ay + vy);
                        if (IsGood(ax, ay) && IsGood(bx, by) && Frame.Cfa[ax, ay] == Frame.Cfa[bx, by])
                        {
                            sum += Difference(ax, ay, bx, by);
                            count++;
                        }
                    }
                }
            }

            return count == 0 ? 0 : sum / count;
        }

        private float? OfRings(int x, int y, bool green, int rings)
        {
            foreach ((int near, int far) in Rings.AsSpan(0, rings))
            {
                if (!green && (near & 1) != 0)
                {
                    continue;
                }

                float sum = 0;
                int count = 0;
                foreach ((int a, int b) in near == far ? [(near, far)] : new[] { (near, far), (far, near) })
                {
                    foreach (Offset step in Corners(a, b))
                    {
                        if (IsGood(x + step.Dx, y + step.Dy))
                        {
                            sum += Samples[x + step.Dx, y + step.Dy];
                            count++;
                        }
                    }
                }

                if (count > 0)
                {
                    return sum / count;
                }
            }

            return null;
        }

        private static Offset[] Corners(int dx, int dy) =>
            dx == 0 ? [new(0, dy), new(0, -dy)]
            : dy == 0 ? [new(dx, 0), new(-dx, 0)]
            : [new(dx, dy), new(dx, -dy), new(-dx, dy), new(-dx, -dy)];

        private float Difference(int ax, int ay, int bx, int by) => MathF.Abs(Samples[ax, ay] - Samples[bx, by]);

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
}
