using PixelMend.Defects;

namespace PixelMend.Benchmarks.Peers;

/// <summary>Which photosites of a map belong to columns and to rows one photosite wide: peers with lists treat those apart.</summary>
internal sealed class LineMasks
{
    public LineMasks(DefectMap map)
    {
        Columns = Of(map, r => r.Area is { Width: 1, Height: > 1 });
        Rows = Of(map, r => r.Area is { Height: 1, Width: > 1 });
    }

    public DefectMask Columns { get; }

    public DefectMask Rows { get; }

    /// <summary>The photosites of some of a map's regions.</summary>
    public static DefectMask Of(DefectMap map, Func<DefectRegion, bool> wanted)
    {
        var lines = new DefectMap.Builder(map.Width, map.Height);
        foreach (DefectRegion region in map.Regions.Where(wanted))
        {
            lines.Add(region);
        }

        return lines.Build().ToMask();
    }
}
