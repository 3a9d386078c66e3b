using System.Runtime.Intrinsics;
using PixelMend.Frames;

namespace PixelMend.Detection;

/// <summary>What a point of light puts on the eight photosites around one, scaled to unit energy, and on that one itself.</summary>
/// <param name="Around">Light on the photosites around.</param>
/// <param name="Centre">Light on the photosite itself.</param>
internal readonly record struct PointOfLight(Vector256<float> Around, float Centre)
{
    /// <summary>How far from the photosite's centre the point may lie along each axis: light of a point on a neighbour reaches it too.</summary>
    private const double Farthest = 1;

    /// <summary>Gaussian points of several widths at all places of a grid.</summary>
    /// <param name="steps">The eight photosites around.</param>
    /// <param name="spacing">Distance between places, in photosites.</param>
    /// <param name="widths">Standard deviations, in photosites.</param>
    public static IEnumerable<PointOfLight> Grid(Offset[] steps, double spacing, params double[] widths)
    {
        int reach = (int)(Farthest / spacing);
        return from width in widths
            from py in Enumerable.Range(-reach, (2 * reach) + 1)
            from px in Enumerable.Range(-reach, (2 * reach) + 1)
            select At(steps, px * spacing, py * spacing, width);
    }

    private static PointOfLight At(Offset[] steps, double x, double y, double width)
    {
        double[] light = [.. steps.Select(s => Share(s.Dx - x, width) * Share(s.Dy - y, width))];

        // Unit energy around the centre makes the least-squares scale a plain scalar product.
        double energy = Math.Sqrt(light.Sum(v => v * v));
        float[] around = [.. light.Select(v => (float)(v / energy))];
        return new PointOfLight(Vector256.Create(around), (float)(Share(x, width) * Share(y, width) / energy));
    }

    /// <summary>Part of a Gaussian's light that falls on a photosite whose centre lies <paramref name="distance"/> away, along one axis.</summary>
    private static double Share(double distance, double width) =>
        NormalBelow((distance + 0.5) / width) - NormalBelow((distance - 0.5) / width);

    /// <summary>The normal distribution function, by Abramowitz and Stegun's formula 26.2.17 (error below 1e-7).</summary>
    private static double NormalBelow(double z)
    {
        double t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        double tail =
            Math.Exp(-z * z / 2)
            / Math.Sqrt(2 * Math.PI)
            * t
            * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return z >= 0 ? 1 - tail : tail;
    }
}
