using System.Text.Json.Serialization;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Cli.Findings;

/// <summary>What a report shows of one frame, taken while the frame is in memory.</summary>
internal sealed record FrameFindings
{
    /// <summary>More would hide the picture and swell the page.</summary>
    private const int MostMarkers = 50_000;

    /// <summary>How severe the defects are.</summary>
    public required IReadOnlyList<SeverityBin> Severities { get; init; }

    /// <summary>The most severe, most severe first.</summary>
    public required IReadOnlyList<WorstPlace> Worst { get; init; }

    /// <summary>The frame scaled down.</summary>
    [JsonIgnore]
    public required Picture Overview { get; init; }

    /// <summary>The defects on it, the most severe where there are too many.</summary>
    [JsonIgnore]
    public required IReadOnlyList<Marker> Markers { get; init; }

    public static FrameFindings Of(RawFrame frame, RepairReport report, int crops)
    {
        IReadOnlyList<Defect> all = report.All.AllPhotosites();
        IEnumerable<Defect> marked = all.Count > MostMarkers ? all.OrderByDescending(d => d.Severity).Take(MostMarkers) : all;
        return new FrameFindings
        {
            Severities = SeverityBin.Histogram(all.Select(d => d.Severity)),
            Worst = WorstPlace.Of(frame, report, crops),
            Overview = Findings.Overview.Of(frame),
            Markers = [.. marked.Select(d => new Marker(d.X, d.Y, FirstKind(d.Kind)))],
        };
    }

    private static string FirstKind(DefectKind kind) =>
        DefectKinds.NameOf(DefectKinds.All.Select(k => k.Kind).FirstOrDefault(k => kind.HasFlag(k), DefectKind.Unknown));
}
