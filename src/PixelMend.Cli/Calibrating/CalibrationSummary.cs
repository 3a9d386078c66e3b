using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;

namespace PixelMend.Cli.Calibrating;

/// <summary>A calibration in figures: the source of its text, its JSON and its page.</summary>
internal sealed record CalibrationSummary
{
    /// <summary>Name and version.</summary>
    public string Program { get; init; } = ProgramInfo.NameAndVersion;

    /// <summary>The verb.</summary>
    public string Verb { get; init; } = "calibrate";

    /// <summary>The sensor, as the first frame describes it.</summary>
    public required FrameFacts Sensor { get; init; }

    /// <summary>The darks used; null without any.</summary>
    public SeriesFacts? Darks { get; init; }

    /// <summary>Darks of other settings, used beside them.</summary>
    public IReadOnlyList<SeriesFacts> OtherDarks { get; init; } = [];

    /// <summary>The flats used, one entry for each level.</summary>
    public IReadOnlyList<SeriesFacts> Flats { get; init; } = [];

    /// <summary>Frames left out, with the reason.</summary>
    public IReadOnlyList<SkippedInput> SetApart { get; init; } = [];

    /// <summary>Files that could not be read.</summary>
    public IReadOnlyList<ErrorFacts> Errors { get; init; } = [];

    /// <summary>What more frames would allow, and other remarks.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Figures of the sensor.</summary>
    public required SensorFigures Figures { get; init; }

    /// <summary>Defective photosites, those of lines included.</summary>
    public required int Defects { get; init; }

    /// <summary>Photosites of each kind; one that fails in two ways counts under both.</summary>
    public required IReadOnlyDictionary<string, int> ByKind { get; init; }

    /// <summary>Defective rows and columns, or parts of them.</summary>
    public required int Lines { get; init; }

    /// <summary>Entries of the map that say at which exposure they show.</summary>
    public required int Activated { get; init; }

    /// <summary>Levels and duty of blinking photosites.</summary>
    public IReadOnlyList<TelegraphFacts> Telegraph { get; init; } = [];

    /// <summary>Files written.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Time taken.</summary>
    public double Seconds { get; init; }

    /// <summary>What the program returns.</summary>
    public ExitCode ExitCode => Errors.Select(e => e.Code).Append(ExitCode.Done).Max();
}

/// <summary>Frames averaged.</summary>
/// <param name="Frames">How many.</param>
/// <param name="ExposureSeconds">Exposure, where known.</param>
/// <param name="Iso">ISO speed or gain setting, where known.</param>
/// <param name="TemperatureCelsius">Temperature of the first, where known.</param>
/// <param name="Level">Median above black, ADU.</param>
internal sealed record SeriesFacts(int Frames, double? ExposureSeconds, double? Iso, double? TemperatureCelsius, double Level);

/// <summary>Figures named as in EMVA 1288 (release 3.1); spreads are robust, and shading is taken out. Absent where the frames do not tell them.</summary>
internal sealed record SensorFigures
{
    /// <summary>Overall system gain K, ADU per electron.</summary>
    public double? Gain { get; init; }

    /// <summary>Temporal dark noise σy.dark, ADU.</summary>
    public double? DarkNoiseAdu { get; init; }

    /// <summary>Temporal dark noise σd, electrons.</summary>
    public double? DarkNoiseElectrons { get; init; }

    /// <summary>DSNU1288, ADU.</summary>
    public double? DsnuAdu { get; init; }

    /// <summary>DSNU1288, electrons.</summary>
    public double? DsnuElectrons { get; init; }

    /// <summary>Kelvin over which the dark current doubles.</summary>
    public double? DoublingKelvin { get; init; }

    /// <summary>PRNU1288, percent.</summary>
    public double? PrnuPercent { get; init; }
}

/// <summary>One blinking photosite.</summary>
/// <param name="X">Column.</param>
/// <param name="Y">Row.</param>
/// <param name="Levels">Readings of its levels, ADU, lowest first.</param>
/// <param name="Duty">Part of the frames spent in each.</param>
internal sealed record TelegraphFacts(int X, int Y, IReadOnlyList<double> Levels, IReadOnlyList<double> Duty);
