using PixelMend.Frames;

namespace PixelMend.Defects;

/// <summary>Which photosites of several maps a merged map keeps.</summary>
public enum MergeMode
{
    /// <summary>Those of any map.</summary>
    Union,

    /// <summary>Those of more than half of the maps.</summary>
    Majority,

    /// <summary>Those of every map.</summary>
    Intersection,
}

/// <summary>Joins maps of one sensor.</summary>
public static class MapMerge
{
    /// <summary>Merges maps; what is kept has all kinds, the largest severity and confidence, and the widest times of its sources.</summary>
    /// <param name="maps">At least one.</param>
    /// <param name="mode">What is kept.</param>
    /// <exception cref="ArgumentException">None is given, or they are of other geometries.</exception>
    public static DefectMap Of(IReadOnlyList<DefectMap> maps, MergeMode mode)
    {
        if (maps.Count == 0)
        {
            throw new ArgumentException("At least one map is needed.", nameof(maps));
        }

        var all = DefectMap.Union(maps[0].Width, maps[0].Height, maps);
        int needed = mode switch
        {
            MergeMode.Majority => (maps.Count / 2) + 1,
            MergeMode.Intersection => maps.Count,
            _ => 1,
        };
        DefectMap kept = needed == 1 ? all : KeptBy(needed, all, maps);
        return kept.From(
            new MapProvenance
            {
                Files = [.. maps.SelectMany(m => m.Provenance.Files).Distinct(StringComparer.Ordinal)],
                Camera = Common(maps.Select(m => m.Provenance.Camera)),
            }
        );
    }

    /// <summary>Ageing: drops what was last seen before a day; what was never dated stays.</summary>
    public static DefectMap SeenSince(DefectMap map, DateTimeOffset day)
    {
        var kept = new DefectMap.Builder(map.Width, map.Height) { Provenance = map.Provenance };
        kept.AddRange(map.Points.Where(p => IsSeen(p.Details)));
        foreach (DefectRegion region in map.Regions.Where(r => IsSeen(r.Details)))
        {
            kept.Add(region);
        }

        return kept.Build();

        bool IsSeen(DefectDetails? details) => details?.LastSeen is not { } last || last >= day;
    }

    /// <summary>A rectangle is kept as such where all of it is; else what is left of it becomes photosites.</summary>
    private static DefectMap KeptBy(int needed, DefectMap all, IReadOnlyList<DefectMap> maps)
    {
        DefectMask[] masks = [.. maps.Select(m => m.ToMask())];
        var kept = new DefectMap.Builder(all.Width, all.Height);
        kept.AddRange(all.Points.Where(p => IsKept(p.X, p.Y)));
        foreach (DefectRegion region in all.Regions)
        {
            Defect[] members = [.. PhotositesOf(region).Where(p => IsKept(p.X, p.Y))];
            if (members.Length == region.Area.Count)
            {
                kept.Add(region);
            }
            else
            {
                kept.AddRange(members);
            }
        }

        return kept.Build();

        bool IsKept(int x, int y) => masks.Count(mask => mask[x, y]) >= needed;
    }

    private static IEnumerable<Defect> PhotositesOf(DefectRegion region)
    {
        Area area = region.Area;
        for (int y = area.Top; y < area.Bottom; y++)
        {
            for (int x = area.Left; x < area.Right; x++)
            {
                yield return new Defect(x, y, region.Kind, region.Severity, region.Confidence, region.Details);
            }
        }
    }

    private static string? Common(IEnumerable<string?> names) =>
        names.OfType<string>().Distinct(StringComparer.Ordinal).ToArray() is [var only] ? only : null;
}
