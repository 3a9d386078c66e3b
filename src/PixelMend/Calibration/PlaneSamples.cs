using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Calibration;

/// <summary>Robust figures of the parts of a plane that belong together: its phases, or its colours.</summary>
internal static class PlaneSamples
{
    /// <summary>Enough for quantiles of one in a thousand, few enough to sort at once.</summary>
    private const int Most = 1 << 18;

    /// <summary>Spreads below so many steps are not told by a median.</summary>
    private const float Coarse = 1;

    /// <summary>Outliers are this many spreads off.</summary>
    private const float Outlying = 4;

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

    /// <summary>
    /// Spread about 0 of each phase, that of its whole colour: 1.4826 times the median magnitude; where steps are coarse against that, hence the median
    /// one of few values, the root of the mean square without outliers, and at least that of rounding.
    /// </summary>
    /// <param name="plane">Residuals.</param>
    /// <param name="cfa">The mosaic.</param>
    /// <param name="step">Distance of neighbouring values.</param>
    public static float[] Spreads(Plane<float> plane, CfaPattern cfa, float step) =>
        ByColor(cfa, color => SpreadOf([.. OfColor(plane, cfa, color).Select(MathF.Abs)], step));

    /// <summary>Median of each phase, that of its whole colour.</summary>
    public static float[] ColorMedians(Plane<float> plane, CfaPattern cfa) =>
        ByColor(cfa, color => Quantiles.Median(OfColor(plane, cfa, color)));

    /// <summary>Median of all values.</summary>
    public static float Median(Plane<float> plane) => Quantiles.Median(Take(plane, static (_, _) => true));

    private static float SpreadOf(float[] magnitudes, float step)
    {
        float spread = Quantiles.MadToSigma * Quantiles.Median(magnitudes);
        return spread >= Coarse * step ? spread : MathF.Max(MathF.Max(spread, step / MathF.Sqrt(12)), ClippedRms(magnitudes, step));
    }

    /// <summary>Root of the mean square of what is not beyond <see cref="Outlying"/> times itself, found from above.</summary>
    private static float ClippedRms(float[] magnitudes, float step)
    {
        const int mostRounds = 50;
        float limit = float.PositiveInfinity;
        for (int round = 0; round < mostRounds; round++)
        {
            double sum = 0;
            int counted = 0;
            foreach (float magnitude in magnitudes)
            {
                if (magnitude <= limit)
                {
                    sum += (double)magnitude * magnitude;
                    counted++;
                }
            }

            float next = Outlying * MathF.Max((float)Math.Sqrt(sum / Math.Max(1, counted)), step / MathF.Sqrt(12));
            if (next >= limit)
            {
                break;
            }

            limit = next;
        }

        return limit / Outlying;
    }

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
        int step = RowStep(plane.Width, plane.Height);
        // Samples are taken so often that what a growing list leaves behind would be memory for two frames.
        float[] values = new float[plane.Width * (((plane.Height - 1) / step) + 1)];
        int count = 0;
        for (int y = 0; y < plane.Height; y += step)
        {
            ReadOnlySpan<float> row = plane.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                if (float.IsFinite(row[x]) && belongs(x, y))
                {
                    values[count++] = make(row[x], x, y);
                }
            }
        }

        return count == values.Length ? values : values[..count];
    }

    /// <summary>Some rows of a plane that is not in memory but can be read row by row; they follow each other as the mosaic's do.</summary>
    public static Plane<float> Rows(int width, int height, CfaPattern cfa, ReadRow read)
    {
        int step = (RowStep(width, height) / cfa.Height * cfa.Height) + 1;
        var sample = new Plane<float>(width, ((height - 1) / step) + 1);
        for (int i = 0; i < sample.Height; i++)
        {
            read(i * step, sample.Row(i));
        }

        return sample;
    }

    /// <summary>An odd step meets every phase.</summary>
    private static int RowStep(int width, int height) => Math.Max(1, (int)((long)width * height / Most)) | 1;

    /// <summary>Reads a row.</summary>
    public delegate void ReadRow(int y, Span<float> row);
}
