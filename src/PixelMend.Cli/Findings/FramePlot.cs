using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Cli.Findings;

/// <summary>Where the defects of a sensor are: the most severe of them where there are too many.</summary>
/// <param name="Width">Photosites per row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Overview">The frame scaled down; null where there is none.</param>
/// <param name="Markers">The defects.</param>
internal sealed record FramePlot(int Width, int Height, Picture? Overview, IReadOnlyList<Marker> Markers)
{
    /// <summary>More would hide the picture and swell the page.</summary>
    private const int MostMarkers = 50_000;

    /// <summary>Defects on their frame.</summary>
    public static FramePlot Of(RawFrame frame, IReadOnlyList<Defect> defects) =>
        new(frame.Width, frame.Height, Findings.Overview.Of(frame), Mark(defects));

    /// <summary>A map alone.</summary>
    public static FramePlot Of(DefectMap map) => new(map.Width, map.Height, null, Mark(map.AllPhotosites()));

    private static Marker[] Mark(IReadOnlyList<Defect> defects) =>
        [
            .. (defects.Count > MostMarkers ? defects.OrderByDescending(d => d.Severity).Take(MostMarkers) : defects).Select(
                d => new Marker(d.X, d.Y, DefectKinds.NameOf(KindColor.Shown(d.Kind)))
            ),
        ];
}

/// <summary>A defect on the overview: its place and the first of its kinds.</summary>
internal readonly record struct Marker(int X, int Y, string Kind);
