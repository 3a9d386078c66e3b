using PixelMend.Frames;

namespace PixelMend.Formats.Maps;

/// <summary>Where the coordinates of a map file lie on the sensor: the one place that knows of origins, offsets and flips.</summary>
internal sealed class MapPlacement
{
    private readonly MapContext context;
    private readonly MapFlip flip;

    /// <param name="format">The file's format, whose usual origin holds unless the user names another.</param>
    /// <param name="context">What is known; its size must be the sensor's, or null.</param>
    /// <param name="followsPicture">Whether the format counts rows from the top of the picture, however the frame stores them.</param>
    public MapPlacement(MapFormat format, MapContext context, bool followsPicture = false)
    {
        this.context = context;
        MapOrigin origin = format.OriginIsFixed ? format.UsualOrigin : context.Origin ?? format.UsualOrigin;
        bool isCropped = origin != MapOrigin.Full;
        IsGuess = isCropped && context.ActiveArea is null;
        flip = context.Flip ^ (followsPicture && context.IsBottomUp ? MapFlip.Vertical : MapFlip.None);
        Area =
            isCropped && context.ActiveArea is { } active ? active
            : context.Size is var (width, height) ? new Area(0, 0, width, height)
            : null;
    }

    /// <summary>Whether the origin needs an area that is not known, and the whole sensor was taken for it.</summary>
    public bool IsGuess { get; }

    /// <summary>The area that coordinates count in; null where the sensor's size is not known.</summary>
    public Area? Area { get; }

    /// <summary>Whether coordinates can be told without the sensor's size.</summary>
    public bool NeedsSize => flip != MapFlip.None && Area is null;

    /// <summary>Refuses to write a turned list without knowing where the sensor ends.</summary>
    /// <exception cref="NotSupportedException">A flip is asked for and the size is not known.</exception>
    public void RequireSizeToFlip()
    {
        if (NeedsSize)
        {
            throw new NotSupportedException("a flip needs the sensor's size: --size or --frame tells it");
        }
    }

    /// <summary>What users are told of photosites that a file's area does not hold.</summary>
    public static IReadOnlyList<string> Outside(long photosites) =>
        photosites == 0 ? [] : [$"{photosites} photosites outside the area that the coordinates count in are left out."];

    /// <summary>The top left on the sensor of a rectangle of the file; it may lie off the sensor.</summary>
    public (long X, long Y) ToSensor(long x, long y, int width, int height)
    {
        (x, y) = Turned(x + context.Offset.Dx, y + context.Offset.Dy, width, height);
        return (x + (Area?.Left ?? 0), y + (Area?.Top ?? 0));
    }

    /// <summary>The top left in the file of a rectangle on the sensor; null where the file's area does not hold all of it.</summary>
    public (int X, int Y)? ToFile(Area rectangle)
    {
        if (
            Area is { } area
            && (rectangle.Left < area.Left || rectangle.Top < area.Top || rectangle.Right > area.Right || rectangle.Bottom > area.Bottom)
        )
        {
            return null;
        }

        (long x, long y) = Turned(rectangle.Left - (Area?.Left ?? 0), rectangle.Top - (Area?.Top ?? 0), rectangle.Width, rectangle.Height);
        (x, y) = (x - context.Offset.Dx, y - context.Offset.Dy);
        return int.Max(0, (int)x) == x && int.Max(0, (int)y) == y ? ((int)x, (int)y) : null;
    }

    /// <summary>Mirroring is its own inverse.</summary>
    private (long X, long Y) Turned(long x, long y, int width, int height) =>
        (
            flip.HasFlag(MapFlip.Horizontal) ? Area!.Value.Width - x - width : x,
            flip.HasFlag(MapFlip.Vertical) ? Area!.Value.Height - y - height : y
        );
}
