using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Cli.Findings;

/// <summary>The frame scaled down, and the defects on it; the most severe of them where there are too many.</summary>
internal sealed record FramePlot(Picture Overview, IReadOnlyList<Marker> Markers)
{
    /// <summary>More would hide the picture and swell the page.</summary>
    private const int MostMarkers = 50_000;

    public static FramePlot Of(RawFrame frame, IReadOnlyList<Defect> defects)
    {
        IEnumerable<Defect> marked = defects.Count > MostMarkers ? defects.OrderByDescending(d => d.Severity).Take(MostMarkers) : defects;
        return new FramePlot(Findings.Overview.Of(frame), [.. marked.Select(d => new Marker(d.X, d.Y, FirstKind(d.Kind)))]);
    }

    private static string FirstKind(DefectKind kind) =>
        DefectKinds.NameOf(DefectKinds.All.Select(k => k.Kind).FirstOrDefault(k => kind.HasFlag(k), DefectKind.Unknown));
}

/// <summary>A defect on the overview: its place and the first of its kinds.</summary>
internal readonly record struct Marker(int X, int Y, string Kind);
