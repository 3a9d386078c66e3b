using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>Two places on opposite sides of a photosite.</summary>
/// <param name="One">One side.</param>
/// <param name="Other">The other side: a photosite, or two that stand for the one between them.</param>
/// <param name="Weight">1 / distance.</param>
/// <param name="MustBeGood">Whether it is left out when a member is bad.</param>
internal sealed record OppositePair(Offset One, Offset[] Other, float Weight, bool MustBeGood = true);

/// <summary>The pairs that RawTherapee's repair is described with. Re-expressed from its description; not the peer's code.</summary>
internal static class OppositePairs
{
    private const float Knight = 0.44721360f;
    private const float Diagonal = 0.70710678f;

    public static OppositePair[] Of(CfaPattern cfa, int x, int y)
    {
        bool green = cfa[x, y] == CfaColor.Green;
        return cfa.IsMono ? [.. Cross(1), .. Diagonals(1)]
            : !PeerCfas.IsXTrans(cfa) ? [.. Cross(2), .. Diagonals(green ? 1 : 2)]
            : !green ? RedOrBlue(cfa, x, y)
            : cfa[x - 1, y] == cfa[x + 1, y] ? LoneGreen()
            : GreenOfFour(cfa, x, y);
    }

    private static OppositePair Pair(int dx, int dy, float weight) => Pair(new Offset(dx, dy), new Offset(-dx, -dy), weight);

    private static OppositePair Pair(Offset one, Offset other, float weight) => new(one, [other], weight);

    private static OppositePair[] Cross(int step) => [Pair(step, 0, 1f / step), Pair(0, step, 1f / step)];

    private static OppositePair[] Diagonals(int step) => [Pair(step, step, Diagonal / step), Pair(step, -step, Diagonal / step)];

    private static OppositePair[] LoneGreen() =>
        [.. Diagonals(1), Pair(1, 2, Knight), Pair(-1, 2, Knight), Pair(2, 1, Knight), Pair(2, -1, Knight)];

    /// <summary>One of two by two greens: the two beside it, the two on the diagonal that has greens on both sides, and two a knight's move away.</summary>
    private static OppositePair[] GreenOfFour(CfaPattern cfa, int x, int y)
    {
        int lean = cfa[x - 1, y - 1] == cfa[x + 1, y + 1] ? 1 : -1;
        int down = cfa[x, y - 1] == CfaColor.Green ? -1 : 1;
        int right = lean * down;
        return
        [
            Pair(lean, 1, Diagonal),
            Pair(new Offset(right, 0), new Offset(0, down), 1),
            Pair(new Offset(2 * right, -down), new Offset(-right, 2 * down), Knight),
        ];
    }

    /// <summary>Two pairs of knight's moves, and the one at distance two against the mean of two that stand for its counterpart.</summary>
    private static OppositePair[] RedOrBlue(CfaPattern cfa, int x, int y)
    {
        var pairs = new List<OppositePair>();
        foreach (Offset knight in new Offset[] { new(-1, -2), new(1, -2), new(-1, 2), new(1, 2) })
        {
            var counterpart = new Offset(-2 * knight.Dx, -knight.Dy / 2);
            if (IsSame(knight) && IsSame(counterpart))
            {
                pairs.Add(Pair(knight, counterpart, Knight));
            }
        }

        Offset straight = new Offset[] { new(-2, 0), new(2, 0), new(0, -2), new(0, 2) }.First(IsSame);
        Offset[] stand = straight.Dy == 0 ? [new(-straight.Dx, -1), new(-straight.Dx, 1)] : [new(-1, -straight.Dy), new(1, -straight.Dy)];
        return [.. pairs, new OppositePair(straight, stand, 0.5f, MustBeGood: false)];

        bool IsSame(Offset step) => cfa[x + step.Dx, y + step.Dy] == cfa[x, y];
    }
}
