using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Speed;

/// <summary>Frames of any size from one rendered tile, mirrored again and again: rendering hundreds of megapixels would take longer than measuring them.</summary>
internal static class SpeedFrames
{
    private const int TileWidth = 1500;
    private const int TileHeight = 1000;

    /// <summary>A frame of about so many megapixels, 3 : 2, RGGB, 14 bits.</summary>
    /// <param name="megapixels">Its size.</param>
    /// <param name="scene">A scene of the simulator.</param>
    /// <param name="readNoise">Standard deviation of the read noise, e⁻: what a higher ISO leaves of the light.</param>
    /// <param name="density">Part of the photosites that are set to the white level.</param>
    public static RawFrame Of(double megapixels, string scene = "sky", double readNoise = 2.5, double density = 0)
    {
        RawFrame tile = Tile(scene, readNoise);
        int width = (int)Math.Sqrt(megapixels * 1e6 * 1.5) & ~7;
        int height = (int)(megapixels * 1e6 / width) & ~1;
        var codes = new Plane<ushort>(width, height);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<ushort> source = tile.Codes!.Row(Mirror(y, TileHeight));
            Span<ushort> row = codes.Row(y);
            for (int x = 0; x < width; x++)
            {
                row[x] = source[Mirror(x, TileWidth)];
            }
        }

        foreach ((int x, int y) in Sites(width, height, (int)(density * width * height)))
        {
            codes[x, y] = (ushort)tile.Levels.White(x, y);
        }

        return new RawFrame(codes, tile.BitDepth, tile.Cfa, tile.Levels) { Info = tile.Info };
    }

    /// <summary>A map of so many single photosites.</summary>
    public static DefectMap Map(RawFrame frame, int count)
    {
        var map = new DefectMap.Builder(frame.Width, frame.Height);
        map.AddRange(Sites(frame.Width, frame.Height, count).Select(s => new Defect(s.X, s.Y, DefectKind.Hot, 1)));
        return map.Build();
    }

    private static RawFrame Tile(string scene, double readNoise) =>
        new SimulatedCamera(TileWidth, TileHeight, Scenes.Named(scene), Seeds.From(1))
        {
            Sensor = new SensorModel { ReadNoise = readNoise },
            Defects = DefectModel.None,
        }
            .Capture(0, new ParallelOptions())
            .Frame;

    /// <summary>Turns about at a photosite, so that its neighbours keep their colours.</summary>
    private static int Mirror(int at, int length)
    {
        int inPeriod = at % (2 * (length - 1));
        return inPeriod < length ? inPeriod : (2 * (length - 1)) - inPeriod;
    }

    private static HashSet<(int X, int Y)> Sites(int width, int height, int count)
    {
        var random = new Random(1);
        var sites = new HashSet<(int X, int Y)>();
        while (sites.Count < count)
        {
            sites.Add((random.Next(width), random.Next(height)));
        }

        return sites;
    }
}
