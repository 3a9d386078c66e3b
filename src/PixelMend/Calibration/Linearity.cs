using PixelMend.Defects;
using PixelMend.Prediction;

namespace PixelMend.Calibration;

/// <summary>
/// Photosites whose response changes with the level of light. With the dark frame as the first point, two levels of light make three points, of which
/// a straight line through the dark one leaves a residual.
/// </summary>
internal static class Linearity
{
    /// <summary>Levels nearer to each other than this factor tell too little.</summary>
    private const double LeastFactor = 1.5;

    /// <summary>Least change of the response.</summary>
    private const float LeastChange = 0.05f;

    /// <summary>The non-linear photosites; none where the levels do not allow to tell.</summary>
    public static IReadOnlyList<Defect> Find(IReadOnlyList<FlatCalibration> flats, CalibrationSettings settings)
    {
        FlatCalibration[] byLevel = [.. flats.OrderBy(f => f.Level)];
        if (byLevel.Length < 2 || byLevel[^1].Level < LeastFactor * byLevel[0].Level)
        {
            return [];
        }

        (FlatCalibration dim, FlatCalibration bright) = (byLevel[0], byLevel[^1]);
        var changes = new Frames.Plane<float>(dim.Master.Width, dim.Master.Height);
        for (int y = 0; y < changes.Height; y++)
        {
            for (int x = 0; x < changes.Width; x++)
            {
                changes[x, y] = bright.Pattern.Residual[x, y] - dim.Pattern.Residual[x, y];
            }
        }

        float[] magnitudes = PlaneSamples.Take(changes, static (_, _) => true, static (value, _, _) => MathF.Abs(value));
        float spread = MathF.Max(Quantiles.MadToSigma * Quantiles.Median(magnitudes), float.Epsilon);
        for (int i = 0; i < magnitudes.Length; i++)
        {
            magnitudes[i] /= spread;
        }

        float limit = TailLimit.Of(magnitudes, settings.Rate);
        var found = new List<Defect>();
        for (int y = 0; y < changes.Height; y++)
        {
            for (int x = 0; x < changes.Width; x++)
            {
                float change = MathF.Abs(changes[x, y]);
                // A clipped reading has no response, hence no change.
                if (change > limit * spread && change > LeastChange)
                {
                    found.Add(new Defect(x, y, DefectKind.NonLinear, change / spread, 1 - (0.5f * limit * spread / change)));
                }
            }
        }

        return found;
    }
}
