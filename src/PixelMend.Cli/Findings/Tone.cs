namespace PixelMend.Cli.Findings;

/// <summary>From signal to brightness on a screen: a stretch between two levels, then the gamma of screens.</summary>
/// <param name="dark">Signal shown black.</param>
/// <param name="bright">Signal shown white.</param>
internal sealed class Tone(float dark, float bright)
{
    private const float Gamma = 1 / 2.2f;

    /// <summary>A stretch that leaves out the given part of the values at either end.</summary>
    public static Tone Between(IReadOnlyCollection<float> values, double cut)
    {
        float[] sorted = [.. values.Where(float.IsFinite)];
        Array.Sort(sorted);
        if (sorted.Length == 0)
        {
            return new Tone(0, 1);
        }

        int skipped = (int)(cut * (sorted.Length - 1));
        float low = sorted[skipped];
        float high = sorted[^(1 + skipped)];
        // A flat patch must not have its noise blown up to black and white.
        float least = Math.Max(0.25f * Math.Abs(high), 0.02f);
        return new Tone(low, Math.Max(high, low + least));
    }

    /// <summary>Brightness of a signal.</summary>
    public byte Map(float signal)
    {
        float part = Math.Clamp((signal - dark) / (bright - dark), 0, 1);
        return float.IsNaN(part) ? (byte)0 : (byte)MathF.Round(255 * MathF.Pow(part, Gamma));
    }
}
