using PixelMend.Detection;

namespace PixelMend.Benchmarks.Peers;

/// <summary>Every re-expressed detector, listed once.</summary>
internal static class PeerDetectors
{
    public static IReadOnlyList<Peer<IDefectDetector>> All { get; } =
    [
        RawTherapeeDetector.Registration,
        DarktableDetector.Registration,
        InfiniteIspDetector.Registration,
        SirilDetector.Registration,
        RankNoiseDetector.Registration,
    ];
}
