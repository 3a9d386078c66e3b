namespace PixelMend.Detection;

/// <summary>A detector that can say how far each photosite is off in a frame even where that alone proves nothing, so that frames can be joined.</summary>
public interface IEvidenceSource
{
    /// <summary>
    /// Adds what one frame says about its photosites to <paramref name="sums"/>. Frames may be added in any order and at the same time: the sums are
    /// the same bit for bit.
    /// </summary>
    /// <param name="evidence">The frame and what is known of its sensor; known defects get no vote.</param>
    /// <param name="sums">The evidence of the sequence; the frame must fit it.</param>
    /// <param name="options">Threads to use, and cancellation.</param>
    void Weigh(Evidence evidence, StaticEvidence sums, ParallelOptions options);
}
