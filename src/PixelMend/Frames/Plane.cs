namespace PixelMend.Frames;

/// <summary>A rectangle of samples in raster order, row after row without padding.</summary>
/// <typeparam name="T">The sample type: <see cref="ushort"/> for stored codes, <see cref="float"/> for measured values.</typeparam>
public sealed class Plane<T>
    where T : unmanaged
{
    /// <summary>Allocates a plane of zeros.</summary>
    /// <param name="width">Samples per row, at least 1.</param>
    /// <param name="height">Rows, at least 1; width × height must fit an array.</param>
    public Plane(int width, int height)
        : this(width, height, LargeArray.Zeros<T>(Count(width, height))) { }

    /// <summary>Wraps <paramref name="samples"/> without copying them.</summary>
    /// <exception cref="ArgumentException">The array does not hold exactly width × height samples.</exception>
    public Plane(int width, int height, T[] samples)
    {
        if (samples.Length != Count(width, height))
        {
            throw new ArgumentException(
                $"{width} × {height} samples need an array of {(long)width * height}, not {samples.Length}.",
                nameof(samples)
            );
        }

        Width = width;
        Height = height;
        Samples = samples;
    }

    /// <summary>A plane of whatever the memory holds, for those who write all of its samples before they read any.</summary>
    /// <param name="width">Samples per row, at least 1.</param>
    /// <param name="height">Rows, at least 1; width × height must fit an array.</param>
    public static Plane<T> Unfilled(int width, int height) => new(width, height, LargeArray.Unfilled<T>(Count(width, height)));

    /// <summary>Samples per row.</summary>
    public int Width { get; }

    /// <summary>Number of rows.</summary>
    public int Height { get; }

    /// <summary>All samples, raster order.</summary>
    public T[] Samples { get; }

    /// <summary>The sample at column <paramref name="x"/> of row <paramref name="y"/>, both 0-based.</summary>
    public ref T this[int x, int y]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)Width, nameof(x));
            return ref Samples[((long)y * Width) + x];
        }
    }

    /// <summary>Row <paramref name="y"/>, 0-based, as a writable span of <see cref="Width"/> samples.</summary>
    public Span<T> Row(int y) => Samples.AsSpan(checked(y * Width), Width);

    /// <summary>An independent copy.</summary>
    public Plane<T> Clone()
    {
        Plane<T> copy = Unfilled(Width, Height);
        Samples.CopyTo(copy.Samples, 0);
        return copy;
    }

    private static int Count(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        long count = (long)width * height;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Array.MaxLength, nameof(width));
        return (int)count;
    }
}
