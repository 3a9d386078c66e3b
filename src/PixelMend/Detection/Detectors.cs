using PixelMend.Algorithms;

namespace PixelMend.Detection;

/// <summary>Every detector, listed once. The first is the default.</summary>
public static class Detectors
{
    /// <summary>All registrations.</summary>
    public static IReadOnlyList<Algorithm<IDefectDetector>> All { get; } = [ModelDetector.Registration, RingThreshold.Registration];
}
