using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// Predicts single photosites straight from stored codes, eight columns at a time. Sums are added up in another order than elsewhere, so that the last
/// bits differ: good for telling what is not worth a closer look.
/// </summary>
internal sealed class QuickLook
{
    /// <summary>What rounding may change, as a part of the level: far more than it does.</summary>
    private const float Slack = 1e-4f;

    private const int Lanes = 8;
    private const int Rows = (2 * ScorePass.PatchRadius) + 1;

    private readonly MosaicView view;
    private readonly Plane<ushort> codes;
    private readonly float[][] weights;
    private readonly int[] ring;
    private readonly int margin;

    private QuickLook(MosaicView view, Plane<ushort> codes, MosaicModel model, Offset[] ring)
    {
        this.view = view;
        this.codes = codes;
        this.ring = [.. ring.Select(s => (s.Dy * codes.Width) + s.Dx)];
        margin = ScorePass.PatchRadius + ring.Select(s => s.Distance).DefaultIfEmpty().Max() + Lanes;
        weights = [.. model.Phases.Select(p => Square(model.Steps, p.Weights))];
    }

    /// <summary>A quick look at a mosaic; null where its samples are not plain codes or, to be clamped, have rings that differ.</summary>
    public static QuickLook? At(MosaicView view, MosaicModel model, bool clamp)
    {
        CfaPattern cfa = view.Cfa;
        Offset[] first = clamp ? PhaseSteps.RingOf(cfa, 0, 0) : [];
        bool oneRing =
            !clamp
            || Enumerable.Range(0, cfa.PhaseCount).All(p => PhaseSteps.RingOf(cfa, p % cfa.Width, p / cfa.Width).SequenceEqual(first));
        return oneRing && view.HasPlainCodes ? new QuickLook(view, view.Frame.Codes!, model, first) : null;
    }

    /// <summary>Whether a photosite may be off by a multiple of its noise; true also where that cannot be told quickly.</summary>
    public bool IsWorthIt(int x, int y, Fills fills, in Kernels.DefectScale scale, float least)
    {
        if (x < margin || y < margin || x >= view.Width - margin || y >= view.Height - margin)
        {
            return true;
        }

        for (int row = y - ScorePass.PatchRadius; row <= y + ScorePass.PatchRadius; row++)
        {
            if (!fills.Row(row, x - ScorePass.PatchRadius, x + ScorePass.PatchRadius).IsEmpty)
            {
                return true;
            }
        }

        float predicted = Predict(x, y);
        float off = MathF.Abs(view.Signal(x, y) - predicted) + (Slack * MathF.Abs(predicted));
        float variance = scale.NoiseOffset + (scale.NoiseSlope * MathF.Max(predicted, 0));
        return off * off >= least * least * variance * (1 - Slack);
    }

    private float Predict(int x, int y)
    {
        ref float weight = ref MemoryMarshal.GetArrayDataReference(weights[view.Cfa.PhaseOf(x, y)]);
        int column = view.Left + x - ScorePass.PatchRadius;
        Vector256<float> sum = default;
        for (int i = 0; i < Rows; i++)
        {
            int row = y - ScorePass.PatchRadius + i;
            ref ushort at = ref codes.Samples[((view.Top + row) * codes.Width) + column];
            Vector128<ushort> read = Vector128.LoadUnsafe(ref at);
            if (ring.Length > 0)
            {
                read = Clamp(read, ref at);
            }

            sum += view.ToSignals(read, x - ScorePass.PatchRadius, row) * Vector256.LoadUnsafe(ref Unsafe.Add(ref weight, i * Lanes));
        }

        return Vector256.Sum(sum);
    }

    private Vector128<ushort> Clamp(Vector128<ushort> read, ref ushort at)
    {
        Vector128<ushort> least = Vector128<ushort>.AllBitsSet;
        Vector128<ushort> most = default;
        foreach (int offset in ring)
        {
            Vector128<ushort> neighbor = Vector128.LoadUnsafe(ref Unsafe.Add(ref at, offset));
            least = Vector128.Min(least, neighbor);
            most = Vector128.Max(most, neighbor);
        }

        return Vector128.Min(Vector128.Max(read, least), most);
    }

    /// <summary>The weights of a patch row by row, each row filled up with zeros.</summary>
    private static float[] Square(Offset[] steps, float[] weights)
    {
        var square = new float[Rows * Lanes];
        for (int t = 0; t < steps.Length; t++)
        {
            square[((steps[t].Dy + ScorePass.PatchRadius) * Lanes) + steps[t].Dx + ScorePass.PatchRadius] = weights[t];
        }

        return square;
    }
}
