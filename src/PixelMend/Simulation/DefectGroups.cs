using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Simulation;

/// <summary>Drawing photosites that fail together.</summary>
internal static class DefectGroups
{
    /// <summary>Same-colour steps a couplet's second photosite is drawn from.</summary>
    private const int NearSameColor = 4;

    /// <summary>Two near photosites of one colour.</summary>
    public static Offset[] SameColor(CfaPattern cfa, Offset first, ref Random64 random)
    {
        Offset step = cfa.Neighbors(first.Dx, first.Dy)[random.Below(NearSameColor)];
        return [first, new Offset(first.Dx + step.Dx, first.Dy + step.Dy)];
    }

    /// <summary>Two photosites side by side or one above the other.</summary>
    public static Offset[] Adjacent(Offset first, ref Random64 random) =>
        [first, random.Below(2) == 0 ? first with { Dx = first.Dx + 1 } : first with { Dy = first.Dy + 1 }];

    /// <summary>Three to nine photosites: grows from one by neighbours of random members until the size is reached.</summary>
    public static Offset[] Cluster(Offset first, ref Random64 random)
    {
        int size = 3 + random.Below(7);
        var members = new List<Offset> { first };
        while (members.Count < size)
        {
            Offset from = members[random.Below(members.Count)];
            var next = new Offset(from.Dx + random.Below(3) - 1, from.Dy + random.Below(3) - 1);
            if (!members.Contains(next))
            {
                members.Add(next);
            }
        }

        return [.. members];
    }

    /// <summary>Whether a photosite lies on the sensor with none taken within <paramref name="guard"/> photosites in every direction.</summary>
    public static bool IsFree(DefectMask taken, Offset site, int guard)
    {
        if ((uint)site.Dx >= (uint)taken.Width || (uint)site.Dy >= (uint)taken.Height)
        {
            return false;
        }

        int side = (2 * guard) + 1;
        Area around = new Area(site.Dx - guard, site.Dy - guard, side, side).ClipTo(taken.Width, taken.Height);
        for (int y = around.Top; y < around.Bottom; y++)
        {
            for (int x = around.Left; x < around.Right; x++)
            {
                if (taken[x, y])
                {
                    return false;
                }
            }
        }

        return true;
    }
}
