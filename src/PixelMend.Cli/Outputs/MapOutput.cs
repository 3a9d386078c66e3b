using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Formats;

namespace PixelMend.Cli.Outputs;

/// <summary>Writes what was found in a frame as a map that says where it comes from.</summary>
internal sealed class MapOutput(Chosen<IDefectDetector> detector)
{
    /// <summary>Refuses a map's name before any work is done for it.</summary>
    /// <exception cref="FailureException">Its extension is no map format's.</exception>
    public static void CheckName(PlannedFile file) => FormatOf(file.Output!.Path);

    public void Write(Outcome outcome, OutputTarget target)
    {
        MapFormat format = FormatOf(target.Path);
        DefectMap map = outcome.Report.Found.From(
            ProvenanceOf(detector, [Path.GetFileName(outcome.File)], Summary.CameraOf(outcome.Frame.Info))
        );
        VerifiedFile.Write(target, stream => format.Write(map, stream), check: null);
    }

    /// <summary>Says where a map comes from.</summary>
    /// <param name="detector">What found its defects.</param>
    /// <param name="files">Names of the files they were found in.</param>
    /// <param name="camera">The camera, where it is known.</param>
    public static MapProvenance ProvenanceOf(Chosen<IDefectDetector> detector, IReadOnlyList<string> files, string? camera)
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

    /// <summary>The format of a map's name.</summary>
    /// <exception cref="FailureException">Its extension is no map format's.</exception>
    public static MapFormat FormatOf(string path, string option = "--out")
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
