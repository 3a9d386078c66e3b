using PixelMend.Frames;

namespace PixelMend.Benchmarks.Tests;

/// <summary>Frames whose every sample is known.</summary>
internal static class WitnessFrame
{
    public const int Width = 120;
    public const int Height = 96;
    public const float Black = 200;
    public const float White = 4095;

    public static readonly ParallelOptions Threads = new() { MaxDegreeOfParallelism = 2 };

    private static Levels Levels { get; } = new(Black, White);

    /// <summary>Waves, an edge and noise, with bright and dark photosites strewn in; no two values alike, so that no comparison is a tie.</summary>
    public static RawFrame Busy(string cfa, int seed)
    {
        var random = new Random(seed);
        var values = new Plane<float>(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                double value = 480 + (150 * Math.Sin(x / 5.0) * Math.Cos(y / 7.0)) + (x > y ? 200 : 0) + (60 * random.NextDouble());
                values[x, y] = (float)(
                    random.Next(150) switch
                    {
                        0 => 3000 + (1000 * random.NextDouble()),
                        1 => 210 + (50 * random.NextDouble()),
                        _ => value,
                    }
                );
            }
        }

        return new RawFrame(values, CfaPattern.Parse(cfa), Levels);
    }

    /// <summary>Every filter sees another constant.</summary>
    public static RawFrame Flat(string cfa)
    {
        var pattern = CfaPattern.Parse(cfa);
        var values = new Plane<float>(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                values[x, y] = 250 + ((byte)pattern[x, y] * 37 % 11 * 30);
            }
        }

        return new RawFrame(values, pattern, Levels);
    }
}
