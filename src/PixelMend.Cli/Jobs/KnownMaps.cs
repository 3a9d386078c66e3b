using System.Collections.Concurrent;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Maps;
using PixelMend.Defects;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Jobs;

/// <summary>Maps given by the user: read once, parsed once for each sort of frame that they mean different photosites of.</summary>
internal sealed class KnownMaps
{
    private readonly IReadOnlyList<MapFile> maps;
    private readonly MapCoordinates coordinates;
    private readonly ReadLimits limits;
    private readonly bool dependsOnTime;
    private readonly ConcurrentDictionary<MapContext, IReadOnlyList<MapReading>> parsed = new();

    /// <param name="paths">As the user named them.</param>
    /// <param name="limits">Bounds on each.</param>
    /// <param name="option">The option that names them.</param>
    /// <param name="coordinates">What the user says of their coordinates; null: nothing.</param>
    /// <exception cref="FailureException">A map cannot be read, its extension is unknown, or what is said fits none.</exception>
    public KnownMaps(IReadOnlyList<string> paths, ReadLimits limits, string option = "--map", MapCoordinates? coordinates = null)
    {
        this.limits = limits;
        this.coordinates = coordinates ?? MapCoordinates.Usual;
        if (paths.Count == 0 && this.coordinates != MapCoordinates.Usual)
        {
            throw FailureException.Usage(
                $"--origin, --offset, --flip and --dialect tell how to read {option}, and there is none; leave them out"
            );
        }

        MapFile.CheckDialect(this.coordinates.Dialect, paths);
        maps = [.. paths.Select(path => MapFile.Open(path, limits, option, this.coordinates.Dialect))];
        dependsOnTime = maps.Any(m => m.Format.DependsOnTime);
    }

    /// <summary>The maps for a frame: its size, active area and time decide what their coordinates mean.</summary>
    /// <exception cref="FailureException">A map is malformed or for another geometry.</exception>
    public IEnumerable<DefectMap> For(RawFrame frame) => Read(frame).Select(r => r.Map);

    /// <summary>What had to be decided or left out for a frame, each with its map's name.</summary>
    /// <exception cref="FailureException">As <see cref="For"/>.</exception>
    public IEnumerable<string> NotesFor(RawFrame frame) =>
        Read(frame).SelectMany((r, i) => r.Notes.Concat(OtherCamera(r.Map, frame)).Select(n => $"{maps[i].Path}: {n}"));

    /// <summary>A map of another camera may still be meant: it is told, not refused.</summary>
    private static IEnumerable<string> OtherCamera(DefectMap map, RawFrame frame) =>
        map.Provenance.Camera is { } made
        && Summary.CameraOf(frame.Info) is { } taken
        && !made.Equals(taken, StringComparison.OrdinalIgnoreCase)
            ? [$"The map is of a camera '{made}', the frame of '{taken}'."]
            : [];

    private IReadOnlyList<MapReading> Read(RawFrame frame)
    {
        MapContext context = coordinates.On(MapContext.Of(frame)) with { Limits = limits };
        return parsed.GetOrAdd(
            dependsOnTime ? context : context with { CaptureTime = null },
            key => [.. maps.Select(map => map.Read(key))]
        );
    }
}
