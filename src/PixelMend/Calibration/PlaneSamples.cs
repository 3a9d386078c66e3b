using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Calibration;

/// <summary>Robust figures of the parts of a plane that belong together: its phases, or its colours.</summary>
internal static class PlaneSamples
{
    /// <summary>Enough for quantiles of one in a thousand, few enough to sort at once.</summary>
    private const int Most = 1 << 18;

    /// <summary>Median of each phase of the mosaic.</summary>
    public static float[] PhaseMedians(Plane<float> plane, CfaPattern cfa)
    {
        var medians = new float[cfa.PhaseCount];
        for (int p = 0; p < medians.Length; p++)
        {
            int phase = p;
            medians[p] = Quantiles.Median(Take(plane, (x, y) => cfa.PhaseOf(x, y) == phase));
        }

        return medians;
    }

    /// <summary>Spread about 0 of each phase, that of its whole colour: 1.4826 times the median magnitude.</summary>
    public static float[] Spreads(Plane<float> plane, CfaPattern cfa) =>
        ByColor(cfa, color => Quantiles.MadToSigma * Quantiles.Median([.. OfColor(plane, cfa, color).Select(MathF.Abs)]));

    /// <summary>Median of each phase, that of its whole colour.</summary>
    public static float[] ColorMedians(Plane<float> plane, CfaPattern cfa) =>
        ByColor(cfa, color => Quantiles.Median(OfColor(plane, cfa, color)));

    /// <summary>Median of all values.</summary>
    public static float Median(Plane<float> plane) => Quantiles.Median(Take(plane, static (_, _) => true));

    private static float[] ByColor(CfaPattern cfa, Func<CfaColor, float> figure)
    {
        CfaColor[] phases = [.. Enumerable.Range(0, cfa.PhaseCount).Select(p => cfa[p % cfa.Width, p / cfa.Width])];
        Dictionary<CfaColor, float> figures = phases.Distinct().ToDictionary(c => c, figure);
        return [.. phases.Select(c => figures[c])];
    }

    private static float[] OfColor(Plane<float> plane, CfaPattern cfa, CfaColor color) => Take(plane, (x, y) => cfa[x, y] == color);

    /// <summary>Finite values of a sample of whole rows spread over the plane.</summary>
    public static float[] Take(Plane<float> plane, Func<int, int, bool> belongs) => Take(plane, belongs, static (value, _, _) => value);

    /// <summary>What a function makes of such a sample.</summary>
    public static float[] Take(Plane<float> plane, Func<int, int, bool> belongs, Func<float, int, int, float> make)
    {
        // An odd step meets every phase.
        int step = Math.Max(1, (int)((long)plane.Width * plane.Height / Most)) | 1;
        var values = new List<float>();
        for (int y = 0; y < plane.Height; y += step)
        {
            ReadOnlySpan<float> row = plane.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                if (float.IsFinite(row[x]) && belongs(x, y))
                {
                    values.Add(make(row[x], x, y));
                }
            }
        }

        return [.. values];
    }
}
