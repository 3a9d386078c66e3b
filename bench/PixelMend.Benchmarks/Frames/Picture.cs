using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Benchmarks.Frames;

/// <summary>A full-colour picture in linear light: black 0, white 1.</summary>
/// <param name="Name">Where it comes from.</param>
/// <param name="Pixels">Its pixels.</param>
internal sealed record Picture(string Name, Rgb[,] Pixels)
{
    /// <summary>Coarser by at least this factor a mosaic knows every colour everywhere, and its noise and its own defects are averaged away.</summary>
    private const int LeastFactor = 4;

    public int Width => Pixels.GetLength(1);

    public int Height => Pixels.GetLength(0);

    /// <summary>Means over squares that hold whole periods of the filter array; null where it is not of red, green and blue, nor mono.</summary>
    public static Picture? Shrink(BenchFrame source)
    {
        RawFrame frame = source.Frame;
        CfaColor[] colors = [.. Enumerable.Range(0, frame.Cfa.PhaseCount).Select(p => frame.Cfa[p % frame.Cfa.Width, p / frame.Cfa.Width])];
        bool hasAll = new[] { CfaColor.Red, CfaColor.Green, CfaColor.Blue }.All(colors.Contains);
        if (!frame.Cfa.IsMono && !hasAll)
        {
            return null;
        }

        int factor = Enumerable.Range(LeastFactor, 256).First(f => f % frame.Cfa.Width == 0 && f % frame.Cfa.Height == 0);
        Area active = frame.ActiveArea;
        var pixels = new Rgb[active.Height / factor, active.Width / factor];
        for (int y = 0; y < pixels.GetLength(0); y++)
        {
            for (int x = 0; x < pixels.GetLength(1); x++)
            {
                pixels[y, x] = Mean(frame, new Area(active.Left + (x * factor), active.Top + (y * factor), factor, factor));
            }
        }

        return new Picture(source.Name, pixels);
    }

    /// <summary>The picture as a scene that falls on the sensor pixel by pixel.</summary>
    /// <param name="filter">What else stands before the photosite at a place: polarisers.</param>
    public SceneKind AsScene(Func<int, int, double>? filter = null) =>
        new("picture", "A picture, one pixel to a photosite.", _ => new PixelScene(this, filter ?? ((_, _) => 1)));

    private static Rgb Mean(RawFrame frame, Area area)
    {
        Rgb sum = default;
        Rgb count = default;
        for (int y = area.Top; y < area.Bottom; y++)
        {
            for (int x = area.Left; x < area.Right; x++)
            {
                Rgb seen = frame.Cfa[x, y] switch
                {
                    CfaColor.Red => new Rgb(1, 0, 0),
                    CfaColor.Green => new Rgb(0, 1, 0),
                    CfaColor.Blue => new Rgb(0, 0, 1),
                    _ => frame.Cfa.IsMono ? Rgb.Grey(1) : default,
                };
                sum += seen * frame.Signal(x, y);
                count += seen;
            }
        }

        return new Rgb(sum.R / count.R, sum.G / count.G, sum.B / count.B);
    }

    private sealed class PixelScene(Picture picture, Func<int, int, double> filter) : Scene
    {
        public override Rgb At(double x, double y)
        {
            int column = Math.Clamp((int)(x * picture.Height), 0, picture.Width - 1);
            int row = Math.Clamp((int)(y * picture.Height), 0, picture.Height - 1);
            return picture.Pixels[row, column] * filter(column, row);
        }
    }
}
