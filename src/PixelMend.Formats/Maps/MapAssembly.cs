using System.Globalization;
using System.Text;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Formats.Maps;

/// <summary>
/// Builds a map from entries of a file that may be wrong: every entry is placed on the sensor and checked against it and the limits. An entry that
/// makes no sense refuses the file, by its place; one that lies off the sensor is left out and told of, unless most of them do: then the
/// file is for another sensor. The rules are the same for every map format.
/// </summary>
internal sealed class MapAssembly
{
    private readonly MapFormat format;
    private readonly bool followsPicture;
    private readonly List<Defect> points = [];
    private readonly List<EntryPlace> pointPlaces = [];
    private readonly List<DefectRegion> regions = [];
    private readonly List<string> notes = [];
    private readonly EntryRemarks offSensor = new("lie off the sensor and are left out");
    private MapContext context;
    private MapPlacement placement;
    private long photosites;
    private int later;
    private (int Width, int Height) needed = (1, 1);

    /// <param name="format">The file's format.</param>
    /// <param name="context">What the frame and the user say.</param>
    /// <param name="followsPicture">Whether the format counts rows from the top of the picture, however the frame stores them.</param>
    public MapAssembly(MapFormat format, MapContext context, bool followsPicture = false)
    {
        this.format = format;
        this.context = context;
        this.followsPicture = followsPicture;
        placement = new MapPlacement(format, context, followsPicture);
    }

    private string FormatName => format.Name;

    /// <summary>Added to both coordinates of the entries that follow.</summary>
    public int Border { get; set; }

    /// <summary>Whether later entries add to earlier ones of the same photosite, so that nobody needs to be told.</summary>
    public bool RepeatsAreUsual { get; init; }

    /// <summary>Refuses files larger than the limit.</summary>
    public void CheckFile(long bytes)
    {
        if (bytes > context.Limits.MaxFileBytes)
        {
            throw new RawDataException(
                RawDataError.LimitExceeded,
                FormatName,
                $"the file has {bytes} bytes, more than the limit of {context.Limits.MaxFileBytes}"
            );
        }
    }

    /// <summary>Takes the size that a map states, or refuses it where another is known.</summary>
    public void CheckGeometry(long statedWidth, long statedHeight)
    {
        if (placement.Area is not { } area)
        {
            context.Limits.CheckSize(FormatName, statedWidth, statedHeight);
            context = context with { Size = ((int)statedWidth, (int)statedHeight) };
            placement = new MapPlacement(format, context, followsPicture);
        }
        else if (statedWidth != area.Width || statedHeight != area.Height)
        {
            throw new RawDataException(
                RawDataError.Malformed,
                FormatName,
                $"the map is for a {statedWidth} × {statedHeight} sensor, the frame has {area.Width} × {area.Height}"
            );
        }
    }

    /// <summary>Adds a photosite, or a rectangle where it is larger than one.</summary>
    /// <param name="entry">The place in the file's coordinates, and the size.</param>
    /// <param name="place">Names the entry in messages, for instance <c>line 7</c>.</param>
    public void Add(in MapEntry entry, EntryPlace place)
    {
        if (entry.Width < 1 || entry.Height < 1)
        {
            throw Malformed(place, $"a size of {entry.Width} × {entry.Height} is impossible");
        }

        if (!float.IsFinite(entry.Severity) || !(entry.Confidence >= 0 && entry.Confidence <= 1))
        {
            throw Malformed(place, $"severity {entry.Severity} must be a finite number and confidence {entry.Confidence} one from 0 to 1");
        }

        if (entry.Details?.Activation is { IsMeasured: false })
        {
            throw Malformed(place, "activation must hold finite numbers");
        }

        if (Place(entry, place) is not { } area)
        {
            return;
        }

        photosites += area.Count;
        if (photosites > context.Limits.MaxDefects)
        {
            throw new RawDataException(
                RawDataError.LimitExceeded,
                FormatName,
                $"{place}: more than the limit of {context.Limits.MaxDefects} defective photosites"
            );
        }

        needed = (Math.Max(needed.Width, area.Right), Math.Max(needed.Height, area.Bottom));
        if (area.Count == 1)
        {
            pointPlaces.Add(place);
            points.Add(new Defect(area.Left, area.Top, entry.Kind, entry.Severity, entry.Confidence, entry.Details));
        }
        else
        {
            regions.Add(new DefectRegion(area, entry.Kind, entry.Severity, entry.Confidence, entry.Details));
        }
    }

    /// <summary>Adds a whole row of the file's area.</summary>
    public void AddRow(int y, DefectKind kind, EntryPlace place) =>
        Add(new MapEntry(0, y, Whole(place).Width, 1, kind), place, ignoreX: true);

    /// <summary>Adds a whole column of the file's area.</summary>
    public void AddColumn(int x, DefectKind kind, EntryPlace place) =>
        Add(new MapEntry(x, 0, 1, Whole(place).Height, kind), place, ignoreY: true);

    /// <summary>Leaves an entry out because it became defective after the frame was taken.</summary>
    /// <returns>Whether it is to be left out.</returns>
    public bool IsLater(DateTimeOffset death)
    {
        bool isLater = death > context.CaptureTime;
        later += isLater ? 1 : 0;
        return isLater;
    }

    /// <summary>Tells the user something.</summary>
    public void Note(string note) => notes.Add(note);

    /// <summary>A whole number of the file.</summary>
    public int Whole(string field, string name, EntryPlace place) =>
        int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Malformed(place, $"{name} '{Shown(field)}' is not a whole number");

    /// <summary>The kind that a name stands for.</summary>
    public DefectKind Kind(ReadOnlySpan<char> name, EntryPlace place) =>
        DefectKinds.TryParse(name, out DefectKind kind)
            ? kind
            : throw Malformed(
                place,
                $"'{name}' is not a kind of defect: write {string.Join(", ", DefectKinds.All.Select(k => k.Name))}, joined by +"
            );

    /// <summary>The map of all entries added.</summary>
    public MapReading Build(MapProvenance provenance)
    {
        if (offSensor.Count > points.Count + regions.Count)
        {
            string all =
                offSensor.Count == 1
                    ? string.Empty
                    : $"; so do {offSensor.Count} of {offSensor.Count + points.Count + regions.Count} entries";
            throw new RawDataException(RawDataError.Malformed, FormatName, $"{offSensor.First}{all}: is it for another sensor?");
        }

        bool sizeIsKnown = context.Size is not null;
        (int width, int height) = context.Size ?? needed;
        if (needed.Width > width || needed.Height > height)
        {
            throw new RawDataException(
                RawDataError.Malformed,
                FormatName,
                $"photosites reach to {needed.Width} × {needed.Height}, off the {width} × {height} sensor"
            );
        }

        notes.AddRange(offSensor.Notes);
        if (later > 0)
        {
            notes.Add($"{later} photosites are left out: they became defective after the frame was taken.");
        }

        if (placement.IsGuess && points.Count + regions.Count > 0)
        {
            notes.Add(
                "Coordinates count from the visible area, which is not known: the whole sensor is taken for it; --frame or --origin tells."
            );
        }

        var map = new DefectMap.Builder(width, height) { Provenance = provenance };
        map.AddRange(points);
        foreach (DefectRegion region in regions)
        {
            map.Add(region);
        }

        DefectMap built = map.Build();
        if (!RepeatsAreUsual && built.Points.Count < points.Count)
        {
            notes.AddRange(Repeats());
        }

        return new MapReading(built, sizeIsKnown, notes);
    }

    /// <summary>What is told of photosites that are listed more than once.</summary>
    private IEnumerable<string> Repeats()
    {
        var remarks = new EntryRemarks("repeat earlier ones");
        var first = new Dictionary<(int X, int Y), int>();
        for (int i = 0; i < points.Count; i++)
        {
            Defect point = points[i];
            if (!first.TryAdd((point.X, point.Y), i))
            {
                int before = first[(point.X, point.Y)];
                remarks.Add(pointPlaces[i], () => Repeat(point, points[before].Kind, pointPlaces[before]));
            }
        }

        return remarks.Notes;
    }

    private static string Repeat(Defect point, DefectKind before, EntryPlace place)
    {
        string kinds =
            point.Kind == before
                ? string.Empty
                : $" with another kind, {DefectKinds.NameOf(before)} there and {DefectKinds.NameOf(point.Kind)} here: it has both";
        return $"x={point.X}, y={point.Y} is listed before, in {place}{kinds}";
    }

    /// <summary>The refusal of an entry.</summary>
    public RawDataException Malformed(EntryPlace place, string reason) => new(RawDataError.Malformed, FormatName, $"{place}: {reason}");

    /// <summary>As much of a field as a message can hold.</summary>
    public static string Shown(string field) => field.Length <= 40 ? field : field[..40];

    /// <summary>A whole line is not moved along itself by an offset.</summary>
    private void Add(MapEntry entry, EntryPlace place, bool ignoreX = false, bool ignoreY = false) =>
        Add(entry with { X = ignoreX ? -context.Offset.Dx : entry.X, Y = ignoreY ? -context.Offset.Dy : entry.Y }, place);

    private Area Whole(EntryPlace place) => placement.Area ?? throw SizeNeeded(place, "a whole line");

    /// <summary>Where an entry lies; null, and remarked on, off the sensor.</summary>
    private Area? Place(in MapEntry entry, EntryPlace place)
    {
        if (placement.NeedsSize)
        {
            throw SizeNeeded(place, "a flip");
        }

        (int width, int height) = context.Size ?? (context.Limits.MaxDimension, context.Limits.MaxDimension);
        (long x, long y) = placement.ToSensor((long)entry.X + Border, (long)entry.Y + Border, entry.Width, entry.Height);
        if (x < 0 || y < 0 || x + entry.Width > width || y + entry.Height > height)
        {
            string size = entry.Count == 1 ? "photosite" : $"rectangle of {entry.Width} × {entry.Height}";
            offSensor.Add(place, () => $"{size} at x={x}, y={y} lies off the {width} × {height} sensor");
            return null;
        }

        return new Area((int)x, (int)y, entry.Width, entry.Height);
    }

    private RawDataException SizeNeeded(EntryPlace place, string what) =>
        new(
            RawDataError.Unsupported,
            FormatName,
            $"{place}: {what} cannot be placed without the sensor's size: --size or --frame tells it"
        );
}

/// <summary>One entry of a map file, not yet checked: a rectangle, usually of one photosite.</summary>
internal readonly record struct MapEntry(
    int X,
    int Y,
    int Width = 1,
    int Height = 1,
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
