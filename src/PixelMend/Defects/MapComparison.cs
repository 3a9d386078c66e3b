namespace PixelMend.Defects;

/// <summary>What is different between two maps of one sensor, photosite by photosite.</summary>
/// <param name="New">In the later map only.</param>
/// <param name="Gone">In the earlier map only.</param>
/// <param name="Changed">In both, of other kinds.</param>
/// <param name="Same">Number of photosites that are in both with the same kinds.</param>
public sealed record MapComparison(IReadOnlyList<Defect> New, IReadOnlyList<Defect> Gone, IReadOnlyList<ChangedDefect> Changed, int Same)
{
    /// <summary>Whether nothing differs. Severities and confidences, which no two measurements share, do not count.</summary>
    public bool IsEmpty => New.Count + Gone.Count + Changed.Count == 0;

    /// <summary>Compares two maps.</summary>
    /// <exception cref="ArgumentException">They are of other geometries.</exception>
    public static MapComparison Of(DefectMap earlier, DefectMap later)
    {
        if (earlier.Width != later.Width || earlier.Height != later.Height)
        {
            throw new ArgumentException(
                $"A map of a {earlier.Width} × {earlier.Height} sensor cannot be compared with one of {later.Width} × {later.Height}.",
                nameof(later)
            );
        }

        Dictionary<(int, int), Defect> before = earlier.AllPhotosites().ToDictionary(d => (d.X, d.Y));
        List<Defect> added = [];
        List<ChangedDefect> changed = [];
        int same = 0;
        foreach (Defect after in later.AllPhotosites())
        {
            if (!before.Remove((after.X, after.Y), out Defect known))
            {
                added.Add(after);
            }
            else if (known.Kind != after.Kind)
            {
                changed.Add(new ChangedDefect(known, after));
            }
            else
            {
                same++;
            }
        }

        return new MapComparison(added, [.. earlier.AllPhotosites().Where(d => before.ContainsKey((d.X, d.Y)))], changed, same);
    }
}

/// <summary>A photosite that fails otherwise than before.</summary>
public readonly record struct ChangedDefect(Defect Before, Defect After);
