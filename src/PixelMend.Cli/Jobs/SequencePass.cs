using PixelMend.Algorithms;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Jobs;

/// <summary>
/// The first of two passes over a sequence: joins the evidence of all its frames, one frame in memory at a time. Files that cannot be read are left
/// to the second pass, which reports them.
/// </summary>
internal sealed class SequencePass(IEvidenceSource source, Sensitivity sensitivity)
{
    /// <summary>How to read the files.</summary>
    public required ReadOptions Reading { get; init; }

    /// <summary>Maps given by the user.</summary>
    public required KnownMaps Maps { get; init; }

    /// <summary>Whether the files' own lists of defects count.</summary>
    public required bool UseEmbedded { get; init; }

    /// <summary>What the frames show together; null where there are not two of them.</summary>
    /// <exception cref="FailureException">A frame is not of the sequence's camera.</exception>
    public SequenceFinding? Run(IReadOnlyList<string> files, ParallelOptions options)
    {
        StaticEvidence? sums = null;
        string first = string.Empty;
        foreach ((string file, RawFrame frame) in files.SelectMany(f => FramesOf(f, alone: files.Count == 1).Select(frame => (f, frame))))
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            if (sums is null)
            {
                (sums, first) = (new StaticEvidence(frame), file);
            }

            if (!sums.Fits(frame))
            {
                throw FailureException.BadData(
                    file,
                    $"{frame.Cfa} {frame.Width} × {frame.Height} does not belong to a sequence with {first}, "
                        + $"{sums.Cfa} {sums.Width} × {sums.Height}; leave it out, or run without --sequence"
                );
            }

            IEnumerable<DefectMap> known = Maps.For(frame);
            DefectMap prior = DefectMap.Union(frame.Width, frame.Height, UseEmbedded ? known.Append(frame.Embedded) : known);
            source.Weigh(new Evidence(frame, prior), sums, options);
        }

        return sums is null || sums.Frames < 2 ? null : new SequenceFinding(sums.Frames, StaticDefects.Find(sums, sensitivity));
    }

    /// <summary>The frames of a file as far as it can be read, one in memory at a time; one frame of one file has nothing to be joined with.</summary>
    private IEnumerable<RawFrame> FramesOf(string file, bool alone)
    {
        if (Try(() => InputFile.OpenSequence(file, Reading)?.Frames) is { } frames)
        {
            using (frames)
            {
                while (Try(frames.Next) is { } frame)
                {
                    yield return frame;
                }
            }
        }
        else if (!alone && Try(() => Read(file)) is { } only)
        {
            yield return only;
        }
    }

    private RawFrame Read(string file)
    {
        byte[] bytes = InputFile.Read(file, Reading.Limits);
        return FormatSet.FrameFormatFor(bytes, file, Reading).Read(bytes, Reading);
    }

    private static T? Try<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FailureException or RawDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>What the frames of a sequence show together.</summary>
/// <param name="Frames">Frames joined.</param>
/// <param name="Static">The defects.</param>
internal sealed record SequenceFinding(int Frames, StaticDefects Static)
{
    /// <summary>The same in figures.</summary>
    public SequenceFacts Facts => new(Frames, Static.Map.Points.Count, Math.Round(Static.Repetition, 3), Static.StandsStill);
}

/// <summary>A sequence in figures.</summary>
/// <param name="Frames">Frames whose evidence was joined.</param>
/// <param name="Defects">Static defects that they show together.</param>
/// <param name="Repetition">How alike the frames are where there is detail, 0 to about 1.</param>
/// <param name="StandsStill">Whether they are too much alike for their evidence to be joined.</param>
internal sealed record SequenceFacts(int Frames, int Defects, double Repetition, bool StandsStill);
