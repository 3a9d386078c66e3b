using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Cli.Maps;
using PixelMend.Cli.Outputs;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Evaluation;
using PixelMend.Formats;
using PixelMend.Frames;
using PixelMend.Simulation;

namespace PixelMend.Cli.Trials;

/// <summary>Writes a frame with known defects, and the map that tells them.</summary>
internal sealed class SimulationOutput(OutputTarget frame, OutputTarget truth)
{
    /// <summary>Refuses names that cannot be written, before any work is done.</summary>
    /// <exception cref="FailureException">One of them cannot.</exception>
    public void Check(IReadOnlyList<string> inputs)
    {
        MapFile.FormatToWrite(truth.Path, "--truth");
        if (inputs.Count == 0)
        {
            FrameOutput.FormatForWriting(frame.Path);
        }

        foreach (string input in inputs)
        {
            FrameOutput.CheckName(new PlannedFile(input, frame));
        }

        HashSet<string> read = [.. inputs.Select(f => FileFacts.Of(f).Identity)];
        frame.Check(read);
        truth.Check(read);
        if (frame.Identity == truth.Identity)
        {
            throw FailureException.Usage($"{truth.Path} is named for two outputs; choose another name");
        }

        // It comes last: a frame with defects that no map tells would be left.
        truth.Try();
    }

    /// <summary>
    /// Gives a file's frame defects, or every frame of it the same ones; everything else in the file stays byte for byte.
    /// </summary>
    public SimulationSummary Inject(string file, ReadOptions reading, DefectInjection defects, ParallelOptions options)
    {
        try
        {
            if (InputFile.OpenSequence(file, reading) is var (several, frames))
            {
                using (frames)
                {
                    return InjectAll(file, several, frames, reading, defects, options);
                }
            }

            var original = OriginalFile.Read(file, reading.Limits);
            FrameFormat format = FormatSet.FrameFormatFor(original.Bytes.Span, file, reading);
            RawFrame good = format.Read(original.Bytes, reading);
            InjectedFrame broken = defects.Into(good, DefectMap.Empty(good.Width, good.Height), options);
            RepairReport report = new(broken.Natural, broken.Truth, broken.Truth, new CorrectionReport(broken.Changes, []));
            new FrameOutput(reading).Write(new Outcome(file, original, format, good, report), frame);
            WriteTruth(broken.Truth, MapContext.Of(good));
            return Describe(format, good, reading, broken.Truth) with { File = file, Visible = broken.Sites.Count(s => s.Counts) };
        }
        catch (Exception e) when (e is RawDataException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            Failure failure = Failure.Of(e, file);
            throw new FailureException(failure.Code, failure.Message, e);
        }
    }

    /// <summary>The same seed on every frame: the sensor's defects stay where they are, and each reads what its frame makes of it.</summary>
    private SimulationSummary InjectAll(
        string file,
        FrameFormat format,
        FrameSequence frames,
        ReadOptions reading,
        DefectInjection defects,
        ParallelOptions options
    )
    {
        SequenceJob.CheckName(new PlannedFile(file, frame));
        RawFrame? first = null;
        DefectMap? all = null;
        HashSet<(int X, int Y)> visible = [];
        int count = 0;
        VerifiedFile.WriteLarge(
            frame,
            output =>
            {
                while (frames.Next() is { } good)
                {
                    DefectMap before = all ?? DefectMap.Empty(good.Width, good.Height);
                    if ((before.Width, before.Height) != (good.Width, good.Height))
                    {
                        throw FailureException.BadData(
                            file,
                            "its frames differ in size, and one map tells of one sensor; choose one with --hdu"
                        );
                    }

                    InjectedFrame broken = defects.Into(good, DefectMap.Empty(good.Width, good.Height), options);
                    all = DefectMap.Union(good.Width, good.Height, [before, broken.Truth]).From(broken.Truth.Provenance);
                    visible.UnionWith(broken.Sites.Where(s => s.Counts).Select(s => (s.X, s.Y)));
                    frames.Write(broken.Changes, record: null, output);
                    first ??= good;
                    count++;
                }

                frames.Finish(output);
            }
        );
        WriteTruth(all!, MapContext.Of(first!));
        SimulationSummary made = Describe(format, first!, reading, all!);
        return made with { File = file, Visible = visible.Count, Frame = made.Frame with { Frames = count } };
    }

    /// <summary>Renders a frame of a camera.</summary>
    public SimulationSummary Render(SimulatedCamera camera, ParallelOptions options)
    {
        SimulatedFrame shot = camera.Capture(0, options);
        FrameFormat format = FrameOutput.WriteNew(shot.Frame, frame);
        WriteTruth(shot.Truth, MapContext.Of(shot.Frame));
        return Describe(format, shot.Frame, reading: null, shot.Truth);
    }

    private void WriteTruth(DefectMap map, MapContext sensor)
    {
        MapProvenance provenance = map.Provenance with { Files = [Path.GetFileName(frame.Path)], Program = ProgramInfo.NameAndVersion };
        VerifiedFile.Write(truth, stream => MapFile.FormatToWrite(truth.Path).Write(map.From(provenance), sensor, stream), check: null);
    }

    private SimulationSummary Describe(FrameFormat format, RawFrame made, ReadOptions? reading, DefectMap map)
    {
        DefectCounts counts = Summary.Of(
            made,
            new RepairReport(DefectMap.Empty(made.Width, made.Height), map, map, new CorrectionReport([], []))
        );
        return new SimulationSummary
        {
            Frame = Summary.Of(format, made, reading),
            Defects = counts.Total,
            ByKind = counts.ByKind,
            Output = frame.Path,
            Truth = truth.Path,
        };
    }
}
