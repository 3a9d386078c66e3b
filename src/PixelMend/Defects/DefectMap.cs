using PixelMend.Frames;

namespace PixelMend.Defects;

/// <summary>
/// The defective photosites of one sensor, in sensor coordinates (0-based, whole stored image): single points and rectangles
/// (row and column runs among them). Immutable; points are sorted by row, then column, and hold each photosite once.
/// </summary>
public sealed class DefectMap
{
    private DefectMap(int width, int height, Defect[] points, DefectRegion[] regions, MapProvenance provenance)
    {
        Width = width;
        Height = height;
        Points = points;
        Regions = regions;
        Provenance = provenance;
    }

    /// <summary>Photosites per row of the sensor.</summary>
    public int Width { get; }

    /// <summary>Rows of the sensor.</summary>
    public int Height { get; }

    /// <summary>Single photosites, sorted by row, then column, without duplicates.</summary>
    public IReadOnlyList<Defect> Points { get; }

    /// <summary>Rectangles, row and column runs, sorted by top, then left.</summary>
    public IReadOnlyList<DefectRegion> Regions { get; }

    /// <summary>Where the map comes from.</summary>
    public MapProvenance Provenance { get; }

    /// <summary>Whether nothing is marked.</summary>
    public bool IsEmpty => Points.Count == 0 && Regions.Count == 0;

    /// <summary>A map without defects.</summary>
    public static DefectMap Empty(int width, int height) => new(width, height, [], [], MapProvenance.Unknown);

    /// <summary>Joins maps of one geometry: kinds are united, the larger severity and confidence kept.</summary>
    /// <exception cref="ArgumentException">A map has another geometry.</exception>
    public static DefectMap Union(int width, int height, IEnumerable<DefectMap> maps)
    {
        var builder = new Builder(width, height);
        foreach (DefectMap map in maps)
        {
            builder.Add(map);
        }

        return builder.Build();
    }

    /// <summary>One bit per photosite, regions filled in.</summary>
    public DefectMask ToMask()
    {
        var mask = new DefectMask(Width, Height);
        foreach (Defect point in Points)
        {
            mask[point.X, point.Y] = true;
        }

        foreach (DefectRegion region in Regions)
        {
            for (int y = region.Area.Top; y < region.Area.Bottom; y++)
            {
                for (int x = region.Area.Left; x < region.Area.Right; x++)
                {
                    mask[x, y] = true;
                }
            }
        }

        return mask;
    }

    /// <summary>Every defective photosite once, sorted by row, then column; photosites of regions carry their region's kind.</summary>
    public IReadOnlyList<Defect> AllPhotosites()
    {
        if (Regions.Count == 0)
        {
            return Points;
        }

        var flat = new Builder(Width, Height);
        flat.AddRange(Points);
        foreach (DefectRegion region in Regions)
        {
            for (int y = region.Area.Top; y < region.Area.Bottom; y++)
            {
                for (int x = region.Area.Left; x < region.Area.Right; x++)
                {
                    flat.Add(new Defect(x, y, region.Kind, region.Severity, region.Confidence, region.Details));
                }
            }
        }

        return flat.Build().Points;
    }

    /// <summary>The same defects with other provenance.</summary>
    public DefectMap From(MapProvenance provenance) => new(Width, Height, [.. Points], [.. Regions], provenance);

    /// <summary>Collects defects of a sensor of known geometry; not thread-safe.</summary>
    public sealed class Builder(int width, int height)
    {
        private readonly List<Defect> points = [];
        private readonly HashSet<DefectRegion> regions = [];

        /// <summary>Provenance of the map to build.</summary>
        public MapProvenance Provenance { get; set; } = MapProvenance.Unknown;

        /// <summary>Adds a photosite; one added before is united with it.</summary>
        /// <exception cref="ArgumentOutOfRangeException">It lies off the sensor.</exception>
        public void Add(Defect defect)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)defect.X, (uint)width, nameof(defect));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)defect.Y, (uint)height, nameof(defect));
            points.Add(defect);
        }

        /// <summary>Adds several photosites.</summary>
        public void AddRange(IEnumerable<Defect> defects)
        {
            foreach (Defect defect in defects)
            {
                Add(defect);
            }
        }

        /// <summary>Adds a rectangle.</summary>
        /// <exception cref="ArgumentOutOfRangeException">It is empty or reaches off the sensor.</exception>
        public void Add(DefectRegion region)
        {
            if (region.Area.Count <= 0 || region.Area.ClipTo(width, height) != region.Area)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(region),
                    region.Area,
                    $"The rectangle must lie on the {width} × {height} sensor."
                );
            }

            regions.Add(region);
        }

        /// <summary>Adds all of another map.</summary>
        /// <exception cref="ArgumentException">It has another geometry.</exception>
        public void Add(DefectMap map)
        {
            if (map.Width != width || map.Height != height)
            {
                throw new ArgumentException(
                    $"A map of a {map.Width} × {map.Height} sensor does not fit one of {width} × {height}.",
                    nameof(map)
                );
            }

            points.AddRange(map.Points);
            regions.UnionWith(map.Regions);
        }

        /// <summary>The map collected so far.</summary>
        public DefectMap Build()
        {
            Defect[] sorted = [.. points];
            Array.Sort(sorted, static (a, b) => a.Y != b.Y ? a.Y.CompareTo(b.Y) : a.X.CompareTo(b.X));
            int count = 0;
            foreach (Defect next in sorted)
            {
                if (count > 0 && sorted[count - 1].X == next.X && sorted[count - 1].Y == next.Y)
                {
                    Defect one = sorted[count - 1];
                    sorted[count - 1] = one with
                    {
                        Kind = one.Kind | next.Kind,
                        Severity = Math.Max(one.Severity, next.Severity),
                        Confidence = Math.Max(one.Confidence, next.Confidence),
                        Details = DefectDetails.Unite(one.Details, next.Details),
                    };
                }
                else
                {
                    sorted[count++] = next;
                }
            }

            DefectRegion[] ordered =
            [
                .. regions
                    .OrderBy(r => r.Area.Top)
                    .ThenBy(r => r.Area.Left)
                    .ThenBy(r => r.Area.Height)
                    .ThenBy(r => r.Area.Width)
                    .ThenBy(r => r.Kind)
                    .ThenBy(r => r.Severity)
                    .ThenBy(r => r.Confidence)
                    .ThenBy(r => r.Details?.ToString(), StringComparer.Ordinal),
            ];
            return new DefectMap(width, height, sorted[..count], ordered, Provenance);
        }
    }
}
