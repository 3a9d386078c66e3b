using PixelMend.Frames;

namespace PixelMend.Defects;

/// <summary>How a sensor's map compares with a specification.</summary>
/// <param name="Checks">Every limit with what was counted.</param>
public sealed record SensorGrade(IReadOnlyList<GradeCheck> Checks)
{
    /// <summary>Clusters begin here; two photosites are a couplet.</summary>
    private const int LeastCluster = 3;

    /// <summary>Defective neighbours of eight that leave fewer than five good ones.</summary>
    private const int TooManyBad = 4;

    /// <summary>Whether every limit is kept.</summary>
    public bool HasPassed => Checks.All(c => c.HasPassed);

    /// <summary>Grades a map.</summary>
    public static SensorGrade Of(DefectMap map, SensorSpecification specification)
    {
        IReadOnlyList<Defect> all = map.AllPhotosites();
        HashSet<int> columns = Lines(all, d => d.X, map.Height);
        HashSet<int> rows = Lines(all, d => d.Y, map.Width);
        // A bad column is one fault, counted as such: its photosites are no cluster.
        Cluster[] clusters =
        [
            .. Cluster.In([.. all.Where(d => !columns.Contains(d.X) && !rows.Contains(d.Y))]).Where(c => c.Size >= LeastCluster),
        ];
        List<GradeCheck> checks = [.. ZoneChecks(map, all, specification.Zones)];
        Check("largest cluster", clusters.Select(c => c.Size).DefaultIfEmpty().Max(), specification.LargestCluster);
        Check("clusters", clusters.Length, specification.MostClusters);
        Check("columns", columns.Count, specification.MostColumns);
        Check("rows", rows.Count, specification.MostRows);
        if (specification.MostKernelPhotosites is not null)
        {
            DefectMask bad = map.ToMask();
            int kernels = ClusterKernel.Count(clusters.SelectMany(c => c.Photosites), bad, CfaPattern.Mono);
            int inLines = all.Count(d => (columns.Contains(d.X) || rows.Contains(d.Y)) && BadAround(d, bad) >= TooManyBad);
            Check("cluster kernel photosites", kernels + inLines, specification.MostKernelPhotosites);
        }

        return new SensorGrade(checks);

        void Check(string what, int count, int? most)
        {
            if (most is int limit)
            {
                checks.Add(new GradeCheck(what, count, limit));
            }
        }
    }

    /// <summary>Defective ones among the eight neighbours. Where a line ends at the sensor's border, that is no fault of the line.</summary>
    private static int BadAround(Defect defect, DefectMask bad)
    {
        int count = 0;
        for (int y = Math.Max(0, defect.Y - 1); y <= Math.Min(bad.Height - 1, defect.Y + 1); y++)
        {
            for (int x = Math.Max(0, defect.X - 1); x <= Math.Min(bad.Width - 1, defect.X + 1); x++)
            {
                count += bad[x, y] && (x, y) != (defect.X, defect.Y) ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>Lines that are defective over at least half of their length.</summary>
    private static HashSet<int> Lines(IReadOnlyList<Defect> all, Func<Defect, int> line, int length) =>
        [.. all.CountBy(line).Where(l => l.Value > 1 && 2L * l.Value >= length).Select(l => l.Key)];

    private static IEnumerable<GradeCheck> ZoneChecks(DefectMap map, IReadOnlyList<Defect> all, IReadOnlyList<ZoneSpecification> zones)
    {
        Area[] areas = [.. zones.Select(z => Centered(map, z.Share))];
        ILookup<int, Defect> byZone = all.ToLookup(d => Array.FindIndex(areas, a => a.Contains(d.X, d.Y)));
        for (int i = 0; i < zones.Count; i++)
        {
            ZoneSpecification zone = zones[i];
            if (zone.MostPhotosites is int most)
            {
                yield return new GradeCheck($"{zone.Name}: photosites", byZone[i].Count(), most);
            }

            foreach ((DefectKind kind, int limit) in zone.MostOfKind.OrderBy(k => k.Key))
            {
                int count = byZone[i].Count(d => kind == DefectKind.Unknown ? d.Kind == kind : d.Kind.HasFlag(kind));
                yield return new GradeCheck($"{zone.Name}: {DefectKinds.NameOf(kind)}", count, limit);
            }
        }
    }

    private static Area Centered(DefectMap map, double share)
    {
        int width = (int)Math.Round(map.Width * share);
        int height = (int)Math.Round(map.Height * share);
        return new Area((map.Width - width) / 2, (map.Height - height) / 2, width, height);
    }
}

/// <summary>One limit and what was counted.</summary>
/// <param name="What">In words.</param>
/// <param name="Count">Counted.</param>
/// <param name="Most">Allowed.</param>
public readonly record struct GradeCheck(string What, int Count, int Most)
{
    /// <summary>Whether the limit is kept.</summary>
    public bool HasPassed => Count <= Most;
}
