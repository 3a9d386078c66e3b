namespace PixelMend.Simulation;

/// <summary>
/// A small random generator (xoshiro256**, Blackman and Vigna 2018) whose numbers never change with the .NET version.
/// Each row of each frame owns a stream, so results do not depend on the number of threads.
/// </summary>
internal struct Random64
{
    private ulong a;
    private ulong b;
    private ulong c;
    private ulong d;
    private double spare;
    private bool hasSpare;

    /// <param name="seed">The whole generator's seed.</param>
    /// <param name="stream">Which of its streams, for instance a frame.</param>
    /// <param name="index">Which part of the stream, for instance a row.</param>
    public Random64(ulong seed, ulong stream = 0, ulong index = 0)
    {
        ulong state = Mix(Mix(Mix(seed) + stream) + index);
        a = Mix(state += Golden);
        b = Mix(state += Golden);
        c = Mix(state += Golden);
        d = Mix(state + Golden);
    }

    private const ulong Golden = 0x9E37_79B9_7F4A_7C15UL;

    /// <summary>One step of SplitMix64: scatters any 64 bits.</summary>
    public static ulong Mix(ulong value)
    {
        value += Golden;
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EBUL;
        return value ^ (value >> 31);
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        ulong result = ulong.RotateLeft(b * 5, 7) * 9;
        ulong shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = ulong.RotateLeft(d, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0 … <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>Normal with mean 0 and standard deviation 1 (Marsaglia's polar method).</summary>
    public double Gaussian()
    {
        if (hasSpare)
        {
            hasSpare = false;
            return spare;
        }

        double u;
        double v;
        double s;
        do
        {
            u = (2 * Uniform()) - 1;
            v = (2 * Uniform()) - 1;
            s = (u * u) + (v * v);
        } while (s is >= 1 or 0);

        double scale = Math.Sqrt(-2 * Math.Log(s) / s);
        spare = v * scale;
        hasSpare = true;
        return u * scale;
    }

    /// <summary>
    /// A Poisson count. Small means by summing probabilities (exact); larger ones by the Cornish–Fisher expansion of the Poisson quantile to
    /// third order, whose mean, variance and skewness are right and whose tails are off by less than a count.
    /// </summary>
    public double Poisson(double mean)
    {
        if (mean >= 40)
        {
            double z = Gaussian();
            double root = Math.Sqrt(mean);
            double count = mean + (root * z) + (((z * z) - 1) / 6) + ((z - (z * z * z)) / (72 * root));
            return Math.Max(0, Math.Floor(count + 0.5));
        }

        double left = Uniform();
        double probability = Math.Exp(-mean);
        int k = 0;
        // The bound ends the sum where rounding has used up all probability.
        while (left >= probability && k < 200)
        {
            left -= probability;
            probability *= mean / ++k;
        }

        return k;
    }
}
