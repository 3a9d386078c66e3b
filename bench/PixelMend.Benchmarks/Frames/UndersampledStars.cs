using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Benchmarks.Frames;

/// <summary>
/// Undersampled stars on a dark sky, as the referee defines them: 4,000 Gaussian spots of σ 0.55 to 0.85 photosites over a Bayer sensor of 12 bits.
/// Every star is real: a detector that flags one is wrong.
/// </summary>
internal static class UndersampledStars
{
    private const int Width = 1600;
    private const int Height = 1200;
    private const int Stars = 4000;
    private const int Reach = 4;
    private const double Black = 256;
    private const double White = 4095;
    private const double Sky = 180;
    private const double Gain = 0.8;
    private const double ReadNoiseAdu = 3;

    /// <summary>Stars and sky are seen weaker through red and blue.</summary>
    private static readonly Rgb Filters = new(0.7, 1, 0.6);

    public static BenchFrame Take(ParallelOptions options)
    {
        var random = new Random(5);
        var adu = new double[Height, Width];
        for (int i = 0; i < Stars; i++)
        {
            double y = 6 + (random.NextDouble() * (Height - 13));
            double x = 6 + (random.NextDouble() * (Width - 13));
            double flux = Math.Pow(10, 2.3 + (2.3 * random.NextDouble()));
            Add(adu, x, y, flux, 0.55 + (0.3 * random.NextDouble()));
        }

        var pixels = new Rgb[Height, Width];
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                pixels[y, x] = Filters * ((Sky + adu[y, x]) / (White - Black));
            }
        }

        var picture = new Picture("stars", pixels);
        SensorModel sensor = PlainCamera.Sensor(CfaPattern.Parse("RGGB"), 12, Black, White, Gain, ReadNoiseAdu / Gain);
        return new BenchFrame(picture.Name, PlainCamera.Take(picture, picture.AsScene(), sensor, 5, options));
    }

    private static void Add(double[,] adu, double x, double y, double flux, double sigma)
    {
        const int Side = (2 * Reach) + 1;
        (int cx, int cy) = ((int)x, (int)y);
        var spot = new double[Side * Side];
        for (int i = 0; i < spot.Length; i++)
        {
            double dx = (i % Side) - Reach - (x - cx);
            double dy = (i / Side) - Reach - (y - cy);
            spot[i] = Math.Exp(-((dx * dx) + (dy * dy)) / (2 * sigma * sigma));
        }

        double total = spot.Sum();
        for (int i = 0; i < spot.Length; i++)
        {
            int row = cy + (i / Side) - Reach;
            int column = cx + (i % Side) - Reach;
            if (row >= 0 && column >= 0)
            {
                adu[row, column] += flux * spot[i] / total;
            }
        }
    }
}
