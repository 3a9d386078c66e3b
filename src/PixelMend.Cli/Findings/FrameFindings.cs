using System.Text.Json.Serialization;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Cli.Findings;

/// <summary>What a report shows of one frame, taken while the frame is in memory.</summary>
internal sealed record FrameFindings
{
    /// <summary>How severe the defects are.</summary>
    public required IReadOnlyList<SeverityBin> Severities { get; init; }

    /// <summary>The most severe, most severe first.</summary>
    public required IReadOnlyList<WorstPlace> Worst { get; init; }

    /// <summary>Where they are; null where no page is made.</summary>
    [JsonIgnore]
    public FramePlot? Plot { get; init; }

    /// <param name="frame">The frame before the repair.</param>
    /// <param name="report">What was found and done.</param>
    /// <param name="places">Most places to describe.</param>
    /// <param name="pictures">Whether pictures are wanted too.</param>
    public static FrameFindings Of(RawFrame frame, RepairReport report, int places, bool pictures)
    {
        IReadOnlyList<Defect> all = report.All.AllPhotosites();
        return new FrameFindings
        {
            Severities = SeverityBin.Histogram(all.Select(d => d.Severity)),
            Worst = WorstPlace.Of(frame, report, places, pictures),
            Plot = pictures ? FramePlot.Of(frame, all) : null,
        };
    }
}
