using PixelMend.Frames;

namespace PixelMend.Prediction;

/// <summary>Lists of steps, one per CFA phase, turned into offsets of a <see cref="PhaseLayout"/> once.</summary>
internal sealed class PhaseSteps
{
    /// <summary>Steps of a ring.</summary>
    public const int RingLength = 8;

    private const int PairCount = 4;

    private readonly CfaPattern cfa;
    private readonly int[][] offsets;

    public PhaseSteps(PhaseLayout layout, Func<int, int, Offset[]> stepsOfPhase)
    {
        cfa = layout.Cfa;
        Offset[][] steps = [.. Enumerable.Range(0, cfa.PhaseCount).Select(p => stepsOfPhase(p % cfa.Width, p / cfa.Width))];
        offsets = [.. steps.Select((s, p) => layout.OffsetsOf(p % cfa.Width, s))];
        Reach = steps.SelectMany(s => s).Max(s => s.Distance);
    }

    /// <summary>Rows or columns that the farthest step of any phase goes.</summary>
    public int Reach { get; }

    /// <summary>Offsets for a photosite of column phase <paramref name="phaseX"/> in row <paramref name="y"/>.</summary>
    public ReadOnlySpan<int> Of(int phaseX, int y) => offsets[cfa.PhaseOf(phaseX, y)];

    /// <summary>The same steps for every phase.</summary>
    public static PhaseSteps Same(PhaseLayout layout, Offset[] steps) => new(layout, (_, _) => steps);

    /// <summary>
    /// The eight nearest same-colour neighbours that do not touch the photosite, so that the members of a cluster do not vouch for each other.
    /// </summary>
    public static PhaseSteps Ring(PhaseLayout layout) => new(layout, (x, y) => RingOf(layout.Cfa, x, y));

    /// <summary>The ring of one photosite: always eight steps, where a colour is too rare for that with repetitions.</summary>
    public static Offset[] RingOf(CfaPattern cfa, int x, int y)
    {
        Offset[] all = cfa.Neighbors(x, y).ToArray();
        Offset[] apart = [.. all.Where(s => s.Distance > 1), .. all.Where(s => s.Distance == 1)];
        return apart.Length == 0
            ? [.. Enumerable.Repeat(default(Offset), RingLength)]
            : [.. Enumerable.Range(0, RingLength).Select(i => apart[i % apart.Length])];
    }

    /// <summary>Pairs of opposite same-colour neighbours, the two of a pair side by side: all in the square that holds the nearest four pairs.
    /// None in the corner of a large block of one colour.</summary>
    public static PhaseSteps Opposites(PhaseLayout layout) => new(layout, (x, y) => OppositesOf(layout.Cfa, x, y));

    /// <summary>Four of them, the farthest: on a Bayer sensor the same for every colour. Fewer where there are no four.</summary>
    public static Offset[] PairsOf(CfaPattern cfa, int x, int y) => [.. OppositesOf(cfa, x, y).TakeLast(2 * PairCount)];

    public static Offset[] OppositesOf(CfaPattern cfa, int x, int y)
    {
        var same = cfa.Neighbors(x, y).ToArray().ToHashSet();
        Offset[] halves =
        [
            .. cfa.Neighbors(x, y).ToArray().Where(s => (s.Dy > 0 || (s.Dy == 0 && s.Dx > 0)) && same.Contains(new Offset(-s.Dx, -s.Dy))),
        ];
        int reach = halves.Take(PairCount).Select(s => s.Distance).DefaultIfEmpty().Max();
        return [.. halves.Where(s => s.Distance <= reach).SelectMany(s => new[] { s, new Offset(-s.Dx, -s.Dy) })];
    }
}
