using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Correction;

/// <summary>Works out what defective photosites should read. An instance holds settings only and serves many frames and threads.</summary>
public interface IDefectCorrector
{
    /// <summary>
    /// Values for every photosite of <paramref name="map"/>, from good photosites of <paramref name="frame"/> alone: never from a defective
    /// value, nor from another repair. The frame is not changed.
    /// </summary>
    /// <exception cref="ArgumentException">The map has another geometry than the frame.</exception>
    CorrectionReport Correct(RawFrame frame, DefectMap map, ParallelOptions options);
}

/// <summary>What a correction did.</summary>
/// <param name="Changes">New samples, sorted by row, then column; photosites whose value stays the same are included.</param>
/// <param name="Unreachable">Photosites with too few good neighbours to be inferred; left as they were.</param>
public sealed record CorrectionReport(IReadOnlyList<SampleChange> Changes, IReadOnlyList<Defect> Unreachable)
{
    /// <summary>Below this confidence a repair is reported as doubtful.</summary>
    public const float DoubtfulConfidence = 0.3f;

    /// <summary>Number of repairs whose surroundings say little.</summary>
    public int DoubtfulCount => Changes.Count(c => c.Confidence < DoubtfulConfidence);
}
