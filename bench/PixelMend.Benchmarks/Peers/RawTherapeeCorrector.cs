using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>
/// RawTherapee 5, repair of bad pixels (RawPedia, Dark frame and Bad pixels): the mean of opposite same-colour photosites, each pair weighted by its nearness
/// and by 1 / (difference + 1 ADU); pairs with a bad member are left out, and where none remains the good ones of 5 × 5 are averaged. Bayer, mono, X-Trans.
/// Re-expressed from its description; not the peer's code.
/// </summary>
internal sealed class RawTherapeeCorrector : IDefectCorrector
{
    private const int Reach = 2;

    public static Peer<IDefectCorrector> Registration { get; } =
        new(
            new(
                "RawTherapee*",
                "Pairs of opposite same-colour photosites, weighted by nearness and likeness.",
                "RawPedia, bad pixels",
                [],
                _ => new RawTherapeeCorrector()
            ),
            cfa => PeerCfas.IsBayer(cfa) || cfa.IsMono || PeerCfas.IsXTrans(cfa)
        );

    public CorrectionReport Correct(RawFrame frame, DefectMap map, ParallelOptions options)
    {
        Plane<float> samples = LinearSamples.Of(frame);
        DefectMask mask = map.ToMask();
        bool hasWindow = !PeerCfas.IsXTrans(frame.Cfa);
        OppositePair[][] pairs =
        [
            .. Enumerable.Range(0, frame.Cfa.PhaseCount).Select(p => OppositePairs.Of(frame.Cfa, p % frame.Cfa.Width, p / frame.Cfa.Width)),
        ];
        return PeerRepair.Run(
            frame,
            map,
            options,
            (x, y) =>
                frame.ActiveArea.Contains(x - Reach, y - Reach) && frame.ActiveArea.Contains(x + Reach, y + Reach)
                    ? OfPairs(pairs[frame.Cfa.PhaseOf(x, y)], samples, mask, x, y) ?? (hasWindow ? OfWindow(samples, mask, x, y) : null)
                    : null
        );
    }

    private static float? OfPairs(OppositePair[] pairs, Plane<float> samples, DefectMask mask, int x, int y)
    {
        float sum = 0;
        float weights = 0;
        foreach (OppositePair pair in pairs)
        {
            if (pair.MustBeGood && (mask[x + pair.One.Dx, y + pair.One.Dy] || pair.Other.Any(o => mask[x + o.Dx, y + o.Dy])))
            {
                continue;
            }

            float one = samples[x + pair.One.Dx, y + pair.One.Dy];
            float other = pair.Other.Average(o => samples[x + o.Dx, y + o.Dy]);
            float weight = pair.Weight / (MathF.Abs(one - other) + 1);
            sum += weight * (one + other);
            weights += 2 * weight;
        }

        return weights > 0 ? sum / weights : null;
    }

    private static float? OfWindow(Plane<float> samples, DefectMask mask, int x, int y)
    {
        float sum = 0;
        int count = 0;
        for (int i = 0; i < 9; i++)
        {
            (int nx, int ny) = (x + (Reach * ((i % 3) - 1)), y + (Reach * ((i / 3) - 1)));
            if (!mask[nx, ny])
            {
                sum += samples[nx, ny];
                count++;
            }
        }

        return count > 0 ? sum / count : null;
    }
}
