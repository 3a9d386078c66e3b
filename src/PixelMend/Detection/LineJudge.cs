using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// Tells line defects from the scene. A defect is exactly so many photosites wide and goes on evenly: what is seen on the lines beside it, or in some
/// stretches only, is an edge or a thin thing of the scene. Scenes are full of straight things, so that faint lines must run through most of the sensor, and
/// short ones must be strong, to count.
/// </summary>
/// <param name="scope">The lines, and how they are predicted.</param>
/// <param name="calm">What the offset of a faint line is measured against.</param>
internal sealed class LineJudge(LineScope scope, DefectScale calm)
{
    private const int ShortestLine = 64;

    /// <summary>Photosites, and part of the sensor, that a faint line must run through: threads and walls are shorter.</summary>
    private const int ShortestFaintLine = 256;
    private const float LongPart = 0.85f;

    /// <summary>Part of the sensor that several lines side by side must run through, from a border on: anything narrow looks like them.</summary>
    private const float SpanPart = 0.3f;

    /// <summary>Part of a line's offset that its median residual must show: a few quiet places do not decide alone.</summary>
    private const float MedianShare = 0.35f;

    /// <summary>Offset over its standard error, at least.</summary>
    private const float LeastSignificance = 7.5f;

    /// <summary>The same from which a line is clear. For one that is less so, no line beside it may be off by more than this part of its offset.</summary>
    private const float ClearSignificance = 9;
    private const float CalmFlankShare = 0.35f;

    /// <summary>Offset of a faint line in the shares of noise that scores count, at least: .8 of a standard deviation, which sensors' own patterns of columns do not reach.</summary>
    private const float FaintOffset = 1.08f;

    /// <summary>The same at the border of the sensor, where one side alone must tell, and for lines side by side, of which each hides what the other shows.</summary>
    private const float HardOffset = 2.5f;
    private const int BorderLines = 2;

    /// <summary>
    /// Median residual, in spreads of noise and detail, that a line must have if it runs as far as so many photosites, or that part of the sensor. A longer one may have less in
    /// proportion, a shorter one must have more: the sharper a straight thing of a scene, the shorter it is. Lines side by side need it at any length.
    /// </summary>
    private const float StrongScore = 4;
    private const int StrongLength = 128;
    private const float StrongPart = 0.0625f;

    /// <summary>The same for lines side by side, short or long: pairs of threads in a fabric stand out less.</summary>
    private const float SpanScore = 1.7f;

    /// <summary>What a line beside it may be off by: a part of the offset, a part of the noise (predictions are a little off in star fields), and standard errors.</summary>
    private const float FlankShare = 0.04f;
    private const float FlankNoise = 0.25f;
    private const float FlankErrors = 1.5f;

    /// <summary>How many times that much it may be for another judge's line: who does not foretell the scene well enough to find it should not object for that.</summary>
    private const float OthersAllowance = 2;

    /// <summary>Part of the largest offset that every one of several lines side by side shows: a blurred line is weak at its edges.</summary>
    private const float MemberShare = 0.5f;

    /// <summary>Part of its offset that a line must show to either side alone.</summary>
    private const float SideShare = 0.5f;

    /// <summary>Part of its offset that every quarter of a line must show.</summary>
    private const float QuarterShare = 0.5f;

    private readonly MosaicLines lines = scope.Lines;

    /// <summary>A stretch of lines as defects; none where something speaks against it.</summary>
    /// <param name="trial">The lines supposed to be bad.</param>
    /// <param name="from">Where the trial begins.</param>
    /// <param name="start">The stretch's first photosite, from there.</param>
    /// <param name="end">The one after its last.</param>
    public FoundLine[] Judge(LineTrial trial, int from, int start, int end)
    {
        if (end - start < ShortestLine)
        {
            return [];
        }

        LineControls controls = scope.Controls(trial.Bad, [(from, from + trial.Members[0].Residual.Length)]);
        var stretch = new Stretch(trial, MemberFit.AllOf(trial, start, end), start, end, controls);
        return
            IsLasting(stretch, from)
            && IsSure(stretch)
            && stretch.Members.All(m => m.IsEven(start, end, QuarterShare))
            && IsNoEdge(stretch)
            && IsAlone(stretch, 1)
            ? [.. stretch.Members.Select((m, i) => Describe(m, trial.Bad.First + i))]
            : [];

        FoundLine Describe(MemberFit member, int line) =>
            new(
                lines.Axis,
                line,
                from + start,
                from + end,
                trial.Bad,
                member.Fit.Offset,
                member.Score(start, end),
                [.. Enumerable.Range(start, end - start).Select(p => lines.FillOf(line, from + p, member.Line.Predicted[p]))]
            );
    }

    /// <summary>Whether a line that another judge took for a defect is off here as well, and no edge. Beside the border nobody objects who reaches beyond it.</summary>
    public bool Sees(FoundLine line)
    {
        (int Start, int End)[] whole = [(line.Start, line.End)];
        int reach = scope.Predictors.Reach;
        if (!lines.Has(line.Span.First - reach) || !lines.Has(line.Span.End - 1 + reach))
        {
            return true;
        }

        if (scope.Trial(line.Span, whole) is not { } trial)
        {
            return false;
        }

        int length = line.End - line.Start;
        var stretch = new Stretch(trial, MemberFit.AllOf(trial, 0, length), 0, length, scope.Controls(line.Span, whole));
        LineFit shown = stretch.Members[line.Line - line.Span.First].Fit;
        return (shown.Offset * MathF.Sign(line.Offset)) + shown.Error >= SideShare * MathF.Abs(line.Offset)
            && IsNoEdge(stretch)
            && IsAlone(stretch, OthersAllowance);
    }

    /// <summary>Whether the lines are off by enough for as long as they run.</summary>
    private bool IsLasting(Stretch stretch, int from)
    {
        (LineTrial trial, MemberFit[] members, int start, int end, _) = stretch;
        float score = members.Min(m => m.Score(start, end));
        bool single = members.Length == 1;
        bool border = trial.Bad.First < BorderLines || trial.Bad.End > lines.Count - BorderLines;
        bool large = members.All(m =>
            MathF.Abs(m.Fit.Offset)
            >= (border || !single ? HardOffset * m.Noise(start, end, scope.Scale) : FaintOffset * m.Noise(start, end, calm))
        );
        bool touching = end - start >= SpanPart * lines.Length && (from + start == 0 || from + end == lines.Length);
        bool dead = members.All(m => m.IsDead(start, end));
        float lengths = single ? (end - start) / MathF.Max(StrongLength, StrongPart * lines.Length) : 1;
        bool strong = score * lengths >= StrongScore;
        return large
            && (single || (touching && score >= SpanScore))
            && (dead || !trial.IsBesideClipped(start, end))
            && score >= 0
            && (strong || end - start >= Math.Max(ShortestFaintLine, LongPart * lines.Length));
    }

    /// <summary>Whether all lines are off beyond doubt, to the same side, and alike.</summary>
    private static bool IsSure(Stretch stretch)
    {
        MemberFit[] members = stretch.Members;
        float sign = MathF.Sign(members[0].Fit.Offset);
        return members.All(m =>
                m.Fit.Offset * sign > 0
                && m.Fit.Significance >= LeastSignificance
                && m.Median(stretch.Start, stretch.End) >= MedianShare * MathF.Abs(m.Fit.Offset)
            )
            && members.Min(m => MathF.Abs(m.Fit.Offset)) >= MemberShare * members.Max(m => MathF.Abs(m.Fit.Offset));
    }

    /// <summary>Whether the lines differ from what lies on either side: what goes on from one side is the edge of something.</summary>
    private static bool IsNoEdge(Stretch stretch)
    {
        LineFit[] sides = stretch.FitSides(stretch.Trial);
        float[] offsets = [.. stretch.Trial.FromOneSide().Select(s => stretch.Members[s.Member].Fit.Offset)];
        return Enough(i => sides[i].Offset)
            || (stretch.Controls.Usual(stretch.FitSides, sides.Length) is { } usual && Enough(i => sides[i].Offset - usual[i]));

        bool Enough(Func<int, float> shown) =>
            Enumerable
                .Range(0, sides.Length)
                .All(i => shown(i) * MathF.Sign(offsets[i]) >= (SideShare * MathF.Abs(offsets[i])) - sides[i].Error);
    }

    /// <summary>
    /// Whether the lines beside are as they should be, or else as lines at the same places of other periods are.
    /// Offsets are compared as they are, for beside a real wire the scene changes much, which would excuse its flanks.
    /// </summary>
    private bool IsAlone(Stretch stretch, float allowance)
    {
        (LineTrial trial, MemberFit[] members, int start, int end, LineControls controls) = stretch;
        float offset = members.Min(m => MathF.Abs(m.Fit.Offset));
        float most = (FlankShare * offset) + (FlankNoise / members.Length * members.Max(m => m.Noise(start, end, scope.Scale)));
        float limit = members.All(m => m.Fit.Significance >= ClearSignificance) ? float.PositiveInfinity : CalmFlankShare * offset;
        float[] template = [.. members[0].Template.AsSpan(start, end - start)];
        return controls.AreAsUsual(
            trial.FitFlanks(start, template),
            f => allowance * MathF.Min(most + (FlankErrors * f.Error), limit),
            t => t.FitFlanks(start, template)
        );
    }

    /// <summary>A part of a trial's lines, and the same lines of other periods.</summary>
    private sealed record Stretch(LineTrial Trial, MemberFit[] Members, int Start, int End, LineControls Controls)
    {
        /// <summary>What a trial shows of the members' shapes from one side alone.</summary>
        public LineFit[] FitSides(LineTrial of) =>
            [.. of.FromOneSide().Select(s => of.Fit(s.Line, Start, Members[s.Member].Template.AsSpan(Start, End - Start)))];
    }
}
