using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Evaluation;

/// <summary>One defect to inject: a shape and where its photosites lie.</summary>
internal sealed record PlacedGroup(Form Form, IReadOnlyList<Offset> Sites);

/// <summary>Draws where defects go, so that the part of photosites asked for is met on average, however large single shapes are.</summary>
internal static class InjectionPlan
{
    /// <summary>Places tried for a group before a crowded frame goes without it.</summary>
    private const int Tries = 64;

    /// <param name="preset">Which shapes.</param>
    /// <param name="count">Defective photosites wanted.</param>
    /// <param name="cfa">The mosaic.</param>
    /// <param name="area">Where they may lie.</param>
    /// <param name="taken">Photosites that cannot be used; those placed are added.</param>
    /// <param name="random">Source of chance.</param>
    public static IReadOnlyList<PlacedGroup> Draw(
        InjectionPreset preset,
        int count,
        CfaPattern cfa,
        Area area,
        DefectMask taken,
        ref Random64 random
    )
    {
        var placed = new List<PlacedGroup>();
        // Large shapes first: they find no room among many small ones.
        foreach (Form form in ChooseForms(preset, count, area, ref random).OrderByDescending(f => f.MeanSites(area)))
        {
            if (Place(form, preset.Guard, cfa, area, taken, ref random) is { } sites)
            {
                foreach (Offset site in sites)
                {
                    taken[site.Dx, site.Dy] = true;
                }

                placed.Add(new PlacedGroup(form, sites));
            }
        }

        return placed;
    }

    private static List<Form> ChooseForms(InjectionPreset preset, int count, Area area, ref Random64 random)
    {
        double[] weights = [.. preset.Forms.Select(f => f.Share / f.Form.MeanSites(area))];
        double all = weights.Sum();
        var chosen = new List<Form>();
        double left = count;
        while (true)
        {
            double at = random.Uniform() * all;
            int i = 0;
            while (i < weights.Length - 1 && at >= weights[i])
            {
                at -= weights[i++];
            }

            // The last one fits in part only: it comes with that chance. There is always one.
            Form form = preset.Forms[i].Form;
            if (chosen.Count > 0 && random.Uniform() * form.MeanSites(area) >= left)
            {
                return chosen;
            }

            chosen.Add(form);
            left -= form.MeanSites(area);
        }
    }

    private static Offset[]? Place(Form form, int guard, CfaPattern cfa, Area area, DefectMask taken, ref Random64 random)
    {
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            Offset[] group = form.Draw(cfa, area, ref random);
            if (form.IsLine)
            {
                // Lines cross what is there already, as they do on sensors.
                Offset[] free = [.. group.Where(s => !taken[s.Dx, s.Dy])];
                if (free.Length > 0)
                {
                    return free;
                }
            }
            else if (group.All(s => area.Contains(s.Dx, s.Dy) && DefectGroups.IsFree(taken, s, guard)))
            {
                return group;
            }
        }

        return null;
    }
}
