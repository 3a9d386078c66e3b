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

    /// <summary>Part of a neighbour's light that colour and optics may change.</summary>
    private const float LightTolerance = 0.25f;

    /// <summary>Part of the whole light that wings of the optics may put anywhere.</summary>
    private const float FluxTolerance = 0.02f;

    /// <summary>Errors of the surroundings beyond this many times what is allowed leave nothing explained: clusters of defects are no blurred points.</summary>
    private const float ErrorLimit = 3;

    /// <summary>Standard deviations of the Gaussian points compared with, in photosites.</summary>
    private static readonly double[] Widths = [0.45, 0.55, 0.68, 0.85, 1.05];
    private static readonly Offset[] Steps = [.. Patch.Steps(1)];
    private static readonly float[][] Templates = MakeTemplates();

    private readonly MosaicView view;
    private readonly LocalExcess excess;
    private readonly float[] gains;

    /// <param name="view">The mosaic.</param>
    /// <param name="excess">What its photosites show above their background.</param>
    /// <param name="gains">Mean signal of each CFA phase: what white light gives it.</param>
    public LightTest(MosaicView view, LocalExcess excess, float[] gains)
    {
        this.view = view;
        this.excess = excess;
        this.gains = gains;
    }

    /// <summary>The part of the signal at (<paramref name="x"/>, <paramref name="y"/>) above its background that a point of light explains.</summary>
    /// <param name="x">Column, view coordinates.</param>
    /// <param name="y">Row, view coordinates.</param>
    /// <param name="allowed">Signal that noise and detail may be off there.</param>
    public float Explained(int x, int y, float allowed)
    {
        Span<float> around = stackalloc float[Around];
        for (int i = 0; i < Around; i++)
        {
            (int nx, int ny) = (x + Steps[i].Dx, y + Steps[i].Dy);
            around[i] = excess.At(nx, ny) / Gain(nx, ny);
        }

        float limit = ErrorLimit * allowed / Gain(x, y);
        float best = 0;
        foreach (float[] template in Templates)
        {
            best = MathF.Max(best, Explain(template, around, limit));
        }

        return best * Gain(x, y);
    }

    /// <summary>What a template, scaled to the surroundings by least squares, says about the centre, as far as it gets the surroundings right.</summary>
    private static float Explain(float[] template, ReadOnlySpan<float> around, float limit)
    {
        float flux = 0;
        for (int i = 0; i < Around; i++)
        {
            flux += template[i] * around[i];
        }

        float error = 0;
        for (int i = 0; i < Around; i++)
        {
            float light = flux * template[i];
            error = MathF.Max(error, MathF.Abs(around[i] - light) - (LightTolerance * light) - (FluxTolerance * flux));
        }

        float part = error / limit;
        return flux * template[Around] * MathF.Max(0, 1 - (part * part));
    }

    private float Gain(int x, int y) => gains[view.Cfa.PhaseOf(x, y)];

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

                    // Unit energy around the centre makes the least-squares scale a plain scalar product.
                    double energy = Math.Sqrt(light.Take(Around).Sum(v => v * v));
                    templates.Add([.. light.Select(v => (float)(v / energy))]);
                }
            }
        }

        return [.. templates];
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
