using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Benchmarks.Frames;

/// <summary>A kind of sensor that pictures are taken anew with.</summary>
/// <param name="Name">As in the tables.</param>
/// <param name="Cfa">Its filter array.</param>
internal sealed record Mosaic(string Name, CfaPattern Cfa)
{
    /// <summary>Polarisers at 0°, 45°, 90° and 135°, by the letters of the arrays below; each colour has letters of its own.</summary>
    private static readonly Dictionary<CfaColor, int> Angles = Enumerable.Range(0, 4).ToDictionary(i => (CfaColor)"0123"[i], i => 45 * i);

    /// <summary>Part of the light that is polarised, at the most.</summary>
    private const double Polarised = 0.4;

    /// <summary>Pictures below this many pixels teach a pattern of 36 phases too little.</summary>
    private const int LeastPixels = 100_000;

    public static IReadOnlyList<Mosaic> All { get; } =
    [
        Of("mono", "MONO"),
        Of("Bayer", "RGGB"),
        Of("quad Bayer", "QUAD-RGGB"),
        Of("nona Bayer", "NONA-RGGB"),
        Of("X-Trans", "XTRANS"),
        Of("RGBW, 4 × 4", "WRWG/RWGW/WGWB/GWBW"),
        Of("polarisers, 2 × 2", "10/23"),
        Of("GMCY", "GMCY"),
    ];

    public static bool IsLargeEnough(Picture picture) => picture.Width * picture.Height >= LeastPixels;

    /// <summary>Takes a picture with 12 bits, 11,000 electrons at white and 2.5 of read noise.</summary>
    public BenchFrame Take(Picture picture, ParallelOptions options)
    {
        SensorModel sensor = PlainCamera.Sensor(Cfa, bitDepth: 12, black: 256, white: 4095, gain: 0.35, readNoise: 2.5);
        SceneKind scene = picture.AsScene((x, y) => Passed(picture, x, y));
        return new BenchFrame(picture.Name, PlainCamera.Take(picture, scene, sensor, seed: 17, options));
    }

    private static Mosaic Of(string name, string cfa) => new(name, CfaPattern.Parse(cfa));

    /// <summary>
    /// What a polariser lets through (Malus' law), times two so that unpolarised light reads the same everywhere. How far and in which direction the light
    /// is polarised varies slowly over the picture: real scenes do so from surface to surface.
    /// </summary>
    private double Passed(Picture picture, int x, int y)
    {
        if (!Angles.TryGetValue(Cfa[x, y], out int angle))
        {
            return 1;
        }

        double across = (double)x / picture.Width;
        double down = (double)y / picture.Height;
        double part = Polarised * Math.Pow(Math.Sin(Math.PI * ((2 * across) + down)), 2);
        double direction = Math.PI * (across - (2 * down));
        return 1 + (part * Math.Cos(2 * ((angle * Math.PI / 180) - direction)));
    }
}
