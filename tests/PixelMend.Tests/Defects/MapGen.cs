using CsCheck;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Tests.Defects;

/// <summary>Random maps of small sensors, crowded enough for defects to touch.</summary>
internal static class MapGen
{
    public const int Width = 9;
    public const int Height = 7;

    private static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Gen<DefectMap> Map => from points in Point.Array[0, 25] from regions in Region.Array[0, 2] select Of(points, regions);

    private static Gen<DefectKind> Kind => Gen.Int[0, 3].Select(bits => (DefectKind)bits);

    private static Gen<DefectDetails?> Details =>
        from seen in Gen.Int[-3, 9]
        select seen < 0 ? null : new DefectDetails { FirstSeen = Start.AddDays(seen), LastSeen = Start.AddDays(seen) };

    private static Gen<Defect> Point =>
        from x in Gen.Int[0, Width - 1]
        from y in Gen.Int[0, Height - 1]
        from kind in Kind
        from severity in Gen.Int[0, 9]
        from details in Details
        select new Defect(x, y, kind, severity, 0.5f, details);

    private static Gen<DefectRegion> Region =>
        from left in Gen.Int[0, Width - 1]
        from top in Gen.Int[0, Height - 1]
        from width in Gen.Int[1, Width - left]
        from height in Gen.Int[1, Height - top]
        from kind in Kind
        from details in Details
        select new DefectRegion(new Area(left, top, width, height), kind, 1, 1, details);

    /// <summary>A day counted from the first that a defect of these maps may have been seen on.</summary>
    public static DateTimeOffset Day(int number) => Start.AddDays(number);

    /// <summary>Points of a map, one for each character that is not a dot, row by row.</summary>
    public static DefectMap Picture(params string[] rows)
    {
        var map = new DefectMap.Builder(rows[0].Length, rows.Length);
        for (int y = 0; y < rows.Length; y++)
        {
            map.AddRange(Enumerable.Range(0, rows[y].Length).Where(x => rows[y][x] != '.').Select(x => new Defect(x, y, DefectKind.Hot)));
        }

        return map.Build();
    }

    private static DefectMap Of(Defect[] points, DefectRegion[] regions)
    {
        var map = new DefectMap.Builder(Width, Height);
        map.AddRange(points);
        foreach (DefectRegion region in regions)
        {
            map.Add(region);
        }

        return map.Build();
    }
}
