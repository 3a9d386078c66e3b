using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
    private const float ErrorLimit = 8;

    /// <summary>Parts of a residual: what the surroundings of a defect explain by chance, and what is left to doubt where light explains it.</summary>
    private const float LeastShare = 0.3f;
    private const float FullShare = 0.8f;

    /// <summary>Signal from which a photosite may have received any amount of light.</summary>
    private const float Clipped = 0.98f;

    /// <summary>A frame has narrow points of light if it shows so many, each with so many neighbours that far above what is allowed.</summary>
    private const int NarrowPoints = 12;
    private const double NarrowPart = 0.015;
    private const int LitNeighbors = 4;
    private const int CandidatesToTry = 4000;

    private static readonly Offset[] Steps = [.. Patch.Steps(1)];

    /// <summary>Points of light of usual optics, and points narrower than a photosite, which need a finer grid of positions.</summary>
    private static readonly PointOfLight[] Usual = [.. PointOfLight.Grid(Steps, 0.25, 0.45, 0.55, 0.68, 0.85, 1.05)];
    private static readonly PointOfLight[] Narrow = [.. PointOfLight.Grid(Steps, 0.125, 0.35, 0.45)];

    private readonly MosaicView view;
    private readonly LocalExcess excess;
    private readonly float[] gains;
    private PointOfLight[] points = Usual;

    /// <param name="view">The mosaic.</param>
    /// <param name="excess">What its photosites show above their background.</param>
    /// <param name="gains">Mean signal of each CFA phase: what white light gives it.</param>
    public LightTest(MosaicView view, LocalExcess excess, float[] gains)
    {
        this.view = view;
        this.excess = excess;
        this.gains = gains;
    }

    /// <summary>
    /// Narrow points of light hardly differ from defects; they are looked for only where the frame shows, by photosites too well lit all around for
    /// defects, that its optics make such points.
    /// </summary>
    /// <param name="conspicuous">Photosites that stand out.</param>
    /// <param name="options">Threads and cancellation.</param>
    public void Learn(IEnumerable<Scored> conspicuous, ParallelOptions options)
    {
        Scored[] bright = [.. conspicuous.Where(s => s.Signal > s.Predicted).Take(CandidatesToTry)];
        int narrow = 0;
        Parallel.For(
            0,
            bright.Length,
            options,
            i =>
            {
                if (ShowsNarrowPoint(bright[i]))
                {
                    Interlocked.Increment(ref narrow);
                }
            }
        );
        points = narrow >= Math.Max(NarrowPoints, NarrowPart * bright.Length) ? [.. Narrow, .. Usual] : Usual;
    }

    /// <summary>The part of a residual, 0 to 1, that no point of light at (<paramref name="x"/>, <paramref name="y"/>) explains.</summary>
    /// <param name="x">Column, view coordinates.</param>
    /// <param name="y">Row, view coordinates.</param>
    /// <param name="residual">Signal above what was predicted.</param>
    /// <param name="allowed">Signal that noise and detail may be off there.</param>
    public float Unexplained(int x, int y, float residual, float allowed)
    {
        // A little less than the least share explains as much as nothing.
        const float nothing = 0.999f * LeastShare;
        return residual <= 0
            ? 1
            : Math.Clamp((FullShare - Share(points, Look(x, y, allowed), residual, nothing)) / (FullShare - LeastShare), 0, 1);
    }

    /// <summary>The part of the signal above its background that a point of light explains.</summary>
    public float Explained(int x, int y, float allowed) => Explained(points, Look(x, y, allowed), atLeast: 0);

    private bool ShowsNarrowPoint(Scored scored)
    {
        float residual = scored.Signal - scored.Predicted;
        Surroundings around = Look(scored.X, scored.Y, residual / scored.Score);
        return around.Lit >= LitNeighbors && Share(Usual, around, residual) < FullShare && Share(Narrow, around, residual) > FullShare;
    }

    private static float Share(PointOfLight[] candidates, in Surroundings around, float residual, float atLeast = 0) =>
        Explained(candidates, around, atLeast * residual) / residual;

    /// <summary>What the best of some points of light explains, or less than <paramref name="atLeast"/>.</summary>
    private static float Explained(PointOfLight[] candidates, in Surroundings around, float atLeast)
    {
        float best = atLeast / around.Gain;

        // A point's light has unit energy, so that none sends out more than all the light there is.
        const float certainly = 1.001f;
        float most = certainly * MathF.Sqrt(Vector256.Dot(around.Light, around.Light));
        foreach (PointOfLight point in candidates)
        {
            if (most * point.Centre <= best)
            {
                continue;
            }

            // Most points do not come near the best, however well they get the surroundings right.
            float flux = Vector256.Dot(point.Around, around.Light);
            if (flux * point.Centre > best)
            {
                best = MathF.Max(best, Explain(point, flux, around));
            }
        }

        return best * around.Gain;
    }

    /// <summary>What a point of light, scaled to the surroundings by least squares, says about the centre, as far as it gets the surroundings right.</summary>
    private static float Explain(in PointOfLight point, float flux, in Surroundings around)
    {
        Vector256<float> light = point.Around * flux;
        Vector256<float> less = light - around.Light;

        // A clipped photosite may have received more than it shows.
        Vector256<float> off = Vector256.Max(-less, Vector256.AndNot(less, around.Clipped));
        Vector256<float> error = off - (light * LightTolerance) - Vector256.Create(FluxTolerance * flux);
        float part = MathF.Max(0, Largest(error)) / around.Limit;
        return flux * point.Centre * MathF.Max(0, 1 - (part * part));
    }

    private static float Largest(Vector256<float> values)
    {
        Vector128<float> four = Vector128.Max(values.GetLower(), values.GetUpper());
        Vector64<float> two = Vector64.Max(four.GetLower(), four.GetUpper());
        return MathF.Max(two[0], two[1]);
    }

    private Surroundings Look(int x, int y, float allowed)
    {
        Span<float> light = stackalloc float[Around];
        Span<float> clipped = stackalloc float[Around];
        int lit = 0;
        for (int i = 0; i < Around; i++)
        {
            (int nx, int ny) = (x + Steps[i].Dx, y + Steps[i].Dy);
            float above = excess.At(nx, ny);
            lit += above > allowed ? 1 : 0;
            light[i] = above / Gain(nx, ny);
            clipped[i] = BitConverter.Int32BitsToSingle(view.Contains(nx, ny) && view.Signal(nx, ny) >= Clipped ? -1 : 0);
        }

        float gain = Gain(x, y);
        return new Surroundings(Vector256.Create<float>(light), Vector256.Create<float>(clipped), gain, ErrorLimit * allowed / gain, lit);
    }

    private float Gain(int x, int y) => gains[view.Cfa.PhaseOf(x, y)];

    /// <summary>The eight photosites around one, as white light would show them.</summary>
    /// <param name="Light">Their excess over their gain.</param>
    /// <param name="Clipped">All bits set where one is clipped.</param>
    /// <param name="Gain">The centre's gain.</param>
    /// <param name="Limit">Error that leaves nothing explained.</param>
    /// <param name="Lit">How many stand out by more than is allowed.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Surroundings(Vector256<float> Light, Vector256<float> Clipped, float Gain, float Limit, int Lit);
}
