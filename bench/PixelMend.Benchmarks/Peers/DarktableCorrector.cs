using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>
/// darktable 3, module "hot pixels": the largest of the four nearest same-colour neighbours, where all four are good; by default the module touches
/// nothing else. Re-expressed from its description; not the peer's code.
/// </summary>
internal sealed class DarktableCorrector : IDefectCorrector
{
    public static Peer<IDefectCorrector> Registration { get; } =
        new(
            new(
                "darktable*",
                "The largest of the four nearest same-colour neighbours.",
                "darktable user manual, hot pixels",
                [],
                _ => new DarktableCorrector()
            ),
            DarktableDetector.Handles
        );

    public CorrectionReport Correct(RawFrame frame, DefectMap map, ParallelOptions options)
    {
        DefectMask mask = map.ToMask();
        Plane<float> samples = LinearSamples.Of(frame);
        Offset[][] around = DarktableDetector.Around(frame.Cfa);
        return PeerRepair.Run(
            frame,
            map,
            options,
            (x, y) =>
            {
                float most = float.NegativeInfinity;
                foreach (Offset step in around[frame.Cfa.PhaseOf(x, y)])
                {
                    (int nx, int ny) = (x + step.Dx, y + step.Dy);
                    if (!frame.ActiveArea.Contains(nx, ny) || mask[nx, ny])
                    {
                        return null;
                    }

                    most = MathF.Max(most, samples[nx, ny]);
                }

                return most;
            }
        );
    }
}
