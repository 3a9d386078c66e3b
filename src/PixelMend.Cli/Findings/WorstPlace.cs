using System.Text.Json.Serialization;
using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Cli.Findings;

/// <summary>One of the most severe defects, with its surroundings before and after.</summary>
internal sealed record WorstPlace
{
    public required int X { get; init; }

    public required int Y { get; init; }

    /// <summary>Its kinds, joined by +.</summary>
    public required string Kind { get; init; }

    /// <summary>How far off, as a multiple of what good photosites there deviate; 0 when not measured.</summary>
    public required float Severity { get; init; }

    /// <summary>The stored sample before.</summary>
    public required float Old { get; init; }

    /// <summary>The stored sample after; null where it was left alone.</summary>
    public float? New { get; init; }

    /// <summary>How well its surroundings determine the new sample, 0 to 1.</summary>
    public float? Confidence { get; init; }

    /// <summary>The file, where places of several stand side by side.</summary>
    [JsonIgnore]
    public string? File { get; init; }

    /// <summary>How it looks; null where no page is made.</summary>
    [JsonIgnore]
    public PlacePictures? Pictures { get; init; }

    /// <summary>The most severe defects, most severe first, one for each place: the neighbours of one shown are seen in its patch.</summary>
    public static IReadOnlyList<WorstPlace> Of(RawFrame before, RepairReport report, int count, bool pictures)
    {
        const int apart = 6;
        RawFrame? after = pictures ? before.With(report.Correction.Changes) : null;
        var changes = report.Correction.Changes.ToDictionary(c => (c.X, c.Y));
        var places = new List<WorstPlace>();
        foreach (Defect defect in report.All.AllPhotosites().OrderByDescending(d => d.Severity).ThenBy(d => d.Y).ThenBy(d => d.X))
        {
            if (places.Count == count)
            {
                break;
            }

            if (!places.Any(p => Math.Abs(p.X - defect.X) <= apart && Math.Abs(p.Y - defect.Y) <= apart))
            {
                SampleChange? change = changes.TryGetValue((defect.X, defect.Y), out SampleChange found) ? found : null;
                places.Add(
                    Describe(defect, change, before) with
                    {
                        Pictures = after is null ? null : PlacePictures.Of(before, after, defect.X, defect.Y),
                    }
                );
            }
        }

        return places;
    }

    private static WorstPlace Describe(Defect defect, SampleChange? change, RawFrame before) =>
        new()
        {
            X = defect.X,
            Y = defect.Y,
            Kind = DefectKinds.NameOf(defect.Kind),
            Severity = defect.Severity,
            Old = before.Stored(defect.X, defect.Y),
            New = change?.New,
            Confidence = change?.Confidence,
        };
}
