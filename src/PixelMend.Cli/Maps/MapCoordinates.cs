using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Maps;

/// <summary>What the user says of a list's coordinates, and which of the formats that share its extension it has.</summary>
/// <param name="Origin">What they count from; null: what is usual for the format.</param>
/// <param name="Offset">Added to them on reading, taken off on writing.</param>
/// <param name="Flip">How the list is turned against the sensor.</param>
/// <param name="Dialect">Null: the usual one on writing, what it looks like on reading.</param>
internal sealed record MapCoordinates(MapOrigin? Origin, Offset Offset, MapFlip Flip, string? Dialect)
{
    /// <summary>Nothing is said.</summary>
    public static MapCoordinates Usual { get; } = new(null, default, MapFlip.None, null);

    /// <summary>Adds what is said to what is known of the sensor.</summary>
    public MapContext On(MapContext sensor) => sensor with { Origin = Origin, Offset = Offset, Flip = Flip };
}
