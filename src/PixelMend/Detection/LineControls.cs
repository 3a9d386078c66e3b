using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>
/// What a trial shows at the same place of other periods of the mosaic, where nothing is supposed to be wrong: with lines left out, what is left to
/// predict from may lie far, and a scene of even slopes or unusual colours is then a little off everywhere.
/// </summary>
/// <param name="lines">The mosaic.</param>
/// <param name="bad">The lines supposed to be bad.</param>
/// <param name="tryOut">Makes the same trial of other lines; null where too few lines are left to tell.</param>
internal sealed class LineControls(MosaicLines lines, LineSpan bad, Func<LineSpan, LineTrial?> tryOut)
{
    /// <summary>Periods to other lines of the same colours.</summary>
    private static readonly int[] Periods = [-2, -1, 1, 2];

    private LineTrial[]? trials;

    private LineTrial[] Trials =>
        trials ??= [
            .. Periods
                .Select(p => new LineSpan(bad.First + (p * lines.PeriodAcross), bad.Width))
                .Where(s => lines.Has(s.First) && lines.Has(s.End - 1))
                .Select(tryOut)
                .OfType<LineTrial>(),
        ];

    /// <summary>The usual offset of each fit of a trial, the middle one of the controls.</summary>
    /// <param name="fits">The fits of a trial.</param>
    /// <param name="count">How many fits there are.</param>
    /// <returns>Null where the border leaves too few controls.</returns>
    public float[]? Usual(Func<LineTrial, LineFit[]> fits, int count)
    {
        LineFit[][] all = [.. Trials.Select(fits).Where(f => f.Length == count)];
        return all.Length < Periods.Length
            ? null
            : [.. Enumerable.Range(0, count).Select(i => Quantiles.Middle([.. all.Select(f => f[i].Offset)]))];
    }

    /// <summary>Whether no fit is off by more than it may, or by more than that from what it usually is.</summary>
    /// <param name="fits">The fits of a trial.</param>
    /// <param name="most">What each may be off by.</param>
    /// <param name="same">The same fits of another trial.</param>
    public bool AreAsUsual(LineFit[] fits, Func<LineFit, float> most, Func<LineTrial, LineFit[]> same) =>
        Array.TrueForAll(fits, f => MathF.Abs(f.Offset) <= most(f))
        || (
            Usual(same, fits.Length) is { } usual
            && Enumerable.Range(0, fits.Length).All(i => MathF.Abs(fits[i].Offset - usual[i]) <= most(fits[i]))
        );
}
