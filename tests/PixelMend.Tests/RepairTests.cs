using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;
using PixelMend.Tests.Mosaics;
using Xunit;

namespace PixelMend.Tests;

public class RepairTests
{
    private static readonly (int X, int Y)[] Known = [(10, 10), (11, 10)];
    private static readonly (int X, int Y)[] Unknown = [(30, 7), (5, 31)];

    private readonly RawFrame frame = Mosaic.Simulated("RGGB", 50, 40, "dunes").Put([.. Known, .. Unknown], (_, _) => 4095);

    [Fact]
    public void All_sources_are_joined_before_one_correction()
    {
        DefectMap[] maps = [Mosaic.Map(frame, [Known[0]]), Mosaic.Map(frame, Known)];
        RepairReport report = Job(detect: true, correct: true).Run(frame, maps, Mosaic.OneThread);
        Assert.Equal(Known, Mosaic.Sites(report.Known));
        Assert.Equal(Unknown, Mosaic.Sites(report.Found));
        Assert.Equal(Mosaic.Sites(Mosaic.Map(frame, [.. Known, .. Unknown])), Mosaic.Sites(report.All));
        Assert.Equal(Mosaic.Sites(report.All), report.Correction.Changes.Select(c => (c.X, c.Y)));

        RepairReport swapped = Job(detect: true, correct: true).Run(frame, [maps[1], maps[0]], Mosaic.ManyThreads);
        Assert.Equal(report.Correction.Changes, swapped.Correction.Changes);
    }

    [Fact]
    public void Without_a_corrector_it_only_finds()
    {
        RepairReport report = Job(detect: true, correct: false).Run(frame, [Mosaic.Map(frame, Known)], Mosaic.OneThread);
        Assert.Equal(Unknown, Mosaic.Sites(report.Found));
        Assert.Empty(report.Correction.Changes);
    }

    [Fact]
    public void Without_detectors_only_known_defects_are_repaired()
    {
        RepairReport report = Job(detect: false, correct: true).Run(frame, [Mosaic.Map(frame, Known)], Mosaic.OneThread);
        Assert.True(report.Found.IsEmpty);
        Assert.Equal(Known, report.Correction.Changes.Select(c => (c.X, c.Y)));
    }

    /// <summary>Half of the detector's own choice would remain a frame full of holes.</summary>
    [Fact]
    public void A_frame_that_looks_defective_all_over_is_refused()
    {
        IEnumerable<(int X, int Y)> many = Mosaic.Block(new Area(0, 0, 50, 40)).Where(s => s.X % 5 == 2 && s.Y % 5 == 2);
        var exception = Assert.Throws<ImplausibleFrameException>(() =>
            Job(detect: true, correct: true)
                .Run(Mosaic.Simulated("RGGB", 50, 40, "dunes").Put([.. many], (_, _) => 4095), [], Mosaic.OneThread)
        );
        Assert.InRange(exception.Part, 0.03, 0.05);
    }

    /// <summary>Where a file has no value, none is invented, whatever a map says.</summary>
    [Fact]
    public void Missing_values_stay_missing()
    {
        RawFrame floats = Mosaic.Floats(frame).Put([Known[0], (20, 20)], (_, _) => float.NaN);
        RepairReport report = Job(detect: true, correct: true).Run(floats, [Mosaic.Map(frame, Known)], Mosaic.OneThread);
        Assert.Equal([Unknown[0], Known[1], Unknown[1]], report.Correction.Changes.Select(c => (c.X, c.Y)));
        Assert.Empty(report.Correction.Unreachable);
    }

    [Fact]
    public void Maps_of_other_sensors_are_refused() =>
        Assert.Throws<ArgumentException>(() => Job(detect: true, correct: true).Run(frame, [DefectMap.Empty(40, 50)], Mosaic.OneThread));

    private static Repair Job(bool detect, bool correct) =>
        new() { Detectors = detect ? [Create(Detectors.All[0])] : [], Corrector = correct ? Create(Correctors.All[0]) : null };

    private static T Create<T>(Algorithm<T> algorithm) =>
        algorithm.Create(new Settings(algorithm.Parameters, new Dictionary<string, double>()));
}
