using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// Predicts single photosites straight from stored codes, eight columns at a time, and compares them with their own colour. Sums are added up in another
/// order than elsewhere, so that the last bits differ: good for telling what is not worth a closer look.
/// </summary>
internal sealed class QuickLook
{
    /// <summary>What rounding may change, as a part of the level: far more than it does.</summary>
    private const float Slack = 1e-4f;

    private const int Lanes = 8;
    private const int Rows = (2 * ScorePass.PatchRadius) + 1;
    private const int Center = (ScorePass.PatchRadius * Lanes) + ScorePass.PatchRadius;

    private readonly MosaicView view;
    private readonly Plane<ushort> codes;
    private readonly float[][] weights;
    private readonly int[][] pairs;
    private readonly Offset[] ringSteps;
    private readonly int[] ring;
    private readonly int ringReach;
    private readonly int margin;

    private QuickLook(MosaicView view, Plane<ushort> codes, MosaicModel model, Offset[] ring)
    {
        this.view = view;
        this.codes = codes;
        ringSteps = ring;
        this.ring = [.. ring.Select(s => (s.Dy * codes.Width) + s.Dx)];
        ringReach = ring.Select(s => s.Distance).DefaultIfEmpty().Max();
        margin = ScorePass.PatchRadius + ringReach + Lanes;
        weights = [.. model.Phases.Select(p => Square(model.Steps, p.Weights))];
        CfaPattern cfa = view.Cfa;
        pairs = [.. Enumerable.Range(0, cfa.PhaseCount).Select(p => InPatch(PhaseSteps.OppositesOf(cfa, p % cfa.Width, p / cfa.Width)))];
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

    /// <summary>Whether a photosite may reach a score; true also where that cannot be told quickly.</summary>
    public bool IsWorthIt(int x, int y, Fills fills, in DefectScale scale, float least)
    {
        if (x < margin || x >= view.Width - margin || view.Height <= 2 * margin)
        {
            return true;
        }

        Span<float> patch = stackalloc float[Rows * Lanes];
        if (!Read(x, y, fills, patch))
        {
            return true;
        }

        int phase = view.Cfa.PhaseOf(x, y);
        float predicted = Predict(patch, weights[phase]);
        float measured = view.Signal(x, y);
        float residual = measured - predicted;
        float rounding = Slack * MathF.Abs(predicted);
        float off = MathF.Abs(residual) + rounding;
        float variance = scale.NoiseOffset + (scale.NoiseSlope * MathF.Max(predicted, 0));
        if (!(off * off >= least * least * variance * (1 - Slack)))
        {
            return false;
        }

        if (pairs[phase].Length == 0)
        {
            return true;
        }

        (float unexplained, float texture) = OwnColor.Compare(patch, Center, pairs[phase], measured, residual);
        float allowed = MathF.Sqrt(variance) + (scale.Excuses.Texture * texture);
        return unexplained + rounding >= least * allowed * (1 - Slack);
    }

    /// <summary>Reads the patch around a photosite as it is believed; false where what is limited to its ring would have to be believed otherwise.</summary>
    private bool Read(int x, int y, Fills fills, Span<float> patch)
    {
        int column = x - ScorePass.PatchRadius;
        int reach = ScorePass.PatchRadius + ringReach;
        bool inside = y >= reach && y < view.Height - reach;
        for (int i = -ringReach; i < Rows + ringReach; i++)
        {
            int unmirrored = y - ScorePass.PatchRadius + i;
            int row = Mirrored(unmirrored);
            ReadOnlySpan<Fill> replaced = fills.Row(row, column - ringReach, x + ScorePass.PatchRadius + ringReach);
            if (ring.Length > 0 && !replaced.IsEmpty)
            {
                return false;
            }

            if (i < 0 || i >= Rows)
            {
                continue;
            }

            ref ushort at = ref CodeAt(column, row);
            Vector128<ushort> read = Vector128.LoadUnsafe(ref at);
            if (ring.Length > 0)
            {
                read = inside ? Clamp(read, ref at) : ClampAtBorder(read, column, unmirrored);
            }

            view.ToSignals(read, column, row).CopyTo(patch[(i * Lanes)..]);
            foreach (Fill fill in replaced)
            {
                patch[(i * Lanes) + fill.X - column] = fill.Signal;
            }
        }

        return true;
    }

    private ref ushort CodeAt(int x, int y) => ref codes.Samples[((view.Top + y) * codes.Width) + view.Left + x];

    private int Mirrored(int y) => PhaseLayout.Mirror(y, view.Height, view.Cfa.Height);

    private static float Predict(ReadOnlySpan<float> patch, float[] weights)
    {
        ref float weight = ref MemoryMarshal.GetArrayDataReference(weights);
        ref float signal = ref MemoryMarshal.GetReference(patch);
        Vector256<float> sum = default;
        for (int i = 0; i < Rows * Lanes; i += Lanes)
        {
            sum += Vector256.LoadUnsafe(ref Unsafe.Add(ref signal, i)) * Vector256.LoadUnsafe(ref Unsafe.Add(ref weight, i));
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

    /// <summary>The same where rows of the ring are mirrored.</summary>
    private Vector128<ushort> ClampAtBorder(Vector128<ushort> read, int x, int y)
    {
        Vector128<ushort> least = Vector128<ushort>.AllBitsSet;
        Vector128<ushort> most = default;
        foreach (Offset step in ringSteps)
        {
            Vector128<ushort> neighbor = Vector128.LoadUnsafe(ref CodeAt(x + step.Dx, Mirrored(y + step.Dy)));
            least = Vector128.Min(least, neighbor);
            most = Vector128.Max(most, neighbor);
        }

        return Vector128.Min(Vector128.Max(read, least), most);
    }

    /// <summary>Steps as offsets in a patch; none where one leads out of it.</summary>
    private static int[] InPatch(Offset[] steps) =>
        steps.All(s => s.Distance <= ScorePass.PatchRadius) ? [.. steps.Select(s => (s.Dy * Lanes) + s.Dx)] : [];

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
