using PixelMend.Calibration;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Cli.Maps;
using PixelMend.Cli.Outputs;
using PixelMend.Cli.Reports;
using PixelMend.Defects;
using PixelMend.Formats;
using PixelMend.Formats.Fits;
using PixelMend.Frames;

namespace PixelMend.Cli.Calibrating;

/// <summary>Where a calibration's results go: all names are checked before any frame is read.</summary>
/// <param name="Map">The map.</param>
/// <param name="MasterDark">The averaged dark, as FITS; null: not wanted.</param>
/// <param name="MasterFlat">The averaged flat, as FITS; null: not wanted.</param>
/// <param name="Report">The page, or the figures as JSON; null: not wanted.</param>
internal sealed record CalibrationOutputs(OutputTarget Map, OutputTarget? MasterDark, OutputTarget? MasterFlat, OutputTarget? Report)
{
    /// <summary>What found the defects, as maps say it.</summary>
    public const string Source = "calibrate";

    private IEnumerable<OutputTarget> All => new[] { Map, MasterDark, MasterFlat, Report }.OfType<OutputTarget>();

    /// <summary>Names of what is written.</summary>
    public IReadOnlyList<string> Paths => [.. All.Select(t => t.Path)];

    /// <exception cref="FailureException">A name cannot be written, or means nothing.</exception>
    public void Check(IEnumerable<string> inputs)
    {
        MapFile.FormatToWrite(Map.Path);
        CheckFits("--master-dark", MasterDark);
        CheckFits("--master-flat", MasterFlat);
        if (Report is not null)
        {
            ReportFile.CheckName(Report.Path);
        }

        HashSet<string> read = [.. inputs.Select(f => FileFacts.Of(f).Identity)];
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (OutputTarget target in All)
        {
            target.Check(read);
            target.Try();
            if (!named.Add(target.Identity))
            {
                throw FailureException.Usage($"{target.Path} is named for two outputs; choose another name");
            }
        }
    }

    /// <summary>Writes the map and the masters.</summary>
    /// <returns>What the map's format had no room for.</returns>
    public IReadOnlyList<string> Write(CalibrationOutcome outcome, CalibrationSettings settings)
    {
        if (MasterDark is not null)
        {
            WriteMaster(outcome, outcome.Dark!.Master, MasterDark);
        }

        if (MasterFlat is not null)
        {
            // The best lit one that is not clipped has the least noise.
            WriteMaster(outcome, outcome.Flats.MaxBy(f => f.Level)!.Master, MasterFlat);
        }

        MapFormat format = MapFile.FormatToWrite(Map.Path);
        DefectMap map = outcome.Sensor.Map.From(ProvenanceOf(outcome, settings));
        MapContext context = MapCoordinates.Usual.On(MapContext.Of(outcome.Like));
        IReadOnlyList<string> notes = [];
        VerifiedFile.Write(Map, stream => notes = format.Write(map, context, stream), check: null);
        return [.. notes.Select(n => $"{Map.Path}: {n}")];
    }

    /// <summary>Refuses outputs of frames that are not there, before any work is done.</summary>
    public void CheckSeries(bool darks, bool flats)
    {
        if (MasterDark is not null && !darks)
        {
            throw FailureException.Usage("--master-dark needs darks; name them with --dark");
        }

        if (MasterFlat is not null && !flats)
        {
            throw FailureException.Usage("--master-flat needs flats; name them with --flat");
        }
    }

    private static void CheckFits(string option, OutputTarget? target)
    {
        if (target is not null && FrameOutput.FormatForWriting(target.Path) is not FitsFormat)
        {
            throw FailureException.Usage($"{option} {target.Path}: a master is written as FITS; name it .fits");
        }
    }

    private static void WriteMaster(CalibrationOutcome outcome, Plane<float> master, OutputTarget target) =>
        FrameOutput.WriteNew(
            new RawFrame(master, outcome.Like.Cfa, outcome.Like.Levels) { Info = outcome.Like.Info with { Notes = [] } },
            target
        );

    private static MapProvenance ProvenanceOf(CalibrationOutcome outcome, CalibrationSettings settings)
    {
        IEnumerable<string> files = (outcome.Darks?.Files ?? []).Concat(
            outcome.OtherDarks.Concat(outcome.FlatGroups).SelectMany(g => g.Files)
        );
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["false-alarms"] = settings.FalseAlarms.ToString("R"),
            ["darks"] = (outcome.Dark?.Frames ?? 0).ToString(),
            ["flats"] = outcome.Flats.Sum(f => f.Frames).ToString(),
        };
        if (outcome.Dark is { } dark)
        {
            parameters["least-excess"] = dark.LeastExcess.ToString("R");
            parameters["dark-setting"] = outcome.Darks!.Setting;
        }

        return new MapProvenance
        {
            Files = [.. files.Select(f => Path.GetFileName(f)!)],
            Algorithm = Source,
            Parameters = parameters,
            Program = ProgramInfo.NameAndVersion,
            Camera = Summary.CameraOf(outcome.Like.Info),
        };
    }
}
