using PixelMend.Kernels;
using PixelMend.Prediction;

namespace PixelMend.Detection;

/// <summary>The columns, or rows, of a mosaic, and how each is predicted from those around it.</summary>
/// <param name="Lines">The mosaic.</param>
/// <param name="Fills">What to read instead of photosites already suspected.</param>
/// <param name="Predictors">Of the same axis.</param>
/// <param name="Scale">What residuals are measured against.</param>
internal sealed record LineScope(MosaicLines Lines, Fills Fills, LinePredictors Predictors, DefectScale Scale)
{
    /// <summary>Stretches of the lines around one that is under suspicion.</summary>
    public LineWindow Window(int line, (int Start, int End)[] stretches) => new(Lines, Fills, Predictors, Scale, line, stretches);

    /// <summary>Tries out lines as the bad ones; null where too few others are left to tell.</summary>
    public LineTrial? Trial(LineSpan bad, (int Start, int End)[] stretches) => LineTrial.Of(Lines, Window(bad.First, stretches), bad);

    /// <summary>The same trial of the same lines of other periods.</summary>
    public LineControls Controls(LineSpan bad, (int Start, int End)[] stretches) => new(Lines, bad, span => Trial(span, stretches));
}
