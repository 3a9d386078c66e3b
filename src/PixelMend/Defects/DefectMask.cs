using System.Numerics;

namespace PixelMend.Defects;

/// <summary>One bit per photosite: defective or not.</summary>
public sealed class DefectMask(int width, int height)
{
    private readonly int stride = (width + 63) / 64;
    private readonly ulong[] words = new ulong[(width + 63) / 64 * (long)height];

    /// <summary>Photosites per row.</summary>
    public int Width => width;

    /// <summary>Number of rows.</summary>
    public int Height => height;

    /// <summary>Whether the photosite at (<paramref name="x"/>, <paramref name="y"/>) is defective; coordinates must lie on the sensor.</summary>
    public bool this[int x, int y]
    {
        get => (words[((long)y * stride) + (x >> 6)] >> (x & 63) & 1) != 0;
        set
        {
            ref ulong word = ref words[((long)y * stride) + (x >> 6)];
            ulong bit = 1UL << (x & 63);
            word = value ? word | bit : word & ~bit;
        }
    }

    /// <summary>Number of defective photosites.</summary>
    public long Count
    {
        get
        {
            long count = 0;
            foreach (ulong word in words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>The first defective photosite of row <paramref name="y"/> from column <paramref name="x"/> on; <see cref="Width"/> where there is none.</summary>
    public int NextInRow(int x, int y)
    {
        ReadOnlySpan<ulong> row = words.AsSpan(checked((int)((long)y * stride)), stride);
        ulong rest = x < width ? row[x >> 6] >> (x & 63) : 0;
        if (rest != 0)
        {
            return x + BitOperations.TrailingZeroCount(rest);
        }

        for (int i = (x >> 6) + 1; i < row.Length; i++)
        {
            if (row[i] != 0)
            {
                return (64 * i) + BitOperations.TrailingZeroCount(row[i]);
            }
        }

        return width;
    }

    /// <summary>Whether any photosite of row <paramref name="y"/> is defective.</summary>
    public bool AnyInRow(int y) => words.AsSpan(checked((int)((long)y * stride)), stride).ContainsAnyExcept(0UL);
}
