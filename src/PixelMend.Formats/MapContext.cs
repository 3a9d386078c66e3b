using PixelMend.Frames;

namespace PixelMend.Formats;

/// <summary>What the coordinates of a map file count from.</summary>
public enum MapOrigin
{
    /// <summary>The first stored photosite.</summary>
    Full,

    /// <summary>The top left of the photosites that see light.</summary>
    Active,

    /// <summary>The top left of what raw converters show, which is the active area where the file names no other.</summary>
    Visible,
}

/// <summary>How a map file's picture is turned against the sensor.</summary>
[Flags]
public enum MapFlip
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Left and right are exchanged.</summary>
    Horizontal = 1,

    /// <summary>Top and bottom are exchanged.</summary>
    Vertical = 2,

    /// <summary>Both are: half a turn.</summary>
    Both = Horizontal | Vertical,
}

/// <summary>
/// What the frame and the user say about a map file beyond what it says itself. File coordinates become the sensor's in this order:
/// <see cref="Offset"/> is added, <see cref="Flip"/> mirrors within the area of the origin, the area's top left is added.
/// </summary>
public sealed record MapContext
{
    /// <summary>Nothing known.</summary>
    public static MapContext Unknown { get; } = new();

    /// <summary>The sensor's size; null: whatever the file states, else the smallest that holds its photosites.</summary>
    public (int Width, int Height)? Size { get; init; }

    /// <summary>The photosites that see light; null: not known.</summary>
    public Area? ActiveArea { get; init; }

    /// <summary>Whether the frame's first stored row is the lowest of its picture, as in FITS.</summary>
    public bool IsBottomUp { get; init; }

    /// <summary>When the frame was taken: defects that a list dates later are left out.</summary>
    public DateTimeOffset? CaptureTime { get; init; }

    /// <summary>What coordinates count from; null: what is usual for the format.</summary>
    public MapOrigin? Origin { get; init; }

    /// <summary>Added to the file's coordinates.</summary>
    public Offset Offset { get; init; }

    /// <summary>How the file's picture is turned against the sensor.</summary>
    public MapFlip Flip { get; init; }

    /// <summary>The file of a frame that a map is written into, where the format is one that needs it; null: there is none.</summary>
    public ReadOnlyMemory<byte>? Carrier { get; init; }

    /// <summary>Bounds on the file.</summary>
    public ReadLimits Limits { get; init; } = ReadLimits.Default;

    /// <summary>What a frame tells of the maps made for it.</summary>
    /// <param name="frame">The frame.</param>
    public static MapContext Of(RawFrame frame) =>
        new()
        {
            Size = (frame.Width, frame.Height),
            ActiveArea = frame.ActiveArea,
            IsBottomUp = frame.Info.IsBottomUp,
            CaptureTime = frame.Info.CaptureTime,
        };
}
