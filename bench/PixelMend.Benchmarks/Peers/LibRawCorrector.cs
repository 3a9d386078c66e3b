using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>
/// LibRaw 0.21 and dcraw 9, list of bad pixels (dcraw manual page, option -P): the mean of the same-colour photosites within one photosite, else within two,
/// in the order of the list and whatever they read. 2 × 2 arrays and X-Trans; mono files are left alone. Re-expressed from its description; not the peer's code.
/// </summary>
internal sealed class LibRawCorrector : IDefectCorrector
{
    private const int Reach = 2;

    public static Peer<IDefectCorrector> Registration { get; } =
        new(
            new(
                "LibRaw*",
                "The mean of the nearest same-colour photosites, bad or not.",
                "dcraw manual page, option -P",
                [],
                _ => new LibRawCorrector()
            ),
            cfa => PeerCfas.IsBayer(cfa) || PeerCfas.IsFourColor(cfa) || PeerCfas.IsXTrans(cfa)
        );

    public CorrectionReport Correct(RawFrame frame, DefectMap map, ParallelOptions options)
    {
        Plane<float> samples = LinearSamples.Of(frame);
        return PeerRepair.RunInPlace(frame, map, samples, (x, y) => Mean(frame, samples, x, y));
    }

    private static float? Mean(RawFrame frame, Plane<float> samples, int x, int y)
    {
        for (int reach = 1; reach <= Reach; reach++)
        {
            float sum = 0;
            int count = 0;
            foreach (Offset step in frame.Cfa.Neighbors(x, y))
            {
                (int nx, int ny) = (x + step.Dx, y + step.Dy);
                if (step.Distance <= reach && frame.ActiveArea.Contains(nx, ny))
                {
                    sum += samples[nx, ny];
                    count++;
                }
            }

            if (count > 0)
            {
                return sum / count;
            }
        }

        return null;
    }
}
