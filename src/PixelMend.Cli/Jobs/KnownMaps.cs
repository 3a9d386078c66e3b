using System.Collections.Concurrent;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Maps;
using PixelMend.Defects;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Jobs;

/// <summary>Maps given by the user: read once, parsed once for each sort of frame that they mean different photosites of.</summary>
internal sealed class KnownMaps
{
    private readonly IReadOnlyList<MapFile> maps;
    private readonly ReadLimits limits;
    private readonly bool dependsOnTime;
    private readonly ConcurrentDictionary<MapContext, IReadOnlyList<DefectMap>> parsed = new();

    /// <exception cref="FailureException">A map cannot be read, or its extension is unknown.</exception>
    public KnownMaps(IReadOnlyList<string> paths, ReadLimits limits, string option = "--map")
    {
        this.limits = limits;
        maps = [.. paths.Select(path => MapFile.Open(path, limits, option))];
        dependsOnTime = maps.Any(m => m.Format.DependsOnTime);
    }

    /// <summary>The maps for a frame: its size, active area and time decide what their coordinates mean.</summary>
    /// <exception cref="FailureException">A map is malformed or for another geometry.</exception>
    public IReadOnlyList<DefectMap> For(RawFrame frame)
    {
        MapContext context = MapContext.Of(frame) with { Limits = limits };
        return parsed.GetOrAdd(
            dependsOnTime ? context : context with { CaptureTime = null },
            key => [.. maps.Select(map => map.Read(key).Map)]
        );
    }
}
