using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;
using PixelMend.Prediction;
using PixelMend.Simulation;
using PixelMend.Tests.Mosaics;
using Xunit;

namespace PixelMend.Tests.Detection;

/// <summary>
/// The cascade finds the photosites that scoring everything finds, with the same bits: all of them, but for those beside the left and right border,
/// where scores may differ a little, and in the first round, where signals are limited to their rings, fewer among stars: there the neighbours that
/// the screen compares with are higher than the limited ones.
/// </summary>
public class CascadeTests
{
    private const int Width = 301;
    private const int Height = 222;
    private const int Border = 8;
    private const float Suspect = 5;

    public static TheoryData<string, string, string> Frames =>
        [
            .. from cfa in Mosaic.Cfas
            from scene in new[] { "fabric", "stars" }
            from kind in new[] { "codes", "levels", "floats" }
            select (cfa, scene, kind),
        ];

    [Theory]
    [MemberData(nameof(Frames))]
    public void Finds_what_scoring_everything_finds(string cfa, string scene, string kind)
    {
        RawFrame frame = Kind(Mosaic.Simulated(cfa, Width, Height, scene).Put(Scattered(), (x, _) => x % 2 * 4095), kind);
        var view = new MosaicView(frame);
        var layout = new PhaseLayout(view.Width, view.Height, view.Cfa);
        var work = new WorkspacePool<ScorePass.Workspace>(() => new ScorePass.Workspace(view, layout));
        var fills = new Fills(view.Height, []);
        Lesson lesson = Lesson.Learn(view, layout, fills, clamp: true, work, Mosaic.ManyThreads);
        Scored[] everything = Inside(lesson.Pass.Run(fills, Suspect, Mosaic.ManyThreads));
        Scored[] found = Inside(lesson.Cascade.Find(fills, Suspect, Mosaic.ManyThreads));
        Assert.Subset(everything.ToHashSet(), found.ToHashSet());

        fills = new Fills(view.Height, [.. found.Select(s => new Fill(s.X, s.Y, s.Predicted))]);
        lesson = Lesson.Learn(view, layout, fills, clamp: false, work, Mosaic.ManyThreads);
        foreach (float least in new[] { TailThreshold.Least, 5, 9 })
        {
            everything = Inside(lesson.Pass.Run(fills, least, Mosaic.ManyThreads));
            Assert.NotEmpty(everything);
            Assert.Equal(everything, Inside(lesson.Cascade.Find(fills, least, Mosaic.ManyThreads)));
        }
    }

    private static Scored[] Inside(Scored[] scored) => [.. scored.Where(s => s.X >= Border && s.X < Width - Border)];

    private static RawFrame Kind(RawFrame frame, string kind) =>
        kind switch
        {
            "floats" => Mosaic.Floats(frame),
            "levels" => new RawFrame(
                frame.Codes!,
                frame.BitDepth,
                frame.Cfa,
                new Levels(
                    1,
                    1,
                    [frame.Levels.Black(0, 0)],
                    [frame.Levels.White(0, 0)],
                    [.. Enumerable.Range(0, Height).Select(y => y % 3f)]
                )
            ),
            _ => frame,
        };

    private static (int X, int Y)[] Scattered()
    {
        var random = new Random64(3);
        return [.. Enumerable.Range(0, 60).Select(_ => ((int)(random.Next() % Width), (int)(random.Next() % Height))).Distinct()];
    }
}
