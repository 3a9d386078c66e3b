using System.Collections.Concurrent;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Defects;
using PixelMend.Formats;

namespace PixelMend.Cli.Jobs;

/// <summary>Maps given by the user: read once, parsed once for each geometry of frames.</summary>
internal sealed class KnownMaps
{
    private readonly IReadOnlyList<(string Path, MapFormat Format, byte[] Bytes)> maps;
    private readonly ReadLimits limits;
    private readonly ConcurrentDictionary<(int Width, int Height), IReadOnlyList<DefectMap>> parsed = new();

    /// <exception cref="FailureException">A map cannot be read, or its extension is unknown.</exception>
    public KnownMaps(IReadOnlyList<string> paths, ReadLimits limits, string option = "--map")
    {
        this.limits = limits;
        maps = [.. paths.Select(path => (path, FormatOf(path, option), InputFile.Read(path, limits)))];
    }

    /// <summary>The maps for a frame of this size.</summary>
    /// <exception cref="FailureException">A map is malformed or for another geometry.</exception>
    public IReadOnlyList<DefectMap> For(int width, int height) => parsed.GetOrAdd((width, height), _ => Parse(width, height));

    private DefectMap[] Parse(int width, int height) =>
        [
            .. maps.Select(map =>
            {
                try
                {
                    return map.Format.Read(map.Bytes, width, height, limits);
                }
                catch (RawDataException e)
                {
                    throw FailureException.BadData(map.Path, e.Message);
                }
            }),
        ];

    private static MapFormat FormatOf(string path, string option)
    {
        try
        {
            return FormatSet.MapFormatFor(path);
        }
        catch (NotSupportedException e)
        {
            throw FailureException.Usage($"{option} {e.Message}");
        }
    }
}
