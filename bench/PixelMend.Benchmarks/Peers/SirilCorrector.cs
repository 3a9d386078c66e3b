using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>
/// Siril 1.0, "cosmetic correction" by a list (Siril documentation, Processing, Cosmetic correction): hot photosites become the mean of the eight same-colour
/// ones around, in the order of the list and whatever they read; a listed column or row, the mean of the six beside it. Bayer and mono.
/// Re-expressed from its description; not the peer's code.
/// </summary>
internal sealed class SirilCorrector : IDefectCorrector
{
    public static Peer<IDefectCorrector> Registration { get; } =
        new(
            new(
                "Siril*",
                "The mean of the eight nearest same-colour photosites, bad or not; of six beside a line.",
                "Siril documentation, cosmetic correction",
                [],
                _ => new SirilCorrector()
            ),
            SirilDetector.Handles
        );

    public CorrectionReport Correct(RawFrame frame, DefectMap map, ParallelOptions options)
    {
        Plane<float> samples = LinearSamples.Of(frame);
        int step = frame.Cfa.IsMono ? 1 : 2;
        var lines = new LineMasks(map);
        return PeerRepair.RunInPlace(
            frame,
            map,
            samples,
            (x, y) =>
                !frame.ActiveArea.Contains(x - step, y - step) || !frame.ActiveArea.Contains(x + step, y + step) ? null
                : lines.Columns[x, y] ? Beside(samples, x, y, new Offset(step, 0), new Offset(0, step))
                : lines.Rows[x, y] ? Beside(samples, x, y, new Offset(0, step), new Offset(step, 0))
                : SirilDetector.MeanOfEight(samples, x, y, step)
        );
    }

    private static float Beside(Plane<float> samples, int x, int y, Offset across, Offset along)
    {
        float sum = 0;
        for (int i = -1; i <= 1; i++)
        {
            (int cx, int cy) = (x + (i * along.Dx), y + (i * along.Dy));
            sum += samples[cx + across.Dx, cy + across.Dy] + samples[cx - across.Dx, cy - across.Dy];
        }

        return sum / 6;
    }
}
