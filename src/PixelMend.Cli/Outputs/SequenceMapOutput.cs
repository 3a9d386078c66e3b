using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Defects;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Outputs;

/// <summary>
/// The one map of a sequence: the defects that its frames show together, and those that at least half of the frames show by themselves.
/// Frames come from several threads in any order.
/// </summary>
internal sealed class SequenceMapOutput(MapOutput output, OutputTarget target)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(int X, int Y), (Defect Defect, int Frames)> photosites = [];
    private readonly Dictionary<DefectRegion, int> regions = [];
    private readonly HashSet<string> files = new(StringComparer.Ordinal);
    private int frames;
    private string? camera;
    private MapContext sensor = MapContext.Unknown;

    /// <summary>Where the map goes.</summary>
    public OutputTarget Target => target;

    /// <summary>Refuses a map's name before any work is done for it.</summary>
    public void CheckName() => output.CheckName(target.Path);

    /// <summary>Takes note of what one frame showed.</summary>
    /// <param name="file">The frame's file.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="found">Its defects.</param>
    /// <exception cref="FailureException">The frame is of another size than those before.</exception>
    public void Collect(string file, RawFrame frame, DefectMap found)
    {
        lock (gate)
        {
            if (sensor.Size is { } size && size != (found.Width, found.Height))
            {
                throw FailureException.BadData(
                    file,
                    $"images of {size.Width} × {size.Height} and {found.Width} × {found.Height} have no map in common; choose one of them with --hdu"
                );
            }

            frames++;
            files.Add(Path.GetFileName(file));
            camera ??= Summary.CameraOf(frame.Info);
            sensor = MapContext.Of(frame) with { CaptureTime = null };
            foreach (Defect defect in found.AllPhotosites())
            {
                (Defect one, int count) = photosites.GetValueOrDefault((defect.X, defect.Y), (defect, 0));
                photosites[(defect.X, defect.Y)] = (Join(one, defect), count + 1);
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
        if (frames == 0)
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
        foreach ((DefectRegion region, int count) in regions)
        {
            if (IsUsual(count))
            {
                map.Add(region);
                lines.Add(region);
            }
        }

        DefectMask inLines = lines.Build().ToMask();
        map.AddRange(photosites.Values.Where(p => IsUsual(p.Frames) && !inLines[p.Defect.X, p.Defect.Y]).Select(p => p.Defect));
        return output.Write(map.Build(), sensor, target);
    }

    private bool IsUsual(int count) => 2 * count >= frames;

    private static Defect Join(Defect one, Defect other) =>
        one with
        {
            Kind = one.Kind | other.Kind,
            Severity = Math.Max(one.Severity, other.Severity),
            Confidence = Math.Max(one.Confidence, other.Confidence),
        };

    private MapProvenance Provenance() => output.ProvenanceOf([.. files.Order(StringComparer.Ordinal)], camera);
}
