using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Detection;

/// <summary>Finds defective photosites in one frame. An instance holds settings only and serves many frames and threads.</summary>
public interface IDefectDetector
{
    /// <summary>
    /// Adds what it finds to <paramref name="found"/>. The result depends on the frame and the known defects alone: not on threads, nor on other frames.
    /// </summary>
    /// <param name="evidence">The frame and what is known of its sensor.</param>
    /// <param name="found">Receives defects in sensor coordinates.</param>
    /// <param name="options">Threads to use, and cancellation.</param>
    void Detect(Evidence evidence, DefectMap.Builder found, ParallelOptions options);
}

/// <summary>What a detector may look at.</summary>
/// <param name="Frame">The frame, untouched.</param>
/// <param name="Known">Defects already known; they are no news and must not vouch for their neighbours.</param>
public sealed record Evidence(RawFrame Frame, DefectMap Known);
