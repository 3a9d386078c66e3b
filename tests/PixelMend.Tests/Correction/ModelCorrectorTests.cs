using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Frames;
using PixelMend.Tests.Mosaics;
using Xunit;

namespace PixelMend.Tests.Correction;

/// <summary>What the model promises beyond the contract: it knows slopes, and prefers places like the one to repair.</summary>
public class ModelCorrectorTests
{
    public static TheoryData<string> Cfas => [.. Mosaic.Cfas];

    [Theory]
    [MemberData(nameof(Cfas))]
    public void Slopes_are_continued(string cfa)
    {
        (int width, int height) = Mosaic.SizeFor(cfa);
        double Code(int x, int y) => 400 + (7 * x) + (5 * y);
        RawFrame frame = Mosaic.Of(cfa, width, height, Code);
        (int X, int Y)[] sites =
        [
            (9, 9),
            .. Mosaic.Block(new Area(20, 12, 2, 2)),
            .. Mosaic.Block(new Area(30, 0, 1, height)),
            .. Mosaic.Block(new Area(0, height - 9, width, 1)),
        ];
        CorrectionReport report = Create().Correct(frame, Mosaic.Map(frame, sites), Mosaic.OneThread);
        Assert.Equal(Mosaic.Map(frame, sites).Points.Count, report.Changes.Count);
        SampleChange[] inside = [.. report.Changes.Where(c => c.X >= 3 && c.Y >= 3 && c.X < width - 3 && c.Y < height - 3)];
        Assert.All(inside, c => Assert.InRange(c.New - Code(c.X, c.Y), -2, 2));
        Assert.All(report.Changes, c => Assert.InRange(c.New - Code(c.X, c.Y), -25, 25));
    }

    [Fact]
    public void Edges_stay_sharp_where_rings_blur_them()
    {
        double Code(int x, int y) => x + y < 38 ? 3500 : 500;
        RawFrame frame = Mosaic.Of("RGGB", 40, 36, Code);
        (int X, int Y)[] sites =
        [
            .. Enumerable
                .Range(4, 9)
                .SelectMany(i => new[] { (i * 3, 36 - (i * 3)), (i * 3, 38 - (i * 3)) })
                .Where(s => s.Item2 is > 3 and < 32),
        ];
        CorrectionReport model = Create().Correct(frame, Mosaic.Map(frame, sites), Mosaic.OneThread);
        CorrectionReport ring = RingCorrector
            .Mean.Create(new Settings([], new Dictionary<string, double>()))
            .Correct(frame, Mosaic.Map(frame, sites), Mosaic.OneThread);
        double Error(CorrectionReport report) => report.Changes.Average(c => Math.Abs(c.New - Code(c.X, c.Y)));
        Assert.InRange(Error(model), 0, Error(ring) / 3);
    }

    [Fact]
    public void Confidence_falls_with_what_is_missing()
    {
        RawFrame frame = Mosaic.Simulated("RGGB", 80, 60, "fabric");
        float Confidence(Area hole)
        {
            CorrectionReport report = Create().Correct(frame, Mosaic.Map(frame, Mosaic.Block(hole)), Mosaic.OneThread);
            return report.Changes.Single(c => (c.X, c.Y) == (40, 30)).Confidence;
        }

        float one = Confidence(new Area(40, 30, 1, 1));
        float three = Confidence(new Area(39, 29, 3, 3));
        float five = Confidence(new Area(38, 28, 5, 5));
        Assert.Equal(1, one, 0.01f);
        Assert.True(one > three && three > five, $"{one} {three} {five}");
    }

    private static IDefectCorrector Create() => ModelCorrector.Registration.Create(new Settings([], new Dictionary<string, double>()));
}
