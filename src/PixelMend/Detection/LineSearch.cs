using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// Finds defective columns and rows, whole or in part, alone or up to three side by side. A line defect is exactly so many photosites wide and goes
/// on evenly: what is seen on the lines beside it, or in some stretches only, is an edge or a thin thing of the scene. Scenes are full of
/// straight things, so that faint lines must run through most of the sensor, and short ones must be strong, to count.
/// </summary>
internal sealed class LineSearch
{
    private const int WidestSpan = 3;

    private const int ShortestLine = 64;

    /// <summary>Photosites, and part of the sensor, that a faint line must run through: threads and walls are shorter.</summary>
    private const int ShortestFaintLine = 256;
    private const float LongPart = 0.85f;

    /// <summary>Part of the sensor that several lines side by side must run through, from a border on: anything narrow looks like them.</summary>
    private const float SpanPart = 0.3f;

    /// <summary>Part of a line's offset that its median residual must show: a few quiet places do not decide alone.</summary>
    private const float MedianShare = 0.35f;

    /// <summary>Offset over its standard error, at least.</summary>
    private const float LeastSignificance = 9;

    /// <summary>Offset of a faint line in the shares of noise that scores count, at least: .8 of a standard deviation, which sensors' own patterns of columns do not reach.</summary>
    private const float FaintOffset = 1.08f;

    /// <summary>The same at the border of the sensor, where one side alone must tell, and for lines side by side, of which each hides what the other shows.</summary>
    private const float HardOffset = 2.5f;
    private const int BorderLines = 2;

    /// <summary>Median of a short line's residuals, in spreads of noise and detail, at least.</summary>
    private const float StrongScore = 4;

    /// <summary>The same for lines side by side, short or long: pairs of threads in a fabric stand out less.</summary>
    private const float SpanScore = 1.7f;

    /// <summary>What a line beside it may be off by: a part of the offset, a part of the noise (predictions are a little off in star fields), and standard errors.</summary>
    private const float FlankShare = 0.04f;
    private const float FlankNoise = 0.25f;
    private const float FlankErrors = 1.5f;

    /// <summary>Part of the largest offset that every one of several lines side by side shows: a blurred line is weak at its edges.</summary>
    private const float MemberShare = 0.5f;

    /// <summary>Part of its offset that a line must show to either side alone.</summary>
    private const float SideShare = 0.5f;

    /// <summary>Part of its offset that every quarter of a line must show.</summary>
    private const float QuarterShare = 0.5f;

    /// <summary>Places of a first look, in stretches of some.</summary>
    private const float LookShare = 0.4f;

    /// <summary>Flanks that are off by more than this part of the line's offset are not worth a comparison with other periods.</summary>
    private const float MostLookShare = 2;
    private const int Looks = 12;
    private const int LookLength = 8;

    private readonly MosaicLines lines;
    private readonly Fills fills;
    private readonly DefectScale scale;
    private readonly DefectScale calm;
    private readonly LinePredictors predictors;

    /// <param name="lines">The mosaic.</param>
    /// <param name="fills">What to read instead of photosites already suspected.</param>
    /// <param name="predictors">Of the same axis.</param>
    /// <param name="scale">What residuals are measured against.</param>
    /// <param name="calm">What the offset of a faint line is measured against.</param>
    public LineSearch(MosaicLines lines, Fills fills, LinePredictors predictors, DefectScale scale, DefectScale calm)
    {
        this.lines = lines;
        this.fills = fills;
        this.predictors = predictors;
        this.scale = scale;
        this.calm = calm;
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
        && Math.Abs(line.Line - other.Line) <= predictors.Reach
        && line.Start < other.End
        && other.Start < line.End;

    /// <summary>A run of equal codes as a line; null where nothing is left to tell what it should read.</summary>
    private FoundLine? Stuck(int line, int start, int end)
    {
        var window = new LineWindow(lines, fills, predictors, scale, line, [(start, end)]);
        var alone = new LineSpan(line, 1);
        if (LineTrial.Of(lines, window, alone) is not { } trial)
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
            0,
            score,
            [.. residuals.Predicted.Select((p, i) => Expected(line, start + i, p))]
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
        var glance = new LineWindow(lines, fills, predictors, scale, candidate.Line, looks);
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
                whole ??= new LineWindow(lines, fills, predictors, scale, candidate.Line, [(from, to)]);
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
        LineFit[] flanks = FlanksOf(look, 0, even);
        return members.All(m => m.Offset * members[0].Offset > 0)
            && Array.TrueForAll(flanks, f => MathF.Abs(f.Offset) <= (MostLookShare * least) + (2 * f.Error))
            && AreAsUsual(flanks, f => (LookShare * least) + (2 * f.Error), ControlsOf(look.Bad, looks), t => FlanksOf(t, 0, even));
    }

    private FoundLine[] Verify(LineTrial trial, int from, LineCandidate candidate)
    {
        MemberFit[] rough = [.. trial.Members.Select(m => MemberFit.Of(m, trial.Spreads(m), candidate.Start - from, candidate.End - from))];
        (int start, int end) = LineEnds.Find(rough, from == 0, from + trial.Members[0].Residual.Length == lines.Length);
        if (end - start < ShortestLine)
        {
            return [];
        }

        MemberFit[] members = [.. trial.Members.Select(m => MemberFit.Of(m, trial.Spreads(m), start, end))];
        float sign = MathF.Sign(members[0].Fit.Offset);
        float score = members.Min(m => m.Score(start, end));
        bool strong = score >= StrongScore;
        bool alike = members.Min(m => MathF.Abs(m.Fit.Offset)) >= MemberShare * members.Max(m => MathF.Abs(m.Fit.Offset));
        bool border = trial.Bad.First < BorderLines || trial.Bad.End > lines.Count - BorderLines;
        bool large = members.All(m =>
            MathF.Abs(m.Fit.Offset)
            >= (border || members.Length > 1 ? HardOffset * m.Noise(start, end, scale) : FaintOffset * m.Noise(start, end, calm))
        );
        bool touching =
            members.Length == 1 || (end - start >= SpanPart * lines.Length && (from + start == 0 || from + end == lines.Length));
        bool dead = members.All(m => m.IsDead(start, end));
        bool lasting =
            large
            && (dead || !trial.IsBesideClipped(start, end))
            && score >= (members.Length == 1 ? 0 : SpanScore)
            && (strong || end - start >= Math.Max(ShortestFaintLine, LongPart * lines.Length));
        bool sure = members.All(m =>
            m.Fit.Offset * sign > 0
            && m.Fit.Significance >= LeastSignificance
            && m.Median(start, end) >= MedianShare * MathF.Abs(m.Fit.Offset)
        );
        LineControls controls = ControlsOf(trial.Bad, [(from, from + trial.Members[0].Residual.Length)]);
        return
            lasting
            && sure
            && alike
            && touching
            && members.All(m => m.IsEven(start, end, QuarterShare))
            && IsNoEdge(trial, members, start, end, controls)
            && IsAlone(trial, members, start, end, scale, controls)
            ?
            [
                .. members.Select(
                    (m, i) =>
                        new FoundLine(
                            lines.Axis,
                            trial.Bad.First + i,
                            from + start,
                            from + end,
                            sign,
                            m.Score(start, end),
                            [
                                .. Enumerable
                                    .Range(start, end - start)
                                    .Select(p => Expected(trial.Bad.First + i, from + p, m.Line.Predicted[p])),
                            ]
                        )
                ),
            ]
            : [];
    }

    private Fill Expected(int line, int along, float signal)
    {
        (int x, int y) = lines.Place(line, along);
        return new Fill(x, y, signal);
    }

    private static LineFit FitOf(LineTrial trial, LineResiduals line, int start, ReadOnlySpan<float> template) =>
        LineFit.Of(line.Residual.AsSpan(start, template.Length), trial.Spreads(line).AsSpan(start, template.Length), template);

    /// <summary>Whether the lines differ from what lies on either side: what goes on from one side is the edge of something.</summary>
    private static bool IsNoEdge(LineTrial trial, MemberFit[] members, int start, int end, LineControls controls)
    {
        LineFit[] sides = SidesOf(trial, members, start, end);
        float[] offsets = [.. trial.FromOneSide().Select(s => members[s.Member].Fit.Offset)];
        return Enough(i => sides[i].Offset)
            || (controls.Usual(t => SidesOf(t, members, start, end), sides.Length) is { } usual && Enough(i => sides[i].Offset - usual[i]));

        bool Enough(Func<int, float> shown) =>
            Enumerable
                .Range(0, sides.Length)
                .All(i => shown(i) * MathF.Sign(offsets[i]) >= (SideShare * MathF.Abs(offsets[i])) - sides[i].Error);
    }

    /// <summary>
    /// Whether the lines beside are as they should be, or else as lines at the same places of other periods are.
    /// Offsets are compared as they are, for beside a real wire the scene changes much, which would excuse its flanks.
    /// </summary>
    private static bool IsAlone(LineTrial trial, MemberFit[] members, int start, int end, DefectScale scale, LineControls controls)
    {
        float most =
            (FlankShare * members.Min(m => MathF.Abs(m.Fit.Offset)))
            + (FlankNoise / members.Length * members.Max(m => m.Noise(start, end, scale)));
        float[] template = [.. members[0].Template.AsSpan(start, end - start)];
        return AreAsUsual(
            FlanksOf(trial, start, template),
            f => most + (FlankErrors * f.Error),
            controls,
            t => FlanksOf(t, start, template)
        );
    }

    /// <summary>Whether no fit is off by more than it may, or by more than that from what it usually is.</summary>
    private static bool AreAsUsual(LineFit[] fits, Func<LineFit, float> most, LineControls controls, Func<LineTrial, LineFit[]> same) =>
        Array.TrueForAll(fits, f => MathF.Abs(f.Offset) <= most(f))
        || (
            controls.Usual(same, fits.Length) is { } usual
            && Enumerable.Range(0, fits.Length).All(i => MathF.Abs(fits[i].Offset - usual[i]) <= most(fits[i]))
        );

    private LineControls ControlsOf(LineSpan bad, (int Start, int End)[] stretches) =>
        new(lines, bad, span => LineTrial.Of(lines, new LineWindow(lines, fills, predictors, scale, span.First, stretches), span));

    private static LineFit[] SidesOf(LineTrial trial, MemberFit[] members, int start, int end) =>
        [.. trial.FromOneSide().Select(s => FitOf(trial, s.Line, start, members[s.Member].Template.AsSpan(start, end - start)))];

    private static LineFit[] FlanksOf(LineTrial trial, int start, ReadOnlySpan<float> template)
    {
        var fits = new LineFit[trial.Flanks.Length];
        for (int i = 0; i < fits.Length; i++)
        {
            fits[i] = FitOf(trial, trial.Flanks[i], start, template);
        }

        return fits;
    }
}

/// <summary>A defective line, or part of one, in view coordinates.</summary>
/// <param name="Axis">Which way it runs.</param>
/// <param name="Line">Its column or row.</param>
/// <param name="Start">Its first photosite.</param>
/// <param name="End">The photosite after its last.</param>
/// <param name="Sign">1 where it reads high, −1 where low, 0 where it is stuck at the scene's own level.</param>
/// <param name="Score">Median score of its photosites.</param>
/// <param name="Expected">What they should read.</param>
internal sealed record FoundLine(LineAxis Axis, int Line, int Start, int End, float Sign, float Score, Fill[] Expected)
{
    /// <summary>Whether another line has photosites of this one.</summary>
    public bool Overlaps(FoundLine other) => Axis == other.Axis && Line == other.Line && Start < other.End && other.Start < End;
}
