using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Cli.Maps;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Formats;

namespace PixelMend.Cli.Outputs;

/// <summary>Writes what was found in a frame as a map that says where it comes from.</summary>
/// <param name="detector">What finds.</param>
/// <param name="coordinates">What the user says of the map's coordinates.</param>
internal sealed class MapOutput(Chosen<IDefectDetector> detector, MapCoordinates coordinates)
{
    /// <summary>Refuses a map's name before any work is done for it.</summary>
    /// <exception cref="FailureException">Its extension is no map format's, or of one that leaves no choice of coordinates.</exception>
    public void CheckName(string path)
    {
        MapFile.CheckDialect(coordinates.Dialect, path);
        if (FormatOf(path).OriginIsFixed && coordinates != MapCoordinates.Usual with { Dialect = coordinates.Dialect })
        {
            throw FailureException.Usage($"--out {path}: its coordinates are the sensor's; --origin, --offset and --flip are for lists");
        }
    }

    /// <summary>Writes what was found in a frame.</summary>
    /// <returns>What had to be left out.</returns>
    public IReadOnlyList<string> Write(Outcome outcome, OutputTarget target)
    {
        DefectMap map = outcome.Report.Found.From(ProvenanceOf([Path.GetFileName(outcome.File)], Summary.CameraOf(outcome.Frame.Info)));
        return Write(map, MapContext.Of(outcome.Frame), target);
    }

    /// <summary>Writes a map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="sensor">What is known of its sensor.</param>
    /// <param name="target">Where it appears.</param>
    /// <returns>What had to be left out.</returns>
    public IReadOnlyList<string> Write(DefectMap map, MapContext sensor, OutputTarget target)
    {
        MapFormat format = FormatOf(target.Path);
        IReadOnlyList<string> notes = [];
        VerifiedFile.Write(target, stream => notes = format.Write(map, coordinates.On(sensor), stream), check: null);
        return [.. notes.Select(n => $"{target.Path}: {n}")];
    }

    /// <summary>Says where a map comes from.</summary>
    /// <param name="files">Names of the files they were found in.</param>
    /// <param name="camera">The camera, where it is known.</param>
    public MapProvenance ProvenanceOf(IReadOnlyList<string> files, string? camera)
    {
        Dictionary<string, string> parameters = detector.Settings.Values.ToDictionary(
            v => v.Key,
            v => v.Value.ToString("R"),
            StringComparer.Ordinal
        );
        parameters["sensitivity"] = detector.Settings.Sensitivity.ToString().ToLowerInvariant();
        return new MapProvenance
        {
            Files = files,
            Algorithm = detector.Name,
            Parameters = parameters,
            Program = ProgramInfo.NameAndVersion,
            Camera = camera,
        };
    }

    private MapFormat FormatOf(string path) => MapFile.FormatToWrite(path, dialect: coordinates.Dialect);
}
