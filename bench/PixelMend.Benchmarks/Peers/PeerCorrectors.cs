using PixelMend.Correction;

namespace PixelMend.Benchmarks.Peers;

/// <summary>Every re-expressed corrector, listed once.</summary>
internal static class PeerCorrectors
{
    public static IReadOnlyList<Peer<IDefectCorrector>> All { get; } =
    [
        RawTherapeeCorrector.Registration,
        DngSdkCorrector.Registration,
        LibRawCorrector.Registration,
        DarktableCorrector.Registration,
        InfiniteIspCorrector.Registration,
        SirilCorrector.Registration,
    ];
}
