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

    /// <summary>Frames of so many photosites fill memory before the collector runs by itself.</summary>
    private const long LargeFrame = 4_000_000;

    private readonly List<(RawFrame Frame, float Level)> waiting = [];
    private readonly Predicate<RawFrame> giveBack;

    /// <param name="format">The first file's.</param>
    /// <param name="first">A frame like all that are to come; it is not added yet.</param>
    /// <param name="level">Its level as of <see cref="StackStatistics.LevelOf"/>.</param>
    /// <param name="followsTelegraph">Whether the frames are darks.</param>
    /// <param name="giveBack">Takes frames back that were added and are not needed any more; tells whether their memory will be used again.</param>
    public FrameGroup(FrameFormat format, RawFrame first, float level, bool followsTelegraph, Predicate<RawFrame> giveBack)
    {
        this.giveBack = giveBack;
        (Format, Info) = (format, first.Info);
        Level = level;
        Statistics = new StackStatistics(first, keepsThree: followsTelegraph);
        Telegraph = followsTelegraph ? new TelegraphStatistics(Statistics) : null;
    }

    public FrameFormat Format { get; }

    /// <summary>Median of the first frame above black, ADU.</summary>
    public float Level { get; }

    /// <summary>Frames taken, those among them that wait for others.</summary>
    public int Count => Statistics.Count + waiting.Count;

    /// <summary>What the file of the first frame says of camera and exposure.</summary>
    public FrameInfo Info { get; }

    public StackStatistics Statistics { get; }

    /// <summary>Histories of blinking photosites; darks only.</summary>
    public TelegraphStatistics? Telegraph { get; }

    public List<string> Files { get; } = [];

    public double? Seconds => Info.ExposureSeconds;

    /// <summary>Exposure, ISO and temperature in words.</summary>
    public string Setting
    {
        get
        {
            string exposure = Seconds is { } s ? $"{s:0.######} s" : "unknown exposure";
            string gain = Info.Iso is { } iso ? $" at ISO {iso:0.##}" : string.Empty;
            return exposure + gain + (Info.TemperatureCelsius is { } celsius ? $" and {celsius:0.#} °C" : string.Empty);
        }
    }

    /// <summary>Beside flats there are the results of the darks in memory.</summary>
    private int FramesAtOnce => Telegraph is null ? StackStatistics.FramesAtOnce - 2 : StackStatistics.FramesAtOnce;

    /// <summary>When the first and the last frame were taken, where their files tell.</summary>
    public (DateTimeOffset? First, DateTimeOffset? Last) Times { get; private set; }

    public bool HasSetting(FrameInfo info) =>
        IsNear(info.ExposureSeconds, Seconds, ExposurePart * (Seconds ?? 0))
        && IsNear(info.Iso, Info.Iso, ExposurePart * (Info.Iso ?? 0))
        // Flats have light enough to outshine what warms them.
        && (Telegraph is null || IsNear(info.TemperatureCelsius, Info.TemperatureCelsius, DarkSeries.NearKelvin));

    public bool HasLevel(float level) => Math.Abs(level - Level) <= LevelPart * Math.Abs(Level);

    public void Add(string file, RawFrame frame, float level, ParallelOptions options)
    {
        waiting.Add((frame, level));
        if (waiting.Count >= FramesAtOnce)
        {
            Complete(options);
        }

        if (frame.Info.CaptureTime is { } time)
        {
            Times = (Times.First < time ? Times.First : time, Times.Last > time ? Times.Last : time);
        }

        if (Files.Count == 0 || Files[^1] != file)
        {
            Files.Add(file);
        }
    }

    /// <summary>Takes in the frames that wait for others.</summary>
    public void Complete(ParallelOptions options)
    {
        if (waiting.Count > 0)
        {
            RawFrame[] frames = [.. waiting.Select(w => w.Frame)];
            float[] levels = [.. waiting.Select(w => w.Level)];
            if (Telegraph is null)
            {
                Statistics.Add(frames, options, levels);
            }
            else
            {
                Telegraph.Add(frames, options, levels);
            }

            waiting.Clear();
            if (frames.Count(f => giveBack(f)) < frames.Length)
            {
                Reclaim();
            }
        }
    }

    /// <summary>
    /// The bytes of files read so far, and frames that are summed up, would wait for a collector that sees no hurry, while machines with just enough memory run out of it. Few objects are
    /// in use, so that looking for those that are not takes a millisecond.
    /// </summary>
    private void Reclaim()
    {
        if ((long)Statistics.Width * Statistics.Height >= LargeFrame)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        }
    }

    private static bool IsNear(double? one, double? other, double most) =>
        one is null || other is null ? one is null && other is null : Math.Abs(one.Value - other.Value) <= most;
}
