using PixelMend.Calibration;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Simulation;
using Xunit;

namespace PixelMend.Tests.Calibration;

/// <summary>
/// A map from half of the darks against what persists in the other half, as <see cref="Persistence"/> tells it. Simulated sensors with all that makes
/// this hard: dark current of a log-normal tail, telegraph photosites, rays that strike some twice, a leaking column.
/// </summary>
public class HalvesTests(ITestOutputHelper output)
{
    private const int Width = 1000;
    private const int Height = 800;

    /// <summary>Spreads from which a photosite stands out of an averaged frame.</summary>
    private const float Stands = 8;

    /// <summary>An entry of the map is confirmed by half of that.</summary>
    private const float Confirms = Stands / 2;

    private static readonly ParallelOptions Threads = new();

    [Theory]
    [InlineData(1, 64, 1.0 / 30, 20, false, 1)]
    [InlineData(2, 64, 10, 20, true, 1)]
    [InlineData(3, 32, 10, 5, true, 2)]
    [InlineData(4, 32, 60, 20, true, 1)]
    [InlineData(5, 40, 4, 5, true, 0.6)]
    [InlineData(6, 60, 1, 5, true, 1.5)]
    public void A_map_from_half_of_the_darks_holds_what_persists_in_the_other_half(
        ulong seed,
        int frames,
        double seconds,
        int rays,
        bool column,
        double noise
    )
    {
        Series series = Sensor(seed, seconds, rays, column, noise);
        RawFrame[] all = [.. Enumerable.Range(0, frames).Select(series.Dark)];
        RawFrame[][] halves =
        [
            [.. all.Where((_, i) => i % 2 == 0)],
            [.. all.Where((_, i) => i % 2 == 1)],
        ];
        foreach ((RawFrame[] own, RawFrame[] other) in new[] { (halves[0], halves[1]), (halves[1], halves[0]) })
        {
            DefectMap map = Map(own);
            DefectMask mask = map.ToMask();
            var told = new Persistence(other);
            (int X, int Y)[] persistent =
            [
                .. from y in Enumerable.Range(0, Height)
                from x in Enumerable.Range(0, Width)
                where MathF.Min(MathF.Abs(told.MiddleAt(x, y)), MathF.Abs(told.MeanAt(x, y))) > Stands
                select (x, y),
            ];
            int held = persistent.Count(p => mask[p.X, p.Y]);
            int gone = map.Points.Count(p => MathF.Max(MathF.Abs(told.MiddleAt(p.X, p.Y)), MathF.Abs(told.MeanAt(p.X, p.Y))) < Confirms);
            double recall = held / (double)persistent.Length;
            double wrong = gone / (double)map.Points.Count;
            output.WriteLine($"{held} of {persistent.Length} held, {recall:P2}; {gone} of {map.Points.Count} points gone, {wrong:P2}");
            Assert.True(persistent.Length > 100, "nothing persists");
            Assert.True(recall >= 0.99, $"holds {recall:P2} of {persistent.Length}");
            Assert.True(wrong <= 0.05, $"{wrong:P2} of {map.Points.Count} points do not persist");
            Assert.Equal(column ? 1 : 0, map.Regions.Count);
        }
    }

    private static Series Sensor(ulong seed, double seconds, int rays, bool column, double noise)
    {
        DefectClass[] lines = column ? [new(DefectKind.Warm, DefectShape.Column, Count: 1)] : [];
        return new Series(Width, Height, seed)
        {
            Sensor = new SensorModel { ReadNoise = 2.5 * noise, Dsnu = 0.5 * noise },
            Defects = new DefectModel
            {
                Classes =
                [
                    new(DefectKind.Hot, DefectShape.Single, PerMillion: 60),
                    new(DefectKind.Warm, DefectShape.Single, PerMillion: 300),
                    new(DefectKind.Stuck, DefectShape.Single, PerMillion: 10),
                    new(DefectKind.Telegraph, DefectShape.Single, PerMillion: 200),
                    .. lines,
                ],
                Telegraph = new Bounds(8, 100),
                Reference = new Exposure { Seconds = seconds },
            },
            DarkSeconds = seconds,
            Rays = rays,
        };
    }

    private static DefectMap Map(RawFrame[] frames)
    {
        var stack = new StackStatistics(frames[0], keepsThree: true);
        var telegraph = new TelegraphStatistics(stack);
        foreach (RawFrame[] several in frames.Chunk(StackStatistics.FramesAtOnce))
        {
            telegraph.Add(several, Threads);
        }

        var dark = DarkCalibration.Of(stack, telegraph, new CalibrationSettings(), Threads);
        return SensorCalibration.Of(Width, Height, dark, [], new CalibrationSettings()).Map;
    }
}
