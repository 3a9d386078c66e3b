using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Detection;

namespace PixelMend.Speed;

/// <summary>Algorithms by name at their defaults.</summary>
internal static class Chosen
{
    public static IDefectDetector Detector(bool video = false) => Ready(Detectors.All[0], video);

    public static IDefectCorrector Corrector(string name, bool video = false) => Ready(Correctors.All.Single(a => a.Name == name), video);

    private static T Ready<T>(Algorithm<T> algorithm, bool video)
    {
        T made = algorithm.Create(new Settings(algorithm.Parameters, new Dictionary<string, double>(StringComparer.Ordinal)));
        return video && made is IVideoAlgorithm<T> learning ? learning.ForVideo() : made;
    }
}
