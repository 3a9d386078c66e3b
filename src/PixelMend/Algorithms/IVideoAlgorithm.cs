namespace PixelMend.Algorithms;

/// <summary>An algorithm that can keep what it learns from a frame for the frames that follow it.</summary>
/// <typeparam name="T">The interface of such algorithms: detector or corrector.</typeparam>
public interface IVideoAlgorithm<out T>
{
    /// <summary>
    /// The same algorithm for the frames of one video, taken one at a time and in their order. What it does on a frame may depend on those before, though
    /// not on threads; what it has learned is learned anew on the first frame that it does not fit.
    /// </summary>
    T ForVideo();
}
