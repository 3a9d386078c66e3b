using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;
using Xunit;

namespace PixelMend.Tests.Detection;

/// <summary>Lines of frames so large that photosites are compared instead of predicted.</summary>
public class LongLineTests
{
    private const int Width = 2060;
    private const int Height = 2010;
    private const double Noise = 12;
    private const int From = 731;
    private const int To = 801;

    [Theory]
    [InlineData("MONO", 1)]
    [InlineData("RGGB", 2)]
    [InlineData("GBRG", 3)]
    public void Faint_and_short_lines_and_those_at_the_border_are_found(string cfa, int seed)
    {
        RawFrame frame = Noisy(
            cfa,
            seed,
            (x, y) =>
                (x == 171 ? Noise : 0)
                - (y == 390 ? 1.5 * Noise : 0)
                + (x == 900 && y is >= From and < To ? 15 * Noise : 0)
                - (y == 1400 && x is >= From and < To ? 15 * Noise : 0)
                + (x == 0 || x == Width - 1 ? 6 * Noise : 0)
                + (y == 1 || y == Height - 2 ? 6 * Noise : 0)
        );
        Assert.NotNull(PassFor(frame));
        DefectRegion[] found = [.. Detect(frame).Regions];
        Area[] whole =
        [
            new(171, 0, 1, Height),
            new(0, 0, 1, Height),
            new(Width - 1, 0, 1, Height),
            new(0, 390, Width, 1),
            new(0, 1, Width, 1),
            new(0, Height - 2, Width, 1),
        ];
        Assert.All(whole, area => Assert.Contains(found, r => r.Area == area));
        Assert.Contains(found, r => r.Area is { Left: 900, Width: 1, Top: >= From - 2 and <= From + 2, Bottom: >= To - 2 and <= To + 2 });
        Assert.Contains(found, r => r.Area is { Top: 1400, Height: 1, Left: >= From - 2 and <= From + 2, Right: >= To - 2 and <= To + 2 });
        Assert.Equal(whole.Length + 2, found.Length);
    }

    [Fact]
    public void Noise_alone_has_no_lines() => Assert.Empty(Detect(Noisy("RGGB", 4, (_, _) => 0)).Regions);

    /// <summary>A sum over many photosites shows what the others do, piece by piece: hand-made codes, no noise.</summary>
    [Fact]
    public void Sums_count_photosites_that_stand_out()
    {
        RawFrame frame = Flat("RGGB", (x, y) => x == 100 ? 50 : 0, Width, Height);
        LineSums sums = PassFor(frame)!.Run(new ParallelOptions());
        Assert.All(sums.Columns.SkipLast(1), piece => Assert.Equal(2 * LineSums.PieceLength, piece[100]));
        Assert.All(sums.Columns, piece => Assert.Equal(0, piece[101]));
        Assert.All(sums.Rows, piece => Assert.All(piece, sum => Assert.Equal(0, sum)));
    }

    [Theory]
    [InlineData("RGGB", Width, 1990)]
    [InlineData("QUAD-RGGB", Width, Height)]
    [InlineData("XTRANS", Width, Height)]
    public void Other_frames_are_predicted(string cfa, int width, int height) =>
        Assert.Null(PassFor(Flat(cfa, (_, _) => 0, width, height)));

    private static QuickLinePass? PassFor(RawFrame frame) =>
        QuickLinePass.For(new MosaicView(frame), new DefectScale(1e-6f, 0, new Excuses(0, 0, 0)));

    private static RawFrame Flat(string cfa, Func<int, int, int> added, int width, int height)
    {
        var codes = new Plane<ushort>(width, height);
        for (int i = 0; i < codes.Samples.Length; i++)
        {
            codes.Samples[i] = (ushort)(1200 + added(i % width, i / width));
        }

        return new RawFrame(codes, 14, CfaPattern.Parse(cfa), new Levels(0, 16383));
    }

    private static RawFrame Noisy(string cfa, int seed, Func<int, int, double> added)
    {
        var random = new Random(seed);
        return Flat(cfa, (x, y) => (int)Math.Round((0.1 * x) + (Noise * Gauss(random)) + added(x, y)), Width, Height);
    }

    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static DefectMap Detect(RawFrame frame)
    {
        Algorithm<IDefectDetector> model = Detectors.All.Single(d => d.Name == "model");
        var found = new DefectMap.Builder(frame.Width, frame.Height);
        IDefectDetector detector = model.Create(new Settings(model.Parameters, new Dictionary<string, double>(StringComparer.Ordinal)));
        detector.Detect(new Evidence(frame, DefectMap.Empty(frame.Width, frame.Height)), found, new ParallelOptions());
        return found.Build();
    }
}
