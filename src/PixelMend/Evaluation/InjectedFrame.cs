using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Evaluation;

/// <summary>One photosite that was given a defect.</summary>
/// <param name="X">Column, 0-based, whole stored image.</param>
/// <param name="Y">Row, 0-based, whole stored image.</param>
/// <param name="Stratum">What was done to it.</param>
/// <param name="Old">Stored sample before.</param>
/// <param name="New">Stored sample after.</param>
/// <param name="Severity">How far that is, in standard deviations of a good photosite there.</param>
/// <param name="Counts">Whether it shows, so that a detector must find it; what does not show neither counts nor harms.</param>
public readonly record struct InjectedSite(int X, int Y, Stratum Stratum, float Old, float New, float Severity, bool Counts);

/// <summary>A frame that was given defects, with the truth about them.</summary>
/// <param name="Original">The frame before: what a perfect repair restores.</param>
/// <param name="Broken">The frame with the defects; everywhere else its samples are the original's.</param>
/// <param name="Sites">Every photosite that was given a defect, sorted by row, then column.</param>
/// <param name="Truth">The same as a map, lines as regions, with severities that say how much each shows.</param>
/// <param name="Natural">Defects that the original is known to have.</param>
/// <param name="Ignored">Photosites that no detector is judged by: those that do not show, and natural ones.</param>
public sealed record InjectedFrame(
    RawFrame Original,
    RawFrame Broken,
    IReadOnlyList<InjectedSite> Sites,
    DefectMap Truth,
    DefectMap Natural,
    DefectMask Ignored
)
{
    /// <summary>From the original to the broken frame.</summary>
    public IReadOnlyList<SampleChange> Changes => [.. Sites.Select(s => new SampleChange(s.X, s.Y, s.Old, s.New, 1))];

    /// <summary>All that is broken: the defects given and the natural ones.</summary>
    public DefectMap AllDefects => DefectMap.Union(Truth.Width, Truth.Height, [Truth, Natural]);
}
