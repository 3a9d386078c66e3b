using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Maps;

/// <summary>
/// Builds a map from entries of a file that may be wrong: every entry is checked against the sensor and the limits, and what is
/// refused is named by its place in the file. The rules are the same for every map format.
/// </summary>
internal sealed class MapAssembly(string format, int width, int height, ReadLimits limits)
{
    private readonly DefectMap.Builder map = new(width, height);
    private long photosites;

    /// <summary>Refuses files larger than the limit.</summary>
    public void CheckFile(long bytes)
    {
        if (bytes > limits.MaxFileBytes)
        {
            throw new RawDataException(
                RawDataError.LimitExceeded,
                format,
                $"the file has {bytes} bytes, more than the limit of {limits.MaxFileBytes}"
            );
        }
    }

    /// <summary>Refuses a map that states another geometry than the frame's.</summary>
    public void CheckGeometry(long statedWidth, long statedHeight)
    {
        if (statedWidth != width || statedHeight != height)
        {
            throw new RawDataException(
                RawDataError.Malformed,
                format,
                $"the map is for a {statedWidth} × {statedHeight} sensor, the frame has {width} × {height}"
            );
        }
    }

    /// <summary>Adds a photosite, or a rectangle where it is larger than one.</summary>
    /// <param name="entry">The place and size.</param>
    /// <param name="place">Names the entry in messages, for instance <c>line 7</c>.</param>
    public void Add(in MapEntry entry, EntryPlace place)
    {
        if (entry.Width < 1 || entry.Height < 1)
        {
            throw Malformed(place, $"a size of {entry.Width} × {entry.Height} is impossible");
        }

        if (entry.X < 0 || entry.Y < 0 || entry.X + (long)entry.Width > width || entry.Y + (long)entry.Height > height)
        {
            string size = entry.Count == 1 ? "photosite" : $"rectangle of {entry.Width} × {entry.Height}";
            throw Malformed(place, $"{size} at x={entry.X}, y={entry.Y} lies off the {width} × {height} sensor");
        }

        if (!float.IsFinite(entry.Severity) || !(entry.Confidence >= 0 && entry.Confidence <= 1))
        {
            throw Malformed(place, $"severity {entry.Severity} must be a finite number and confidence {entry.Confidence} one from 0 to 1");
        }

        if (entry.Details?.Activation is { IsMeasured: false })
        {
            throw Malformed(place, "activation must hold finite numbers");
        }

        photosites += entry.Count;
        if (photosites > limits.MaxDefects)
        {
            throw new RawDataException(
                RawDataError.LimitExceeded,
                format,
                $"{place}: more than the limit of {limits.MaxDefects} defective photosites"
            );
        }

        if (entry.Count == 1)
        {
            map.Add(new Defect(entry.X, entry.Y, entry.Kind, entry.Severity, entry.Confidence, entry.Details));
        }
        else
        {
            var area = new Area(entry.X, entry.Y, entry.Width, entry.Height);
            map.Add(new DefectRegion(area, entry.Kind, entry.Severity, entry.Confidence, entry.Details));
        }
    }

    /// <summary>The kind that a name stands for.</summary>
    public DefectKind Kind(ReadOnlySpan<char> name, EntryPlace place) =>
        DefectKinds.TryParse(name, out DefectKind kind)
            ? kind
            : throw Malformed(
                place,
                $"'{name}' is not a kind of defect: write {string.Join(", ", DefectKinds.All.Select(k => k.Name))}, joined by +"
            );

    /// <summary>The map of all entries added.</summary>
    public DefectMap Build(MapProvenance provenance)
    {
        map.Provenance = provenance;
        return map.Build();
    }

    /// <summary>The refusal of an entry.</summary>
    public RawDataException Malformed(EntryPlace place, string reason) => new(RawDataError.Malformed, format, $"{place}: {reason}");
}

/// <summary>One entry of a map file, not yet checked: a rectangle, usually of one photosite.</summary>
internal readonly record struct MapEntry(
    int X,
    int Y,
    int Width,
    int Height,
    DefectKind Kind = DefectKind.Unknown,
    float Severity = 0,
    float Confidence = 1,
    DefectDetails? Details = null
)
{
    public long Count => (long)Width * Height;
}

/// <summary>Where an entry stands in its file; the text is made only when something is wrong there.</summary>
internal readonly record struct EntryPlace(string What, long Number)
{
    public override string ToString() => $"{What} {Number}";
}
