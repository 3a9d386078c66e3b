using BenchmarkDotNet.Attributes;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;

namespace PixelMend.Speed;

/// <summary>Detection and correction of a frame in memory, beside a copy of it.</summary>
public class FrameBenchmarks
{
    private const int KnownDefects = 10_000;

    private readonly ParallelOptions options = new() { MaxDegreeOfParallelism = 2 };
    private readonly IDefectDetector detector = Chosen.Detector();
    private readonly IDefectDetector videoDetector = Chosen.Detector(video: true);
    private readonly IDefectCorrector model = Chosen.Corrector("model");
    private readonly IDefectCorrector videoModel = Chosen.Corrector("model", video: true);
    private readonly IDefectCorrector ringMean = Chosen.Corrector("ring-mean");
    private RawFrame frame = null!;
    private DefectMap map = null!;
    private ushort[] copy = [];

    /// <summary>Size of the frame.</summary>
    [Params(24, 100)]
    public int Megapixels { get; set; }

    /// <summary>Makes the frame.</summary>
    [GlobalSetup]
    public void Setup()
    {
        frame = SpeedFrames.Of(Megapixels);
        map = SpeedFrames.Map(frame, KnownDefects);
        copy = new ushort[frame.Codes!.Samples.Length];
        videoModel.Correct(frame, map, options);
    }

    /// <summary>Copies the samples, one thread.</summary>
    [Benchmark(Baseline = true, Description = "copy, one thread")]
    public unsafe void Copy()
    {
        long bytes = copy.LongLength * sizeof(ushort);
        fixed (
            ushort* from = frame.Codes!.Samples,
                to = copy
        )
        {
            Buffer.MemoryCopy(from, to, bytes, bytes);
        }
    }

    /// <summary>Detection with a fit of its own.</summary>
    [Benchmark(Description = "detection, its own fit")]
    public DefectMap Detect() => Find(detector);

    /// <summary>Detection in a video: the fit of the frame before serves.</summary>
    [Benchmark(Description = "detection, fit of the frame before")]
    public DefectMap DetectNext() => Find(videoDetector);

    /// <summary>The map applied by means of rings.</summary>
    [Benchmark(Description = "10,000 defects, ring-mean")]
    public CorrectionReport ApplyRingMean() => ringMean.Correct(frame, map, options);

    /// <summary>The map applied by the model, learned from this frame.</summary>
    [Benchmark(Description = "10,000 defects, model, its own fit")]
    public CorrectionReport ApplyModel() => model.Correct(frame, map, options);

    /// <summary>The map applied by the model of the frame before.</summary>
    [Benchmark(Description = "10,000 defects, model, fit of the frame before")]
    public CorrectionReport ApplyNext() => videoModel.Correct(frame, map, options);

    private DefectMap Find(IDefectDetector by)
    {
        var found = new DefectMap.Builder(frame.Width, frame.Height);
        by.Detect(new Evidence(frame, DefectMap.Empty(frame.Width, frame.Height)), found, options);
        return found.Build();
    }
}
