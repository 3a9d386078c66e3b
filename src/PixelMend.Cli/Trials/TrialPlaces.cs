using PixelMend.Cli.Findings;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Evaluation;
using PixelMend.Frames;

namespace PixelMend.Cli.Trials;

/// <summary>Where a detector went wrong most on one trial, with pictures.</summary>
/// <param name="Misses">The most severe defects not found: broken, then as the frame was.</param>
/// <param name="FalseAlarms">The good photosites it was surest of: as the frame is, then repaired.</param>
internal sealed record TrialPlaces(IReadOnlyList<WorstPlace> Misses, IReadOnlyList<WorstPlace> FalseAlarms)
{
    /// <summary>Most places of each sort.</summary>
    public const int Most = 8;

    /// <summary>Neighbours of a place are seen in its patch.</summary>
    private const int Apart = 6;

    public static TrialPlaces Of(string file, InjectedFrame frame, DetectionScore score, CorrectionReport repair)
    {
        RawFrame mended = frame.Broken.With(repair.Changes);
        return new TrialPlaces(
            Worst(score.Missed.Select(s => new Defect(s.X, s.Y, s.Stratum.Kind, s.Severity)), file, frame.Broken, frame.Original),
            Worst(score.FalseAlarms, file, frame.Broken, mended)
        );
    }

    /// <summary>The worst of several trials.</summary>
    public static TrialPlaces Join(IReadOnlyList<TrialPlaces> trials) =>
        new(Worst(trials.SelectMany(t => t.Misses)), Worst(trials.SelectMany(t => t.FalseAlarms)));

    private static WorstPlace[] Worst(IEnumerable<WorstPlace> places) => [.. places.OrderByDescending(p => p.Severity).Take(Most)];

    private static WorstPlace[] Worst(IEnumerable<Defect> defects, string file, RawFrame before, RawFrame after)
    {
        var chosen = new List<Defect>();
        foreach (Defect next in defects.OrderByDescending(d => d.Severity))
        {
            if (chosen.Count < Most && !chosen.Any(c => Math.Abs(c.X - next.X) <= Apart && Math.Abs(c.Y - next.Y) <= Apart))
            {
                chosen.Add(next);
            }
        }

        return
        [
            .. chosen.Select(d => new WorstPlace
            {
                X = d.X,
                Y = d.Y,
                Kind = DefectKinds.NameOf(d.Kind),
                Severity = d.Severity,
                Old = before.Stored(d.X, d.Y),
                New = after.Stored(d.X, d.Y),
                File = Path.GetFileName(file),
                Pictures = PlacePictures.Of(before, after, d.X, d.Y),
            }),
        ];
    }
}
