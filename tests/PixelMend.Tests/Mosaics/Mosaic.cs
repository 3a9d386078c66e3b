using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Tests.Mosaics;

/// <summary>Small frames whose every sample is known, over every kind of filter array, for tests of what all algorithms promise.</summary>
internal static class Mosaic
{
    public const int BitDepth = 12;
    public const float Black = 256;
    public const float White = 4095;

    /// <summary>
    /// Mono, the Bayer phases, quad, X-Trans, two with white, polarisers of one and of three colours, sixteen photosites of one colour, and a period of
    /// odd size: no algorithm may know which.
    /// </summary>
    public static readonly string[] Cfas =
    [
        "MONO",
        "RGGB",
        "GRBG",
        "GBRG",
        "BGGR",
        "QUAD-RGGB",
        "XTRANS",
        "RGWB",
        "WRWG/RWGW/WGWB/GWBW",
        "12/34",
        "ABEF/CDGH/EFIJ/GHKL",
        "RRRRGGGG/RRRRGGGG/RRRRGGGG/RRRRGGGG/GGGGBBBB/GGGGBBBB/GGGGBBBB/GGGGBBBB",
        "RGB/GBR/BRG",
    ];

    public static readonly ParallelOptions OneThread = new() { MaxDegreeOfParallelism = 1 };

    public static readonly ParallelOptions ManyThreads = new() { MaxDegreeOfParallelism = 4 };

    public static Levels Levels { get; } = new(Black, White);

    /// <summary>A frame large enough to learn every phase from, even with <see cref="ManyPlaces"/> defective.</summary>
    public static (int Width, int Height) SizeFor(string cfa) =>
        CfaPattern.Parse(cfa).PhaseCount switch
        {
            <= 4 => (40, 36),
            <= 16 => (68, 58),
            <= 36 => (110, 84),
            _ => (140, 118),
        };

    /// <summary>A frame of codes.</summary>
    public static RawFrame Of(string cfa, int width, int height, Func<int, int, double> code, Levels? levels = null)
    {
        var codes = new Plane<ushort>(width, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                codes[x, y] = (ushort)Math.Round(code(x, y));
            }
        }

        return new RawFrame(codes, BitDepth, CfaPattern.Parse(cfa), levels ?? Levels);
    }

    /// <summary>Every filter sees another constant.</summary>
    public static RawFrame Flat(string cfa, int width, int height)
    {
        var pattern = CfaPattern.Parse(cfa);
        return Of(cfa, width, height, (x, y) => FlatCode(pattern[x, y]));
    }

    public static ushort FlatCode(CfaColor color) => (ushort)(400 + ((byte)color * 7919 % 3000));

    /// <summary>A clean simulated frame of 12 bits, noise included.</summary>
    /// <param name="cfa">The mosaic.</param>
    /// <param name="width">Photosites per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="scene">Name of a scene, or <c>dunes</c> for soft waves of colour between a quarter and a half of the range.</param>
    /// <param name="seed">Chooses scene, sensor and noise.</param>
    public static RawFrame Simulated(string cfa, int width, int height, string scene, ulong seed = 1) =>
        new SimulatedCamera(width, height, scene == "dunes" ? Dunes.Kind : Scenes.Named(scene), Seeds.From(seed))
        {
            Sensor = new SensorModel
            {
                Cfa = CfaPattern.Parse(cfa),
                BitDepth = BitDepth,
                Black = Black,
                White = White,
                Gain = 0.25,
            },
            Defects = DefectModel.None,
        }
            .Capture(0, OneThread)
            .Frame;

    /// <summary>The same numbers as floats, times a factor that the levels follow.</summary>
    public static RawFrame Floats(RawFrame frame, float factor = 1) =>
        new(
            new Plane<float>(frame.Width, frame.Height, [.. frame.Codes!.Samples.Select(c => c * factor)]),
            frame.Cfa,
            new Levels(frame.Levels.Black(0, 0) * factor, frame.Levels.White(0, 0) * factor)
        )
        {
            ActiveArea = frame.ActiveArea,
            Info = frame.Info,
        };

    /// <summary>The same frame with other samples at some photosites.</summary>
    public static RawFrame Put(this RawFrame frame, IEnumerable<(int X, int Y)> sites, Func<int, int, float> sample) =>
        frame.With([.. sites.Select(s => new SampleChange(s.X, s.Y, 0, sample(s.X, s.Y), 1))]);

    /// <summary>The same frame with another active area.</summary>
    public static RawFrame Within(this RawFrame frame, Area area) =>
        frame.Codes is { } codes
            ? new RawFrame(codes, frame.BitDepth, frame.Cfa, frame.Levels) { ActiveArea = area }
            : new RawFrame(frame.Values!, frame.Cfa, frame.Levels) { ActiveArea = area };

    public static DefectMap Map(RawFrame frame, IEnumerable<(int X, int Y)> sites)
    {
        var builder = new DefectMap.Builder(frame.Width, frame.Height);
        builder.AddRange(sites.Select(s => new Defect(s.X, s.Y)));
        return builder.Build();
    }

    public static (int X, int Y)[] Sites(DefectMap map) => [.. map.AllPhotosites().Select(d => (d.X, d.Y))];

    public static IEnumerable<(int X, int Y)> Block(Area area)
    {
        for (int y = area.Top; y < area.Bottom; y++)
        {
            for (int x = area.Left; x < area.Right; x++)
            {
                yield return (x, y);
            }
        }
    }

    private sealed class Dunes : Scene
    {
        public static readonly SceneKind Kind = new("dunes", "Soft waves of colour.", _ => new Dunes());

        public override Rgb At(double x, double y) =>
            new(
                0.37 + (0.1 * Math.Sin((3 * x) + (2 * y))),
                0.38 + (0.1 * Math.Cos((2 * x) - (3 * y))),
                0.36 + (0.1 * Math.Sin((4 * y) - x))
            );
    }

    /// <summary>Some singles, corners and borders, a couplet, a hole, two adjacent columns and a row.</summary>
    public static (int X, int Y)[] ManyPlaces(int width, int height)
    {
        var random = new Random64(5);
        (int X, int Y)[] singles =
        [
            .. Enumerable
                .Range(0, width * height / 150)
                .Select(_ => ((int)(random.Next() % (ulong)width), (int)(random.Next() % (ulong)height))),
        ];
        return
        [
            .. singles
                .Concat([(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1), (1, 0), (0, height / 2)])
                .Concat(Block(new Area(width / 4, height / 2, 5, 5)))
                .Concat(Block(new Area(width / 2, 0, 2, height)))
                .Concat(Block(new Area(0, height / 3, width, 1)))
                .Distinct(),
        ];
    }
}
