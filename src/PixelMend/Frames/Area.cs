namespace PixelMend.Frames;

/// <summary>A rectangle of photosites in sensor coordinates: 0-based, right and bottom exclusive.</summary>
public readonly record struct Area(int Left, int Top, int Width, int Height)
{
    /// <summary>First column to the right of the area.</summary>
    public int Right => Left + Width;

    /// <summary>First row below the area.</summary>
    public int Bottom => Top + Height;

    /// <summary>Number of photosites.</summary>
    public long Count => (long)Width * Height;

    /// <summary>Whether the photosite at (<paramref name="x"/>, <paramref name="y"/>) lies inside.</summary>
    public bool Contains(int x, int y) => x >= Left && x < Right && y >= Top && y < Bottom;

    /// <summary>Whether some photosite lies in both areas.</summary>
    public bool Overlaps(Area other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    /// <summary>The part of this area that lies on a sensor of the given size; empty (zero width or height) when none does.</summary>
    public Area ClipTo(int width, int height)
    {
        int left = Math.Clamp(Left, 0, width);
        int top = Math.Clamp(Top, 0, height);
        int right = (int)Math.Clamp((long)Left + Width, left, width);
        int bottom = (int)Math.Clamp((long)Top + Height, top, height);
        return new Area(left, top, right - left, bottom - top);
    }
}
