using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Defects;
using PixelMend.Formats;

namespace PixelMend.Cli.Outputs;

/// <summary>
/// The one map of a sequence: the defects that its frames show together, and those that at least half of the frames show by themselves.
/// Frames come from several threads in any order.
/// </summary>
internal sealed class SequenceMapOutput(MapOutput output, string path, bool force)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(int X, int Y), (Defect Defect, int Frames)> photosites = [];
    private readonly Dictionary<DefectRegion, int> regions = [];
    private readonly List<string> files = [];
    private string? camera;
    private MapContext sensor = MapContext.Unknown;

    /// <summary>Where the map goes.</summary>
    public OutputTarget Target { get; } = new(path, force);

    /// <summary>Refuses a map's name before any work is done for it.</summary>
    public void CheckName() => output.CheckName(path);

    /// <summary>Takes note of what one frame showed.</summary>
    public void Collect(Outcome outcome)
    {
        DefectMap found = outcome.Report.Found;
        lock (gate)
        {
            files.Add(Path.GetFileName(outcome.File));
            camera ??= Summary.CameraOf(outcome.Frame.Info);
            sensor = MapContext.Of(outcome.Frame) with { CaptureTime = null };
            foreach (Defect defect in found.AllPhotosites())
            {
                (Defect one, int frames) = photosites.GetValueOrDefault((defect.X, defect.Y), (defect, 0));
                photosites[(defect.X, defect.Y)] = (Join(one, defect), frames + 1);
            }

            foreach (DefectRegion region in found.Regions)
            {
                // Frames agree on where a line lies, hardly on how severe it is.
                DefectRegion place = new(region.Area, region.Kind);
                regions[place] = regions.GetValueOrDefault(place) + 1;
            }
        }
    }

    /// <summary>Writes the map, unless no frame could be read.</summary>
    /// <param name="together">What the frames show together; null: nothing was joined.</param>
    /// <returns>What had to be left out.</returns>
    public IReadOnlyList<string> Write(SequenceFinding? together)
    {
        if (files.Count == 0)
        {
            return [];
        }

        (int width, int height) = sensor.Size!.Value;

        var map = new DefectMap.Builder(width, height) { Provenance = Provenance() };
        if (together is not null)
        {
            map.Add(together.Static.Map);
        }

        var lines = new DefectMap.Builder(width, height);
        foreach ((DefectRegion region, int frames) in regions)
        {
            if (IsUsual(frames))
            {
                map.Add(region);
                lines.Add(region);
            }
        }

        DefectMask inLines = lines.Build().ToMask();
        map.AddRange(photosites.Values.Where(p => IsUsual(p.Frames) && !inLines[p.Defect.X, p.Defect.Y]).Select(p => p.Defect));
        return output.Write(map.Build(), sensor, Target);
    }

    private bool IsUsual(int frames) => 2 * frames >= files.Count;

    private static Defect Join(Defect one, Defect other) =>
        one with
        {
            Kind = one.Kind | other.Kind,
            Severity = Math.Max(one.Severity, other.Severity),
            Confidence = Math.Max(one.Confidence, other.Confidence),
        };

    private MapProvenance Provenance() => output.ProvenanceOf([.. files.Order(StringComparer.Ordinal)], camera);
}
