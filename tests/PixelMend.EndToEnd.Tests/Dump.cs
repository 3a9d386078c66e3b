using System.Buffers.Binary;

namespace PixelMend.EndToEnd.Tests;

/// <summary>A headerless frame made for tests: a smooth scene with noise, and defects that no detector may miss.</summary>
internal static class Dump
{
    public const int Width = 160;
    public const int Height = 120;

    /// <summary>What <c>--raw</c> is given.</summary>
    public static string Spec { get; } = SpecFor(Width, Height);

    /// <summary>Hot and dead photosites, apart from each other, one in a corner.</summary>
    public static IReadOnlyList<(int X, int Y, ushort Value)> Planted { get; } =
    [(0, 0, 16000), (31, 20, 16000), (90, 41, 15000), (120, 77, 64), (50, 100, 64), (75, 60, 14000)];

    public static string SpecFor(int width, int height) => $"width={width},height={height},depth=14,cfa=RGGB,black=64,white=16383";

    /// <summary>Writes a frame; each seed gives other noise.</summary>
    public static byte[] Write(string path, int seed = 1, int width = Width, int height = Height)
    {
        byte[] bytes = Make(seed, width, height);
        File.WriteAllBytes(path, bytes);
        return bytes;
    }

    public static byte[] Make(int seed, int width = Width, int height = Height)
    {
        var random = new Random(seed);
        byte[] bytes = new byte[width * height * 2];
        for (int i = 0; i < width * height; i++)
        {
            (int x, int y) = (i % width, i / width);
            double filter = (x % 2, y % 2) switch
            {
                (0, 0) => 0.6,
                (1, 1) => 0.5,
                _ => 1,
            };
            double signal = filter * (3000 + (1500 * Math.Sin(x / 40.0)) + (1000 * Math.Cos(y / 30.0)));
            double noise = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), (ushort)(64 + signal + (noise * (5 + Math.Sqrt(signal)))));
        }

        foreach ((int x, int y, ushort value) in Planted)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * ((y * width) + x)), value);
        }

        return bytes;
    }

    public static ushort Sample(byte[] bytes, int x, int y, int width = Width) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2 * ((y * width) + x)));

    /// <summary>The photosites at which two frames differ.</summary>
    public static IReadOnlyList<(int X, int Y)> Differences(byte[] one, byte[] other, int width = Width) =>
        [
            .. Enumerable
                .Range(0, one.Length / 2)
                .Where(i => !one.AsSpan(2 * i, 2).SequenceEqual(other.AsSpan(2 * i, 2)))
                .Select(i => (i % width, i / width)),
        ];
}
