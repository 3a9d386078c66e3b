using PixelMend.Calibration;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Defects;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Calibrating;

/// <summary>All that a calibration found.</summary>
internal sealed record CalibrationOutcome(
    RawFrame Like,
    FrameFormat Format,
    FrameGroup? Darks,
    DarkCalibration? Dark,
    IReadOnlyList<FrameGroup> OtherDarks,
    DarkCurrents? Currents,
    IReadOnlyList<FrameGroup> FlatGroups,
    IReadOnlyList<FlatCalibration> Flats,
    SensorCalibration Sensor,
    IReadOnlyList<SkippedInput> Apart,
    IReadOnlyList<Failure> Failures
);

/// <summary>Reads the darks, then the flats, and puts together what they tell.</summary>
internal sealed class CalibrationJob
{
    public required ReadOptions Reading { get; init; }

    public required CalibrationSettings Settings { get; init; }

    /// <exception cref="FailureException">No frame can be used.</exception>
    public CalibrationOutcome Run(IReadOnlyList<string> darkFiles, IReadOnlyList<string> flatFiles, ParallelOptions options)
    {
        var memory = new FrameMemory();
        var frames = new SeriesFrames(Reading with { Memory = memory });
        var darks = new FrameSorter(flats: false, like: null, memory);
        Take(frames.Read(darkFiles, options.CancellationToken, ahead: 2), darks, memory, options);
        (FrameGroup? darkGroup, IReadOnlyList<FrameGroup> otherDarks) = darks.ChooseDarks();
        // Before the flats are read, so that darks and flats are not in memory together.
        FrameGroup[] shown = darkGroup is null ? [] : [darkGroup, .. otherDarks];
        (FrameGroup Group, DarkSeries Series)[] usable =
        [
            .. shown.Select(g => (g, Calibrate(g, darks, options)!)).Where(s => s.Item2 is not null),
        ];
        darkGroup = usable.Length == 0 ? null : usable[0].Group;
        otherDarks = [.. usable.Skip(1).Select(s => s.Group)];
        DarkSeries? main = usable.Length == 0 ? null : usable[0].Series;
        DarkSeries[] others = [.. usable.Skip(1).Select(s => s.Series)];
        var flats = new FrameSorter(flats: true, darks.Pattern, memory);
        Take(frames.Read(flatFiles, options.CancellationToken), flats, memory, options);
        RawFrame like =
            darkGroup is not null ? darks.Pattern!
            : flats.Groups.Count > 0 ? flats.Pattern!
            : throw Unusable(darks, flats);
        foreach (FrameGroup group in flats.Groups)
        {
            // Darks of files that do not name a white level cannot know it; flats come nearer.
            main?.Dark.Widen(group.Statistics.Levels);
        }

        DarkCalibration? dark = main?.Dark;
        DarkCurrents? currents = main is null ? null : DarkCurrents.Of([main, .. others], main, main.Dark.Levels.Span(0, 0));
        FlatCalibration[] responses = [.. flats.Groups.Select(g => Calibrate(g, dark, Leakage(g, darkGroup), options))];
        var sensor = SensorCalibration.Of(like.Width, like.Height, dark, responses, Settings, others, currents);
        return new CalibrationOutcome(
            like,
            (darkGroup ?? flats.Groups[0]).Format,
            darkGroup,
            dark,
            otherDarks,
            currents,
            flats.Groups,
            responses,
            sensor with
            {
                Map = Dated(sensor.Map, [.. usable.Select(s => s.Group), .. flats.Groups]),
            },
            [.. darks.Apart, .. flats.Apart],
            [.. darks.Failures, .. flats.Failures]
        );
    }

    /// <summary>Darks of one setting; null where they saw light, which sets them apart.</summary>
    private DarkSeries? Calibrate(FrameGroup group, FrameSorter darks, ParallelOptions options)
    {
        var dark = DarkCalibration.Of(group.Statistics, group.Telegraph!, Settings, options);
        string? light = LightLeak.Sign(group.Statistics, dark);
        group.Statistics.Release();
        if (light is not null)
        {
            darks.SetApart(group, light);
            return null;
        }

        return new DarkSeries(group.Seconds, group.Info.Iso, group.Info.TemperatureCelsius, dark);
    }

    private FlatCalibration Calibrate(FrameGroup group, DarkCalibration? dark, double leakage, ParallelOptions options)
    {
        var flat = FlatCalibration.Of(group.Statistics, dark, leakage, Settings, options);
        group.Statistics.Release();
        return flat;
    }

    /// <summary>The map's entries with what found them, and since when: all frames of a calibration are one look at the sensor.</summary>
    private static DefectMap Dated(DefectMap map, FrameGroup[] groups)
    {
        DateTimeOffset? first = groups.Min(g => g.Times.First);
        DateTimeOffset? last = groups.Max(g => g.Times.Last);
        var dated = new DefectMap.Builder(map.Width, map.Height);
        dated.AddRange(map.Points.Select(p => p with { Details = Dated(p.Details) }));
        foreach (DefectRegion region in map.Regions)
        {
            dated.Add(region with { Details = Dated(region.Details) });
        }

        return dated.Build();

        DefectDetails Dated(DefectDetails? details) =>
            (details ?? new DefectDetails()) with
            {
                FirstSeen = first,
                LastSeen = last,
                Source = CalibrationOutputs.Source,
            };
    }

    private static void Take(IEnumerable<SeriesFrame> frames, FrameSorter sorter, FrameMemory memory, ParallelOptions options)
    {
        foreach (SeriesFrame frame in frames)
        {
            sorter.Add(frame, options);
        }

        sorter.Complete(options);
        memory.Clear();
        // What frames and files took is asked back, before the statistics need as much.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    /// <summary>How many times longer a flat was exposed than the darks; not a number where one of them is not known.</summary>
    private static double Leakage(FrameGroup flat, FrameGroup? dark) =>
        flat.Seconds is { } light && dark?.Seconds is > 0 and { } shut ? light / shut : double.NaN;

    private static FailureException Unusable(FrameSorter darks, FrameSorter flats)
    {
        if (darks.Failures.Concat(flats.Failures).FirstOrDefault() is { } failure)
        {
            return new FailureException(failure.Code, failure.Message);
        }

        SkippedInput? apart = darks.Apart.Concat(flats.Apart).FirstOrDefault();
        return FailureException.BadData(apart?.File ?? "--dark", apart?.Reason ?? "no frame to calibrate from");
    }
}
