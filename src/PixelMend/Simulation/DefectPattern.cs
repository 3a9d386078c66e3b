using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Simulation;

/// <summary>Where a sensor's defects lie and what each does: drawn once per sensor.</summary>
internal sealed class DefectPattern
{
    /// <summary>Good photosites kept in every direction around each defect, so that a single stays single.</summary>
    private const int Guard = 3;

    /// <summary>Places tried for a defect before a crowded sensor goes without it.</summary>
    private const int Tries = 64;

    private readonly SensorModel sensor;
    private readonly DefectModel model;
    private readonly DefectMask taken;
    private readonly SortedList<int, DefectBehavior>?[] rows;
    private readonly List<Offset> points = [];
    private readonly List<DefectRegion> regions = [];
    private Random64 random;

    private DefectPattern(int width, int height, SensorModel sensor, DefectModel model, ulong seed)
    {
        this.sensor = sensor;
        this.model = model;
        taken = new DefectMask(width, height);
        rows = new SortedList<int, DefectBehavior>?[height];
        random = new Random64(seed);
    }

    /// <summary>Regions, with the kind of each.</summary>
    public IReadOnlyList<DefectRegion> Regions => regions;

    /// <summary>Photosites that belong to no region, as steps from the origin.</summary>
    public IReadOnlyList<Offset> Points => points;

    /// <summary>Draws the defects of a sensor.</summary>
    public static DefectPattern Draw(int width, int height, SensorModel sensor, DefectModel model, ulong seed)
    {
        var pattern = new DefectPattern(width, height, sensor, model, seed);
        // Large shapes first: they find no room among many small ones, and cross each other as they do on sensors.
        foreach (DefectClass entry in model.Classes.OrderByDescending(c => c.Shape))
        {
            double expected = entry.Count + (entry.PerMillion * 1e-6 * width * height);
            int count = (int)Math.Floor(expected + pattern.random.Uniform());
            for (int i = 0; i < count; i++)
            {
                pattern.Place(entry);
            }
        }

        return pattern;
    }

    /// <summary>Defective photosites of a row by column; null where there are none.</summary>
    public SortedList<int, DefectBehavior>? Row(int y) => rows[y];

    private void Place(DefectClass entry)
    {
        if (entry.Shape >= DefectShape.RowSegment)
        {
            PlaceRegion(entry);
            return;
        }

        for (int attempt = 0; attempt < Tries; attempt++)
        {
            Offset[] group = DrawGroup(entry.Shape);
            if (group.All(site => DefectGroups.IsFree(taken, site, Guard)))
            {
                foreach (Offset site in group)
                {
                    points.Add(site);
                    Add(site.Dx, site.Dy, DefectBehavior.Draw(entry.Kind, model, sensor, ref random));
                }

                return;
            }
        }
    }

    private Offset[] DrawGroup(DefectShape shape)
    {
        var first = new Offset(random.Below(taken.Width), random.Below(taken.Height));
        return shape switch
        {
            DefectShape.Single => [first],
            DefectShape.AdjacentCouplet => DefectGroups.Adjacent(first, ref random),
            DefectShape.SameColorCouplet => DefectGroups.SameColor(sensor.Cfa, first, ref random),
            _ => DefectGroups.Cluster(first, ref random),
        };
    }

    private void PlaceRegion(DefectClass entry)
    {
        (int width, int height) = (taken.Width, taken.Height);
        bool isRow = entry.Shape is DefectShape.Row or DefectShape.RowSegment;
        bool isWhole = entry.Shape is DefectShape.Row or DefectShape.Column;
        int full = isRow ? width : height;
        int length = isWhole ? full : Math.Clamp((int)(full * model.SegmentLength.Draw(ref random)), 1, full);
        int start = random.Below(full - length + 1);
        int line = random.Below(isRow ? height : width);
        Area area = isRow ? new Area(start, line, length, 1) : new Area(line, start, 1, length);
        // One cause for the whole line: all its photosites behave alike.
        DefectBehavior behavior = DefectBehavior.Draw(entry.Kind, model, sensor, ref random);
        regions.Add(new DefectRegion(area, entry.Kind));
        for (int y = area.Top; y < area.Bottom; y++)
        {
            for (int x = area.Left; x < area.Right; x++)
            {
                Add(x, y, behavior);
            }
        }
    }

    /// <summary>Where two lines cross, the first drawn decides what the photosite reads.</summary>
    private void Add(int x, int y, DefectBehavior behavior)
    {
        taken[x, y] = true;
        (rows[y] ??= []).TryAdd(x, behavior);
    }
}
