using PixelMend.Cli.Failures;
using PixelMend.Defects;
using PixelMend.Formats;

namespace PixelMend.Cli.Maps;

/// <summary>Maps of one sensor.</summary>
/// <param name="Files">As the user named them, in their order.</param>
/// <param name="Maps">All of one size.</param>
/// <param name="SizeIsKnown">Whether that is the sensor's; else the smallest that holds all photosites.</param>
/// <param name="OriginIsStated">Whether every file says by itself what its coordinates count from.</param>
/// <param name="Context">What they were read with, its size the sensor's where it is known.</param>
/// <param name="Notes">What had to be decided.</param>
internal sealed record MapInputs(
    IReadOnlyList<string> Files,
    IReadOnlyList<DefectMap> Maps,
    bool SizeIsKnown,
    bool OriginIsStated,
    MapContext Context,
    IReadOnlyList<string> Notes
)
{
    /// <summary>Parses files; those that state no size take it from those that do, or from the largest.</summary>
    /// <exception cref="FailureException">One is malformed, or they are of different sensors.</exception>
    public static MapInputs Of(IReadOnlyList<MapFile> files, MapContext context)
    {
        MapReading[] read = [.. files.Select(f => f.Read(context))];
        int known = Array.FindIndex(read, r => r.SizeIsKnown);
        (int Width, int Height) size =
            known >= 0 ? (read[known].Map.Width, read[known].Map.Height) : (read.Max(r => r.Map.Width), read.Max(r => r.Map.Height));
        for (int i = 0; i < read.Length; i++)
        {
            bool differs = (read[i].Map.Width, read[i].Map.Height) != size;
            if (differs && read[i].SizeIsKnown)
            {
                throw FailureException.BadData(
                    files[i].Path,
                    $"the map is for a {read[i].Map.Width} × {read[i].Map.Height} sensor, that of {files[known].Path} for {size.Width} × {size.Height}"
                );
            }

            read[i] = differs ? files[i].Read(context with { Size = size }) : read[i];
        }

        return new MapInputs(
            [.. files.Select(f => f.Path)],
            [.. read.Select(r => r.Map)],
            known >= 0,
            files.All(f => f.Format.OriginIsFixed),
            known >= 0 ? context with { Size = size } : context,
            [.. read.SelectMany((r, i) => r.Notes.Select(n => $"{files[i].Path}: {n}")), .. OtherCameras(read)]
        );

        static IEnumerable<string> OtherCameras(IEnumerable<MapReading> read) =>
            read.Select(r => r.Map.Provenance.Camera).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToArray()
                is { Length: > 1 } several
                ? [$"The maps are of different cameras: {string.Join(", ", several)}."]
                : [];
    }
}
