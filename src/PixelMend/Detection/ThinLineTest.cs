using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// Is a photosite part of a thin line of the scene? A wire, a neon tube or a stair of aliased steps stands out at a photosite and again at equal
/// distance on both sides; what both sides have in common is detail, not defect.
/// </summary>
internal sealed class ThinLineTest
{
    /// <summary>Pairs farther away than this many photosites say nothing about one line.</summary>
    private const int Reach = 4;

    /// <summary>Less than this part of a residual is shared by chance too often to excuse it.</summary>
    private const float LeastShare = 0.5f;

    private readonly MosaicView view;
    private readonly LocalExcess excess;
    private readonly Offset[][] halves;

    public ThinLineTest(MosaicView view, LocalExcess excess)
    {
        this.view = view;
        this.excess = excess;
        halves = [.. Enumerable.Range(0, view.Cfa.PhaseCount).Select(p => HalvesOf(view.Cfa, p % view.Cfa.Width, p / view.Cfa.Width))];
    }

    /// <summary>
    /// The part of a residual, 0 to 1, that no line through (<paramref name="x"/>, <paramref name="y"/>) explains; view coordinates.
    /// </summary>
    public float Unexplained(int x, int y, float residual)
    {
        float sign = MathF.Sign(residual);

        // Less is shared by chance: looking for more alone spares most second looks.
        float shared = LeastShare * MathF.Abs(residual);
        foreach (Offset step in halves[view.Cfa.PhaseOf(x, y)])
        {
            if (residual > 0 && !excess.MayExceed(x + step.Dx, y + step.Dy, shared))
            {
                continue;
            }

            float one = sign * excess.At(x + step.Dx, y + step.Dy);
            if (one > shared)
            {
                shared = MathF.Max(shared, MathF.Min(one, sign * excess.At(x - step.Dx, y - step.Dy)));
            }
        }

        float alone = 1 - (shared / MathF.Abs(residual));
        return Math.Clamp(alone / (1 - LeastShare), 0, 1);
    }

    private static Offset[] HalvesOf(CfaPattern cfa, int x, int y)
    {
        var found = new List<Offset>();
        for (int dy = 0; dy <= Reach; dy++)
        {
            for (int dx = dy == 0 ? 1 : -Reach; dx <= Reach; dx++)
            {
                if (cfa[x + dx, y + dy] == cfa[x, y] && cfa[x - dx, y - dy] == cfa[x, y])
                {
                    found.Add(new Offset(dx, dy));
                }
            }
        }

        return [.. found];
    }
}
