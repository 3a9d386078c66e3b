namespace PixelMend.Simulation;

/// <summary>Linear light in three bands; 1 is what just saturates an unfiltered photosite at <see cref="Exposure.Light"/> 1.</summary>
public readonly record struct Rgb(double R, double G, double B)
{
    /// <summary>The same light in all bands.</summary>
    public static Rgb Grey(double level) => new(level, level, level);

    /// <summary>Adds two lights.</summary>
    public static Rgb operator +(Rgb a, Rgb b) => new(a.R + b.R, a.G + b.G, a.B + b.B);

    /// <summary>Light seen through a filter.</summary>
    public static Rgb operator *(Rgb a, Rgb b) => new(a.R * b.R, a.G * b.G, a.B * b.B);

    /// <summary>Dims or brightens.</summary>
    public static Rgb operator *(Rgb a, double factor) => new(a.R * factor, a.G * factor, a.B * factor);

    /// <summary>From <paramref name="a"/> (<paramref name="t"/> = 0) to <paramref name="b"/> (<paramref name="t"/> = 1) in a straight line.</summary>
    public static Rgb Mix(Rgb a, Rgb b, double t) => (a * (1 - t)) + (b * t);
}
