using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Learning;

/// <summary>What lies around a photosite in a frame: each of the 48 nearest against the middle one of its colour.</summary>
internal sealed class Surroundings
{
    private const int Reach = 3;

    /// <summary>Correlation from which two are the same part of the same scene.</summary>
    private const double Same = 0.8;

    private readonly float[] deviations;

    private Surroundings(float[] deviations)
    {
        this.deviations = deviations;
    }

    public static Surroundings Load(BinaryReader from) => new(from.ReadSingles());

    public void Save(BinaryWriter to) => to.Write(deviations);

    public static Surroundings Of(RawFrame frame, int x, int y)
    {
        Area area = new Area(x - Reach, y - Reach, (2 * Reach) + 1, (2 * Reach) + 1).ClipTo(frame.Width, frame.Height);
        var around = new List<(CfaColor Color, float Value)>();
        for (int ny = area.Top; ny < area.Bottom; ny++)
        {
            for (int nx = area.Left; nx < area.Right; nx++)
            {
                float value = nx == x && ny == y ? float.NaN : frame.Linear(nx, ny);
                around.Add((frame.Cfa[nx, ny], value));
            }
        }

        Dictionary<CfaColor, float> middles = around
            .GroupBy(a => a.Color, a => a.Value)
            .ToDictionary(g => g.Key, g => Quantiles.Median([.. g.Where(float.IsFinite)]));
        float[] own = [.. around.Select(a => float.IsFinite(a.Value) ? a.Value - middles[a.Color] : 0)];
        // Defective neighbours are the same in every frame; bounded, they do not outweigh the rest.
        float bound = 2 * Quantiles.MadToSigma * Quantiles.Median([.. own.Select(MathF.Abs)]);
        return new Surroundings([.. own.Select(d => Math.Clamp(d, -bound, bound))]);
    }

    /// <summary>Whether detail repeats here: noise alone does not.</summary>
    public bool Repeats(Surroundings earlier)
    {
        double joint = 0;
        double own = 0;
        double other = 0;
        for (int i = 0; i < deviations.Length; i++)
        {
            joint += deviations[i] * earlier.deviations[i];
            own += deviations[i] * deviations[i];
            other += earlier.deviations[i] * earlier.deviations[i];
        }

        return own > 0 && other > 0 && joint > Same * Math.Sqrt(own * other);
    }
}
