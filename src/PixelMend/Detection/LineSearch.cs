using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// Finds defective columns and rows, whole or in part, alone or up to three side by side: from what stands out in sums over lines, by a glance at a few places,
/// to all of it.
/// </summary>
internal sealed class LineSearch
{
    private const int WidestSpan = 3;

    /// <summary>Places of a first look, in stretches of some.</summary>
    private const float LookShare = 0.4f;

    /// <summary>Flanks that are off by more than this part of the line's offset are not worth a comparison with other periods.</summary>
    private const float MostLookShare = 2;
    private const int Looks = 12;
    private const int LookLength = 8;

    private readonly LineScope scope;
    private readonly LineJudge judge;
    private readonly MosaicLines lines;

    /// <param name="scope">The lines, and how they are predicted.</param>
    /// <param name="judge">Who decides in the end.</param>
    public LineSearch(LineScope scope, LineJudge judge)
    {
        this.scope = scope;
        this.judge = judge;
        lines = scope.Lines;
    }

    /// <summary>Line defects.</summary>
    /// <param name="sums">What <see cref="LinePass"/> added up.</param>
    /// <param name="options">Threads and cancellation.</param>
    public IEnumerable<FoundLine> Find(float[][] sums, ParallelOptions options)
    {
        LineCandidate[][] candidates = [.. LineCandidate.Among(sums, lines, options).GroupBy(c => c.Line).Select(g => g.ToArray())];
        FoundLine[] found = Examine(candidates, options);
        HashSet<int> examined = [.. candidates.Select(c => c[0].Line)];
        found = [.. found, .. Examine([.. found.SelectMany(Beside).Where(c => examined.Add(c.Line)).Select(c => new[] { c })], options)];
        FoundLine[] stuck = [.. new StuckRuns(lines).Find(options).Select(r => Stuck(r.Line, r.Start, r.End)).OfType<FoundLine>()];
        FoundLine[] lone = [.. found.DistinctBy(f => f.Line)];

        // A run's ends are exact, so that it comes first.
        return stuck.Concat(
            lone.Where(f => !lone.Any(g => IsEcho(f, g)) && !stuck.Any(s => s.Line == f.Line && s.Start < f.End && f.Start < s.End))
        );
    }

    /// <summary>The lines next to one that was found: should it differ only because one of them is bad, that one may stand out less at first.</summary>
    private IEnumerable<LineCandidate> Beside(FoundLine line) =>
        new[] { line.Line - 1, line.Line + 1 }.Where(lines.Has).Select(l => new LineCandidate(l, line.Start, line.End));

    /// <summary>Whether a line differs only because a worse one beside it bends what is expected of it: to the other side.</summary>
    private bool IsEcho(FoundLine line, FoundLine other) =>
        line.Sign * other.Sign < 0
        && line.Score < other.Score
        && Math.Abs(line.Line - other.Line) <= scope.Predictors.Reach
        && line.Start < other.End
        && other.Start < line.End;

    /// <summary>A run of equal codes as a line; null where nothing is left to tell what it should read.</summary>
    private FoundLine? Stuck(int line, int start, int end)
    {
        if (scope.Trial(new LineSpan(line, 1), [(start, end)]) is not { } trial)
        {
            return null;
        }

        LineResiduals residuals = trial.Members[0];
        float[] spreads = trial.Spreads(residuals);
        float score = Quantiles.Median([.. residuals.Residual.Select((r, i) => MathF.Abs(r) / spreads[i])]);
        return new FoundLine(
            lines.Axis,
            line,
            start,
            end,
            new LineSpan(line, 1),
            0,
            score,
            [.. residuals.Predicted.Select((p, i) => lines.FillOf(line, start + i, p))]
        );
    }

    private FoundLine[] Examine(LineCandidate[][] candidates, ParallelOptions options)
    {
        var found = new FoundLine[candidates.Length][];
        Parallel.For(0, candidates.Length, options, i => found[i] = Examine(candidates[i]));
        return [.. found.SelectMany(f => f)];
    }

    /// <summary>What the first of a line's candidates gives that gives anything: the whole line, then its stretches.</summary>
    private FoundLine[] Examine(LineCandidate[] candidates)
    {
        foreach (LineCandidate candidate in candidates)
        {
            if (Examine(candidate) is { Length: > 0 } found)
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>The narrowest span around a candidate that passes for a defect.</summary>
    private FoundLine[] Examine(LineCandidate candidate)
    {
        (int Start, int End)[] looks =
        [
            .. Enumerable
                .Range(0, Looks)
                .Select(i => candidate.Start + (int)((long)(candidate.End - candidate.Start - LookLength) * i / (Looks - 1)))
                .Select(start => (start, start + LookLength)),
        ];
        var glance = scope.Window(candidate.Line, looks);
        LineWindow? whole = null;
        for (int width = 1; width <= Math.Min(WidestSpan, lines.Count); width++)
        {
            for (int first = candidate.Line - width + 1; first <= candidate.Line; first++)
            {
                var span = new LineSpan(first, width);
                if (
                    !lines.Has(first)
                    || !lines.Has(span.End - 1)
                    || LineTrial.Of(lines, glance, span) is not { } look
                    || !LooksRight(look, looks)
                )
                {
                    continue;
                }

                (int from, int to) = (
                    Math.Max(0, candidate.Start - LinePass.PieceLength),
                    Math.Min(lines.Length, candidate.End + LinePass.PieceLength)
                );
                whole ??= scope.Window(candidate.Line, [(from, to)]);
                if (Verify(LineTrial.Of(lines, whole, span)!, from, candidate) is { Length: > 0 } found)
                {
                    return found;
                }
            }
        }

        return [];
    }

    /// <summary>A first look at a few places, with half the strictness: most candidates do not survive it.</summary>
    private bool LooksRight(LineTrial look, (int Start, int End)[] looks)
    {
        float[] even = [.. Enumerable.Repeat(1f, look.Members[0].Residual.Length)];
        LineFit[] members = [.. look.Members.Select(m => LineFit.Of(m.Residual, look.Spreads(m), even))];
        float least = members.Min(m => MathF.Abs(m.Offset));
        LineFit[] flanks = look.FitFlanks(0, even);
        return members.All(m => m.Offset * members[0].Offset > 0)
            && Array.TrueForAll(flanks, f => MathF.Abs(f.Offset) <= (MostLookShare * least) + (2 * f.Error))
            && scope.Controls(look.Bad, looks).AreAsUsual(flanks, f => (LookShare * least) + (2 * f.Error), t => t.FitFlanks(0, even));
    }

    private FoundLine[] Verify(LineTrial trial, int from, LineCandidate candidate)
    {
        MemberFit[] rough = MemberFit.AllOf(trial, candidate.Start - from, candidate.End - from);
        (int start, int end) = LineEnds.Find(rough, from == 0, from + trial.Members[0].Residual.Length == lines.Length);
        return judge.Judge(trial, from, start, end);
    }
}
