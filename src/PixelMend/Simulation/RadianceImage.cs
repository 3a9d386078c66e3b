using PixelMend.Frames;

namespace PixelMend.Simulation;

/// <summary>The light that falls on each photosite: a scene as the optics draw it, averaged over the photosite's area.</summary>
public sealed class RadianceImage
{
    /// <summary>Rows drawn at once: enough to share the rows around them, few enough for the cache.</summary>
    private const int BandRows = 32;

    /// <summary>Points per photosite at which a point light's spread is integrated.</summary>
    private const int SpreadPoints = 16;

    private RadianceImage(int width, int height)
    {
        Red = new Plane<float>(width, height);
        Green = new Plane<float>(width, height);
        Blue = new Plane<float>(width, height);
    }

    /// <summary>Red light.</summary>
    public Plane<float> Red { get; }

    /// <summary>Green light.</summary>
    public Plane<float> Green { get; }

    /// <summary>Blue light.</summary>
    public Plane<float> Blue { get; }

    private Plane<float>[] Bands => [Red, Green, Blue];

    /// <summary>Light on one photosite.</summary>
    public Rgb this[int x, int y] => new(Red[x, y], Green[x, y], Blue[x, y]);

    /// <summary>Draws a scene. The result does not depend on the number of threads.</summary>
    /// <param name="scene">What to draw.</param>
    /// <param name="optics">How it spreads.</param>
    /// <param name="width">Photosites per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="options">Threads to use, and cancellation.</param>
    public static RadianceImage Draw(Scene scene, Optics optics, int width, int height, ParallelOptions options)
    {
        var image = new RadianceImage(width, height);
        var core = new Kernel(optics);
        Parallel.For(0, (height + BandRows - 1) / BandRows, options, band => image.DrawBand(scene, core, band * BandRows));
        foreach (PointLight light in scene.Lights())
        {
            image.Add(light, optics.Blur);
        }

        if (optics.HaloShare > 0)
        {
            foreach (Plane<float> plane in image.Bands)
            {
                SpreadHalo(plane, optics, options);
            }
        }

        if (optics.Vignetting > 0)
        {
            image.Vignette(optics.Vignetting);
        }

        return image;
    }

    private void DrawBand(Scene scene, Kernel core, int top)
    {
        int width = Red.Width;
        int rows = Math.Min(BandRows, Red.Height - top);
        double pitch = 1.0 / (Red.Height * core.Oversampling);
        int raysAcross = ((width - 1) * core.Oversampling) + core.Weights.Length;
        int raysDown = ((rows - 1) * core.Oversampling) + core.Weights.Length;
        double[][] rays = [new double[raysAcross], new double[raysAcross], new double[raysAcross]];
        // Rays are blurred across at once, so that only finished columns wait for the blur down.
        double[][][] across = [new double[raysDown][], new double[raysDown][], new double[raysDown][]];
        for (int r = 0; r < raysDown; r++)
        {
            double y = ((top * core.Oversampling) + r - core.Margin + 0.5) * pitch;
            for (int i = 0; i < raysAcross; i++)
            {
                (rays[0][i], rays[1][i], rays[2][i]) = scene.At((i - core.Margin + 0.5) * pitch, y);
            }

            for (int band = 0; band < 3; band++)
            {
                across[band][r] = core.Shrink(rays[band], width);
            }
        }

        for (int band = 0; band < 3; band++)
        {
            Plane<float> plane = Bands[band];
            for (int row = 0; row < rows; row++)
            {
                core.ShrinkRows(across[band].AsSpan(row * core.Oversampling, core.Weights.Length), plane.Row(top + row));
            }
        }
    }

    private void Add(PointLight light, double blur)
    {
        double centreX = light.X * Red.Height;
        double centreY = light.Y * Red.Height;
        (int left, double[] across) = Spread(centreX, blur);
        (int top, double[] down) = Spread(centreY, blur);
        for (int j = 0; j < down.Length; j++)
        {
            for (int i = 0; i < across.Length; i++)
            {
                (int x, int y) = (left + i, top + j);
                if ((uint)x < (uint)Red.Width && (uint)y < (uint)Red.Height)
                {
                    double share = across[i] * down[j];
                    Red[x, y] += (float)(light.Flux.R * share);
                    Green[x, y] += (float)(light.Flux.G * share);
                    Blue[x, y] += (float)(light.Flux.B * share);
                }
            }
        }
    }

    /// <summary>How a point's light divides among the photosites of one direction; the shares add up to 1.</summary>
    private static (int First, double[] Shares) Spread(double centre, double blur)
    {
        double sigma = Math.Max(blur, 1.0 / SpreadPoints);
        int first = (int)Math.Floor(centre - (4 * sigma));
        var shares = new double[(int)Math.Floor(centre + (4 * sigma)) - first + 1];
        double total = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            for (int k = 0; k < SpreadPoints; k++)
            {
                double distance = (first + i + ((k + 0.5) / SpreadPoints) - centre) / sigma;
                shares[i] += Math.Exp(-0.5 * distance * distance);
            }

            total += shares[i];
        }

        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] /= total;
        }

        return (first, shares);
    }

    private static void SpreadHalo(Plane<float> plane, Optics optics, ParallelOptions options)
    {
        (int width, int height) = (plane.Width, plane.Height);
        Plane<float> halo = plane.Clone();
        Parallel.For(0, height, options, y => BoxBlur.Smooth(halo.Samples, y * width, 1, width, optics.HaloRadius));
        Parallel.For(0, width, options, x => BoxBlur.Smooth(halo.Samples, x, width, height, optics.HaloRadius));
        for (int i = 0; i < halo.Samples.Length; i++)
        {
            plane.Samples[i] = (float)Texture.Lerp(plane.Samples[i], halo.Samples[i], optics.HaloShare);
        }
    }

    private void Vignette(double loss)
    {
        double centreX = Red.Width / 2.0;
        double centreY = Red.Height / 2.0;
        double corner = (centreX * centreX) + (centreY * centreY);
        for (int y = 0; y < Red.Height; y++)
        {
            for (int x = 0; x < Red.Width; x++)
            {
                double dx = x + 0.5 - centreX;
                double dy = y + 0.5 - centreY;
                float kept = (float)(1 - (loss * ((dx * dx) + (dy * dy)) / corner));
                Red[x, y] *= kept;
                Green[x, y] *= kept;
                Blue[x, y] *= kept;
            }
        }
    }

    /// <summary>From rays to photosites in one direction: the Gaussian blur and the mean over the photosite, joined into one weighted sum.</summary>
    private sealed class Kernel
    {
        public Kernel(Optics optics)
        {
            Oversampling = optics.Oversampling;
            double[] blur = Gaussian(optics.Blur * Oversampling);
            Margin = blur.Length / 2;
            Weights = new double[blur.Length + Oversampling - 1];
            for (int i = 0; i < blur.Length * Oversampling; i++)
            {
                Weights[(i / Oversampling) + (i % Oversampling)] += blur[i / Oversampling] / Oversampling;
            }
        }

        public int Oversampling { get; }

        /// <summary>Rays that a photosite's sum reaches beyond its own.</summary>
        public int Margin { get; }

        public double[] Weights { get; }

        /// <summary>Weights of a Gaussian at whole steps, adding up to 1.</summary>
        public static double[] Gaussian(double sigma)
        {
            int reach = (int)Math.Ceiling(3.5 * sigma);
            var weights = new double[(2 * reach) + 1];
            for (int i = 0; i < weights.Length; i++)
            {
                double distance = reach == 0 ? 0 : (i - reach) / sigma;
                weights[i] = Math.Exp(-0.5 * distance * distance);
            }

            double total = weights.Sum();
            return [.. weights.Select(w => w / total)];
        }

        public double[] Shrink(double[] rays, int width)
        {
            var photosites = new double[width];
            for (int x = 0; x < width; x++)
            {
                double sum = 0;
                for (int k = 0; k < Weights.Length; k++)
                {
                    sum += Weights[k] * rays[(x * Oversampling) + k];
                }

                photosites[x] = sum;
            }

            return photosites;
        }

        public void ShrinkRows(ReadOnlySpan<double[]> rows, Span<float> photosites)
        {
            for (int x = 0; x < photosites.Length; x++)
            {
                double sum = 0;
                for (int k = 0; k < Weights.Length; k++)
                {
                    sum += Weights[k] * rows[k][x];
                }

                photosites[x] = (float)sum;
            }
        }
    }
}
