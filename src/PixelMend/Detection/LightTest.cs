using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// Is an excess light or a defect? Optics spread even a point of light over neighbouring photosites of all colours, a defect stays alone.
/// The excess of the eight photosites around is compared with points of light of several widths at many positions;
/// what the best of them says about the centre, less what it gets wrong around, is the excess that light explains.
/// </summary>
internal sealed class LightTest
{
    private const int Around = 8;

    /// <summary>An error of the surroundings costs this much of the explanation: clusters of defects do not look like blurred points.</summary>
    private const float ErrorWeight = 3;

    /// <summary>Part of a neighbour's light that colour and optics may put elsewhere.</summary>
    private const float ErrorTolerance = 0.2f;

    private static readonly double[] Widths = [0.45, 0.55, 0.68, 0.85, 1.05];
    private static readonly Offset[] Steps = [.. Patch.Steps(1)];
    private static readonly float[][] Templates = MakeTemplates();

    private readonly MosaicView view;
    private readonly float[] gains;

    /// <param name="view">The mosaic.</param>
    /// <param name="gains">Mean signal of each CFA phase: what white light gives it.</param>
    public LightTest(MosaicView view, float[] gains)
    {
        this.view = view;
        this.gains = gains;
    }

    /// <summary>The part of the signal at (<paramref name="x"/>, <paramref name="y"/>) above its background that a point of light explains; view coordinates.</summary>
    public float Explained(int x, int y, float allowed)
    {
        Span<float> excess = stackalloc float[Around];
        for (int i = 0; i < Around; i++)
        {
            (int nx, int ny) = (x + Steps[i].Dx, y + Steps[i].Dy);
            excess[i] = nx < 0 || ny < 0 || nx >= view.Width || ny >= view.Height ? 0 : Excess(nx, ny) / Gain(nx, ny);
        }

        float best = 0;
        foreach (float[] template in Templates)
        {
            best = MathF.Max(best, Explain(template, excess, allowed / Gain(x, y)));
        }

        return best * Gain(x, y);
    }

    internal static float T1=0.25f,T2=0.02f,T3=3;
    private static float Explain(float[] template, ReadOnlySpan<float> excess, float allowed)
    {
        float product = 0;
        for (int i = 0; i < Around; i++)
        {
            product += template[i] * excess[i];
        }

        float flux = product; // the template's neighbours have unit energy
        if (flux <= 0)
        {
            return 0;
        }

        float error = 0;
        for (int i = 0; i < Around; i++)
        {
            float light = flux * template[i];
            error = MathF.Max(error, MathF.Abs(excess[i] - light) - (T1 * light) - (T2 * flux));
        }

        float explained = flux * template[Around];
        float q = MathF.Max(0, error) / (T3 * allowed);
        return explained * MathF.Max(0, 1 - (q * q));
    }

    private float Gain(int x, int y) => gains[view.Cfa.PhaseOf(x, y)];

    private float Excess(int x, int y)
    {
        Span<float> ring = stackalloc float[8];
        int n = 0;
        foreach (Offset step in view.Cfa.Neighbors(x, y))
        {
            (int nx, int ny) = (x + step.Dx, y + step.Dy);
            if (Math.Max(Math.Abs(step.Dx), Math.Abs(step.Dy)) >= 2 && nx >= 0 && ny >= 0 && nx < view.Width && ny < view.Height)
            {
                ring[n++] = view.Signal(nx, ny);
                if (n == ring.Length)
                {
                    break;
                }
            }
        }

        return view.Signal(x, y) - Quantiles.Median(ring[..n]);
    }

    private static float[][] MakeTemplates()
    {
        var templates = new List<float[]>();
        foreach (double width in Widths)
        {
            for (int py = -2; py <= 2; py++)
            {
                for (int px = -2; px <= 2; px++)
                {
                    var light = new double[Around + 1];
                    for (int i = 0; i < Around; i++)
                    {
                        light[i] = Share(Steps[i].Dx - (px * 0.25), width) * Share(Steps[i].Dy - (py * 0.25), width);
                    }

                    light[Around] = Share(px * 0.25, width) * Share(py * 0.25, width);
                    double energy = Math.Sqrt(light.Take(Around).Sum(v => v * v));
                    templates.Add([.. light.Select(v => (float)(v / energy))]);
                }
            }
        }

        return [.. templates];
    }

    /// <summary>Part of a Gaussian's light that falls on a photosite whose centre lies <paramref name="distance"/> away, along one axis.</summary>
    private static double Share(double distance, double width) => NormalBelow((distance + 0.5) / width) - NormalBelow((distance - 0.5) / width);

    /// <summary>The normal distribution function, by Abramowitz and Stegun's formula 26.2.17 (error below 1e-7).</summary>
    private static double NormalBelow(double z)
    {
        double t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        double tail = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return z >= 0 ? 1 - tail : tail;
    }
}
