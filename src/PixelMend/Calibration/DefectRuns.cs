using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Calibration;

/// <summary>Joins single photosites that stand in a line without end into parts of rows and columns: one cause, one entry of the map.</summary>
internal static class DefectRuns
{
    /// <summary>Fewer in a line are a cluster.</summary>
    private const int Least = 12;

    /// <summary>Good ones between that do not end a run.</summary>
    private const int Gap = 2;

    /// <summary>Least part of a run that is defective.</summary>
    private const double Density = 0.75;

    /// <summary>The runs among points.</summary>
    public static IReadOnlyList<DefectRegion> Find(IEnumerable<Defect> points)
    {
        Defect[] all = [.. points];
        return [.. Along(all, columns: true), .. Along(all, columns: false)];
    }

    private static IEnumerable<DefectRegion> Along(Defect[] points, bool columns)
    {
        foreach (IGrouping<int, Defect> line in points.GroupBy(p => columns ? p.X : p.Y))
        {
            Defect[] sorted = [.. line.OrderBy(p => At(p, columns))];
            int start = 0;
            for (int i = 1; i <= sorted.Length; i++)
            {
                if (i < sorted.Length && At(sorted[i], columns) - At(sorted[i - 1], columns) <= Gap + 1)
                {
                    continue;
                }

                int length = At(sorted[i - 1], columns) - At(sorted[start], columns) + 1;
                if (i - start >= Least && i - start >= Density * length)
                {
                    yield return Join(sorted.AsSpan(start, i - start), length, columns);
                }

                start = i;
            }
        }
    }

    /// <summary>The run is what most of its members are, as severe as their middle one.</summary>
    private static DefectRegion Join(ReadOnlySpan<Defect> members, int length, bool columns)
    {
        Defect[] all = members.ToArray();
        DefectKind kind = all.GroupBy(m => m.Kind).MaxBy(g => g.Count())!.Key;
        float severity = all.Select(m => m.Severity).Order().ElementAt(all.Length / 2);
        Area area = columns ? new Area(all[0].X, all[0].Y, 1, length) : new Area(all[0].X, all[0].Y, length, 1);
        return new DefectRegion(area, kind, severity, all.Average(m => m.Confidence));
    }

    private static int At(Defect point, bool columns) => columns ? point.Y : point.X;
}
