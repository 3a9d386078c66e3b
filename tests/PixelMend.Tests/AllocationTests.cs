using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;
using PixelMend.Prediction;
using PixelMend.Tests.Mosaics;
using Xunit;

namespace PixelMend.Tests;

/// <summary>
/// From the second frame of a geometry on, buffers are those of the frame before: what is allocated hardly grows with the number of rows. One thread, so that
/// the runtime's count for it holds all that is allocated, and nothing that other tests do; the least of several frames, since a collection that another test
/// causes may empty the shared pool of arrays between any two.
/// </summary>
public class AllocationTests
{
    private const int Width = 512;
    private const int Rows = 320;
    private const int Defects = 40;

    /// <summary>For each row more: two masks of a bit a photosite, and two indices into lists sorted by row. A buffer for each row would be thirty times that.</summary>
    private const int BytesPerRow = (2 * Width / 8) + (2 * sizeof(int));

    /// <summary>Bytes that detection may allocate for each photosite more: two to four today, mostly for suspects and lines; another float for each would be too many.</summary>
    private const double DetectionBytesPerPhotosite = 8;

    /// <summary>What lists that grow by doubling may differ by.</summary>
    private const int Slack = 50_000;

    private const int FramesSeen = 8;

    [Theory]
    [InlineData("RGGB")]
    [InlineData("XTRANS")]
    [InlineData("MONO")]
    public void Correction_allocates_masks_and_nothing_else_that_grows_with_rows(string cfa)
    {
        var corrector = new ModelCorrector(new KeptModels());
        long small = AllocatedFor(corrector, cfa, Rows);
        long large = AllocatedFor(new ModelCorrector(new KeptModels()), cfa, 2 * Rows);
        Assert.InRange(large, 1, small + (Rows * BytesPerRow) + Slack);
    }

    [Theory]
    [InlineData("ring-mean")]
    [InlineData("ring-median")]
    [InlineData("window-mean")]
    public void Other_correctors_allocate_a_mask_and_nothing_else_that_grows_with_rows(string name)
    {
        Algorithm<IDefectCorrector> algorithm = Correctors.All.Single(a => a.Name == name);
        IDefectCorrector corrector = algorithm.Create(
            new Settings(algorithm.Parameters, new Dictionary<string, double>(StringComparer.Ordinal))
        );
        long small = AllocatedFor(corrector, "RGGB", Rows);
        long large = AllocatedFor(corrector, "RGGB", 2 * Rows);
        Assert.InRange(large, 1, small + (Rows * BytesPerRow) + Slack);
    }

    [Theory]
    [InlineData("RGGB")]
    [InlineData("XTRANS")]
    [InlineData("MONO")]
    public void Detection_allocates_less_than_two_floats_for_each_photosite_more(string cfa)
    {
        long small = AllocatedForDetection(cfa, Rows);
        long large = AllocatedForDetection(cfa, 2 * Rows);
        Assert.InRange(large, 1, small + (DetectionBytesPerPhotosite * Width * Rows));
    }

    /// <summary>Bytes for a frame of a video once its buffers are there.</summary>
    private static long AllocatedForDetection(string cfa, int height)
    {
        RawFrame frame = Mosaic.Simulated(cfa, Width, height, "dunes");
        var settings = new Settings(ModelDetector.Registration.Parameters, new Dictionary<string, double>(StringComparer.Ordinal));
        var video = new Repair { Detectors = [new ModelDetector(settings, new KeptModels())] };
        return LeastAllocated(() => video.Run(frame, [], Mosaic.OneThread));
    }

    /// <summary>Bytes for a frame of a video once its buffers are there; the same defects whatever the height, and no detail, which is learned from place by place.</summary>
    private static long AllocatedFor(IDefectCorrector corrector, string cfa, int height)
    {
        var map = new DefectMap.Builder(Width, height);
        map.AddRange(Enumerable.Range(0, Defects).Select(i => new Defect(20 + (i * 11), 20 + (i * 5), DefectKind.Hot, 1)));
        DefectMap known = map.Build();
        RawFrame frame = Mosaic.Flat(cfa, Width, height);
        return LeastAllocated(() => Assert.Equal(Defects, corrector.Correct(frame, known, Mosaic.OneThread).Changes.Count));
    }

    private static long LeastAllocated(Action repair)
    {
        long least = long.MaxValue;
        for (int i = 0; i < FramesSeen; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            repair();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
