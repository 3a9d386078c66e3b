using PixelMend.Algorithms;

namespace PixelMend.Correction;

/// <summary>Every corrector, listed once. The first is the default.</summary>
public static class Correctors
{
    /// <summary>All registrations.</summary>
    public static IReadOnlyList<Algorithm<IDefectCorrector>> All { get; } =
    [ModelCorrector.Registration, RingCorrector.Mean, RingCorrector.Median, WindowMean.Registration];
}
