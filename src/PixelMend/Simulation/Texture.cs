namespace PixelMend.Simulation;

/// <summary>Stateless pseudo-random textures: the same point gives the same value, whoever asks.</summary>
internal static class Texture
{
    /// <summary>A number in [0, 1) that belongs to a lattice point.</summary>
    public static double Hash(long x, long y, ulong seed)
    {
        ulong place = seed + ((ulong)x * 0x9E37_79B9_7F4A_7C15UL) + ((ulong)y * 0xD1B5_4A32_D192_ED03UL);
        return (Random64.Mix(place) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>Smooth noise in [0, 1] with features about one unit wide.</summary>
    public static double Noise(double x, double y, ulong seed)
    {
        long left = (long)Math.Floor(x);
        long top = (long)Math.Floor(y);
        double u = Fade(x - left);
        double v = Fade(y - top);
        double above = Lerp(Hash(left, top, seed), Hash(left + 1, top, seed), u);
        double below = Lerp(Hash(left, top + 1, seed), Hash(left + 1, top + 1, seed), u);
        return Lerp(above, below, v);
    }

    /// <summary>Octaves of <see cref="Noise"/>, each twice as fine and half as strong (fractional Brownian motion), in [0, 1].</summary>
    public static double Fractal(double x, double y, int octaves, ulong seed)
    {
        double sum = 0;
        double strength = 1;
        double total = 0;
        for (int octave = 0; octave < octaves; octave++)
        {
            // A turn between octaves hides the lattice.
            (x, y) = ((0.8 * x) - (0.6 * y), (0.6 * x) + (0.8 * y));
            sum += strength * Noise(x, y, seed + (ulong)octave);
            total += strength;
            strength *= 0.5;
            x *= 2.03;
            y *= 2.03;
        }

        return sum / total;
    }

    /// <summary>0 below <paramref name="from"/>, 1 above <paramref name="to"/>, smooth between.</summary>
    public static double Step(double from, double to, double value)
    {
        double t = Math.Clamp((value - from) / (to - from), 0, 1);
        return t * t * (3 - (2 * t));
    }

    /// <summary>Straight line from <paramref name="a"/> to <paramref name="b"/>.</summary>
    public static double Lerp(double a, double b, double t) => a + ((b - a) * t);

    private static double Fade(double t) => t * t * t * ((t * ((t * 6) - 15)) + 10);
}
