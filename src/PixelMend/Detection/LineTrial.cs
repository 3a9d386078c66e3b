namespace PixelMend.Detection;

/// <summary>
/// Adjacent lines supposed to be bad, and what speaks for it: each of them differs evenly from what the good ones around say, while those good ones,
/// predicted without the bad, are as they should be.
/// </summary>
internal sealed class LineTrial
{
    /// <summary>Good lines looked at on either side.</summary>
    private const int FlankLines = 2;

    private const int FewestFlanks = 2;

    private readonly LineWindow window;
    private readonly float[] detail;

    private LineTrial(LineWindow window, LineSpan bad, LineResiduals[] members, LineResiduals[] flanks)
    {
        this.window = window;
        Bad = bad;
        Members = members;
        Flanks = flanks;
        detail = Detail(flanks, window.Length);
    }

    public LineSpan Bad { get; }

    /// <summary>Residuals of the lines supposed to be bad.</summary>
    public LineResiduals[] Members { get; }

    /// <summary>Residuals of good lines beside them.</summary>
    public LineResiduals[] Flanks { get; }

    /// <summary>Residuals of the bad lines, predicted from one side only, wherever that side can be read.</summary>
    public IEnumerable<(int Member, LineResiduals Line)> FromOneSide() =>
        from member in Enumerable.Range(0, Members.Length)
        from side in new[] { -1, 1 }
        let line = window.Residuals(Bad.First + member, Bad, side)
        where line is not null
        select (member, line);

    /// <summary>Null where too few lines are left to tell.</summary>
    public static LineTrial? Of(MosaicLines lines, LineWindow window, LineSpan bad)
    {
        LineResiduals?[] members = [.. Enumerable.Range(bad.First, bad.Width).Select(l => window.Residuals(l, bad))];
        LineResiduals[] flanks =
        [
            .. Enumerable
                .Range(1, FlankLines)
                .SelectMany(k => new[] { bad.First - k, bad.End - 1 + k })
                .Where(lines.Has)
                .Select(l => window.Residuals(l, bad))
                .OfType<LineResiduals>(),
        ];
        return members.Any(m => m is null) || flanks.Length < FewestFlanks
            ? null
            : new LineTrial(window, bad, [.. members.OfType<LineResiduals>()], flanks);
    }

    /// <summary>Whether the good lines beside are clipped in most places: nobody knows what they hide.</summary>
    public bool IsBesideClipped(int start, int end)
    {
        const float clipped = 0.98f;
        return Flanks.Any(f => 2 * f.Predicted.AsSpan(start, end - start).ToArray().Count(p => p >= clipped) > end - start);
    }

    /// <summary>How much each photosite of a line may differ by noise and by detail, which the good lines tell.</summary>
    public float[] Spreads(LineResiduals line)
    {
        var spreads = new float[detail.Length];
        for (int i = 0; i < spreads.Length; i++)
        {
            spreads[i] = window.Noise(line.Predicted[i]) + detail[i];
        }

        return spreads;
    }

    /// <summary>By how much a stretch of a line is off, as a multiple of a template.</summary>
    public LineFit Fit(LineResiduals line, int start, ReadOnlySpan<float> template) =>
        LineFit.Of(line.Residual.AsSpan(start, template.Length), Spreads(line).AsSpan(start, template.Length), template);

    /// <summary>The same of the good lines beside.</summary>
    public LineFit[] FitFlanks(int start, ReadOnlySpan<float> template)
    {
        var fits = new LineFit[Flanks.Length];
        for (int i = 0; i < fits.Length; i++)
        {
            fits[i] = Fit(Flanks[i], start, template);
        }

        return fits;
    }

    /// <summary>Mean residual of the good lines at a place and those before and behind it.</summary>
    private static float[] Detail(LineResiduals[] flanks, int length)
    {
        var here = new float[length];
        foreach (LineResiduals flank in flanks)
        {
            for (int i = 0; i < length; i++)
            {
                here[i] += MathF.Abs(flank.Residual[i]) / flanks.Length;
            }
        }

        var smooth = new float[length];
        for (int i = 0; i < length; i++)
        {
            smooth[i] = (here[Math.Max(0, i - 1)] + here[i] + here[Math.Min(length - 1, i + 1)]) / 3;
        }

        return smooth;
    }
}
