using PixelMend.Algorithms;
using PixelMend.Benchmarks.Peers;
using PixelMend.Correction;
using PixelMend.Detection;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Trials;

/// <summary>An algorithm at its defaults, ready to take part.</summary>
/// <param name="Name">Its column or row in the tables; a star marks a peer's formula.</param>
/// <param name="Handles">Filter arrays that it takes part on.</param>
/// <param name="Instance">What runs.</param>
internal sealed record Method<T>(string Name, Func<CfaPattern, bool> Handles, T Instance)
{
    /// <summary>Whether it is one of the peers.</summary>
    public bool IsPeer => Name.EndsWith('*');
}

/// <summary>All that take part: the peers first, then ours, the default last.</summary>
internal static class Methods
{
    public static IReadOnlyList<Method<IDefectDetector>> Detectors { get; } = Join(PeerDetectors.All, Detection.Detectors.All);

    public static IReadOnlyList<Method<IDefectCorrector>> Correctors { get; } = Join(PeerCorrectors.All, Correction.Correctors.All);

    /// <summary>Name of the default detector, which is that of the default corrector, too: one model serves both.</summary>
    public static string Default => Detectors[^1].Name;

    private static Method<T>[] Join<T>(IReadOnlyList<Peer<T>> peers, IReadOnlyList<Algorithm<T>> ours) =>
        [
            .. peers.Select(p => new Method<T>(p.Algorithm.Name, p.Handles, Make(p.Algorithm))),
            .. ours.Skip(1).Append(ours[0]).Select(a => new Method<T>(a.Name, _ => true, Make(a))),
        ];

    private static T Make<T>(Algorithm<T> algorithm) =>
        algorithm.Create(new Settings(algorithm.Parameters, new Dictionary<string, double>(StringComparer.Ordinal)));
}
