using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>
/// Infinite-ISP 1 (and openISP), "dead pixel correction": the mean of two opposite same-colour neighbours in the direction whose second difference through
/// the bad photosite is least. It knows no map, so it reads bad neighbours, and the bad value decides the direction. Bayer only.
/// Re-expressed from its description; not the peer's code.
/// </summary>
internal sealed class InfiniteIspCorrector : IDefectCorrector
{
    private static readonly Offset[] Directions = [new(0, 2), new(2, 0), new(2, -2), new(2, 2)];

    public static Peer<IDefectCorrector> Registration { get; } =
        new(
            new(
                "Infinite-ISP*",
                "The mean along the direction of the least second difference.",
                "Infinite-ISP algorithm description, dead pixel correction",
                [],
                _ => new InfiniteIspCorrector()
            ),
            PeerCfas.IsBayer
        );

    public CorrectionReport Correct(RawFrame frame, DefectMap map, ParallelOptions options)
    {
        Plane<float> samples = LinearSamples.Of(frame);
        Area active = frame.ActiveArea;
        return PeerRepair.Run(
            frame,
            map,
            options,
            (x, y) =>
            {
                if (!active.Contains(x - 2, y - 2) || !active.Contains(x + 2, y + 2))
                {
                    return null;
                }

                float best = float.PositiveInfinity;
                float mean = 0;
                foreach (Offset step in Directions)
                {
                    float along = (samples[x + step.Dx, y + step.Dy] + samples[x - step.Dx, y - step.Dy]) / 2;
                    float bend = MathF.Abs(samples[x, y] - along);
                    (best, mean) = bend < best ? (bend, along) : (best, mean);
                }

                return mean;
            }
        );
    }
}
