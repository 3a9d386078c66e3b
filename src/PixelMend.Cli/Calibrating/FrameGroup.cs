using PixelMend.Calibration;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Calibrating;

/// <summary>Frames of one exposure, ISO and, for flats, level: what may be averaged.</summary>
internal sealed class FrameGroup
{
    /// <summary>Exposures this near to each other are one.</summary>
    private const double ExposurePart = 0.02;

    /// <summary>Flats this near to each other have one level.</summary>
    private const double LevelPart = 0.15;

    public FrameGroup(FrameFormat format, RawFrame first, bool followsTelegraph)
    {
        (Format, First) = (format, first);
        Statistics = new StackStatistics(first, keepsThree: followsTelegraph);
        Telegraph = followsTelegraph ? new TelegraphStatistics(Statistics) : null;
    }

    public FrameFormat Format { get; }

    /// <summary>The first frame, for what its file says of camera and exposure.</summary>
    public RawFrame First { get; }

    public StackStatistics Statistics { get; }

    /// <summary>Histories of blinking photosites; darks only.</summary>
    public TelegraphStatistics? Telegraph { get; }

    public List<string> Files { get; } = [];

    public double? Seconds => First.Info.ExposureSeconds;

    /// <summary>Exposure, ISO and temperature in words.</summary>
    public string Setting
    {
        get
        {
            string exposure = Seconds is { } s ? $"{s:0.######} s" : "unknown exposure";
            string gain = First.Info.Iso is { } iso ? $" at ISO {iso:0.##}" : string.Empty;
            return exposure + gain + (First.Info.TemperatureCelsius is { } celsius ? $" and {celsius:0.#} °C" : string.Empty);
        }
    }

    /// <summary>When the first and the last frame were taken, where their files tell.</summary>
    public (DateTimeOffset? First, DateTimeOffset? Last) Times { get; private set; }

    public bool HasSetting(FrameInfo info) =>
        IsNear(info.ExposureSeconds, Seconds, ExposurePart * (Seconds ?? 0))
        && IsNear(info.Iso, First.Info.Iso, ExposurePart * (First.Info.Iso ?? 0))
        // Flats have light enough to outshine what warms them.
        && (Telegraph is null || IsNear(info.TemperatureCelsius, First.Info.TemperatureCelsius, DarkSeries.NearKelvin));

    public bool HasLevel(float level) => Math.Abs(level - Statistics.FrameLevels[0]) <= LevelPart * Math.Abs(Statistics.FrameLevels[0]);

    public void Add(string file, RawFrame frame, ParallelOptions options)
    {
        Statistics.Add(frame, options);
        Telegraph?.Add(frame, options);
        if (frame.Info.CaptureTime is { } time)
        {
            Times = (Times.First < time ? Times.First : time, Times.Last > time ? Times.Last : time);
        }

        if (Files.Count == 0 || Files[^1] != file)
        {
            Files.Add(file);
        }
    }

    private static bool IsNear(double? one, double? other, double most) =>
        one is null || other is null ? one is null && other is null : Math.Abs(one.Value - other.Value) <= most;
}
