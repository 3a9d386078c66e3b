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
        Statistics = new StackStatistics(first);
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

    /// <summary>Exposure and ISO in words.</summary>
    public string Setting
    {
        get
        {
            string exposure = Seconds is { } s ? $"{s:0.######} s" : "unknown exposure";
            return First.Info.Iso is { } iso ? $"{exposure} at ISO {iso:0.##}" : exposure;
        }
    }

    public bool HasSetting(FrameInfo info) => Near(info.ExposureSeconds, Seconds) && Near(info.Iso, First.Info.Iso);

    public bool HasLevel(float level) => Math.Abs(level - Statistics.FrameLevels[0]) <= LevelPart * Math.Abs(Statistics.FrameLevels[0]);

    public void Add(string file, RawFrame frame, ParallelOptions options)
    {
        Statistics.Add(frame, options);
        Telegraph?.Add(frame, options);
        if (Files.Count == 0 || Files[^1] != file)
        {
            Files.Add(file);
        }
    }

    private static bool Near(double? one, double? other) =>
        one is null || other is null ? one is null && other is null : Math.Abs(one.Value - other.Value) <= ExposurePart * other.Value;
}
