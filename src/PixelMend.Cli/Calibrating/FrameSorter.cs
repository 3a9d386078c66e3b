using PixelMend.Calibration;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Calibrating;

/// <summary>
/// Puts the frames of a series into groups that may be averaged, and sets apart, with a word, those that fit none: of another geometry or camera,
/// saturated, without light, or of too many exposures.
/// </summary>
/// <param name="flats">Flat fields, else darks.</param>
/// <param name="like">A frame of the sensor; null: the first one of this series is.</param>
/// <param name="memory">Where frames have their memory from, and give it back to.</param>
internal sealed class FrameSorter(bool flats, RawFrame? like, FrameMemory memory)
{
    /// <summary>Each group costs memory.</summary>
    private const int MostGroups = 6;

    private const double Saturated = 0.99;
    private const double Clipped = 0.9;
    private const double NoLight = 0.01;

    /// <summary>A dark this part of the range above the first ones saw light.</summary>
    private const double Leak = 0.05;

    private readonly List<FrameGroup> groups = [];
    private readonly List<SkippedInput> apart = [];
    private readonly List<Failure> failures = [];

    /// <summary>A frame of the sensor, for what its file says of it; its samples mean nothing. Null before there is one.</summary>
    public RawFrame? Pattern { get; private set; } = like;

    public IReadOnlyList<FrameGroup> Groups => groups;

    /// <summary>Frames left out, with the reason.</summary>
    public IReadOnlyList<SkippedInput> Apart => apart;

    /// <summary>Files that could not be read.</summary>
    public IReadOnlyList<Failure> Failures => failures;

    /// <summary>Frames taken.</summary>
    public int Count => groups.Sum(g => g.Count);

    public void Add(SeriesFrame next, ParallelOptions options)
    {
        if (next.Frame is not { } frame)
        {
            failures.Add(next.Failure!);
            return;
        }

        if (next.Twin is { } twin)
        {
            apart.Add(new SkippedInput(next.File, $"the same bytes as {twin}, which count once"));
            return;
        }

        Pattern ??= frame;
        if ((SensorMatch.Mismatch(frame, Pattern) ?? Unusable(frame, next.Level)) is { } reason)
        {
            apart.Add(new SkippedInput(next.File, reason));
            return;
        }

        FrameGroup? group = groups.Find(g => g.Statistics.Fits(frame) && g.HasSetting(frame.Info) && (!flats || g.HasLevel(next.Level)));
        if (group?.Count == StackStatistics.MostFrames)
        {
            apart.Add(new SkippedInput(next.File, $"more than {StackStatistics.MostFrames} frames of one setting tell nothing more"));
            return;
        }

        if (group is null && groups.Count == MostGroups)
        {
            apart.Add(new SkippedInput(next.File, $"one more than {MostGroups} settings; calibrate them by themselves"));
            return;
        }

        if (group is null)
        {
            groups.Add(group = new FrameGroup(next.Format!, frame, next.Level, followsTelegraph: !flats, GiveBack));
        }

        group.Add(next.File, frame, next.Level, options);
    }

    /// <summary>Takes in the frames that wait for others; after the last frame.</summary>
    public void Complete(ParallelOptions options)
    {
        foreach (FrameGroup group in groups)
        {
            group.Complete(options);
        }
    }

    /// <summary>
    /// The darks that tell most: the largest group, or of several the longest exposure. Others serve beside them where they are enough to tell rays from
    /// leakage; else they are set apart.
    /// </summary>
    public (FrameGroup? Main, IReadOnlyList<FrameGroup> Others) ChooseDarks()
    {
        FrameGroup? chosen = groups.OrderByDescending(g => g.Count).ThenByDescending(g => g.Seconds ?? 0).FirstOrDefault();
        FrameGroup[] others = [.. groups.Where(g => g != chosen)];
        foreach (FrameGroup few in others.Where(g => g.Count < DarkCalibration.FramesForRays))
        {
            string reason =
                $"darks of {few.Setting} cannot be averaged with those of {chosen!.Setting}, and fewer than {DarkCalibration.FramesForRays} tell nothing by themselves";
            SetApart(few, reason);
        }

        return (chosen, [.. others.Where(g => g.Count >= DarkCalibration.FramesForRays)]);
    }

    /// <summary>Leaves out all frames of a group.</summary>
    public void SetApart(FrameGroup group, string reason) => apart.AddRange(group.Files.Select(file => new SkippedInput(file, reason)));

    /// <summary>Also of the first one, which stays for what its file says, nobody reads the samples again.</summary>
    private bool GiveBack(RawFrame frame) => frame.Codes is { } codes && memory.Give(codes.Samples);

    private string? Unusable(RawFrame frame, float level)
    {
        double range = frame.Levels.Span(0, 0);
        if (!flats)
        {
            bool leaks = groups.Find(g => g.HasSetting(frame.Info)) is { } known && level > known.Level + (Leak * range);
            return level >= Saturated * range ? "saturated: this is no dark frame"
                : leaks ? "much brighter than the other darks: light got in"
                : null;
        }

        return level > Clipped * range ? "clipped: a flat field's middle should lie near half of the range"
            : level < NoLight * range ? "hardly any light for a flat field"
            : null;
    }
}
