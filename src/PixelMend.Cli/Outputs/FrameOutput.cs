using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Formats;
using PixelMend.Formats.RawDump;
using PixelMend.Frames;

namespace PixelMend.Cli.Outputs;

/// <summary>Writes repaired frames: the original file with its samples changed, or a new file where another format is asked for.</summary>
/// <param name="reading">How the input was read.</param>
/// <param name="record">What the output says of its making; null: nothing.</param>
internal sealed class FrameOutput(ReadOptions reading, EditRecord? record = null)
{
    /// <summary>Refuses a frame's name before any work is done for it.</summary>
    /// <exception cref="FailureException">Its extension is no frame format's.</exception>
    public static void CheckName(PlannedFile file) => FormatByName(file.Input, file.Output!.Path);

    /// <summary>Refuses a name of another format than the input's before any work is done for it.</summary>
    /// <exception cref="FailureException">It does not end as the input does.</exception>
    public static void CheckKind(PlannedFile file)
    {
        string output = file.Output!.Path;
        string extension = FileName.Extension(file.Input);
        if (!string.Equals(FileName.Extension(output), extension, StringComparison.OrdinalIgnoreCase))
        {
            throw FailureException.Usage($"--out {output}: --in-kind changes no format; let the name end in {extension}");
        }
    }

    /// <summary>Writes a repaired frame, whole or not at all.</summary>
    public IReadOnlyList<string> Write(Outcome outcome, OutputTarget target)
    {
        FrameFormat format = FormatByName(outcome.File, target.Path) ?? outcome.Format;
        IReadOnlyList<SampleChange> changes = outcome.Report.Correction.Changes;
        bool same = format == outcome.Format;
        ReadOptions rereading = (same ? reading : ReadingOf(format, outcome.Frame)) with { Threads = outcome.Threads };
        VerifiedFile.Write(
            target,
            stream =>
            {
                switch (same, record)
                {
                    case (false, null):
                        format.Write(outcome.Frame.With(changes), stream);
                        break;
                    case (false, { } made):
                        format.WriteWithRecord(outcome.Frame.With(changes), made, changes.Count, stream);
                        break;
                    case (true, null):
                        format.Rewrite(outcome.Original.Bytes, outcome.Frame, changes, reading, stream);
                        break;
                    case (true, { } made):
                        format.RewriteWithRecord(outcome.Original.Bytes, outcome.Frame, changes, reading, made, stream);
                        break;
                }
            },
            written => Check(format, written, rereading, outcome.Frame, changes, target),
            outcome.Original.Buffer
        );
        return [];
    }

    /// <summary>Writes a frame that comes from no file, in the format of the output's name.</summary>
    public static FrameFormat WriteNew(RawFrame frame, OutputTarget target)
    {
        FrameFormat format = FormatForWriting(target.Path);
        VerifiedFile.Write(
            target,
            stream => format.Write(frame, stream),
            written => Check(format, written, ReadingOf(format, frame), frame, [], target)
        );
        return format;
    }

    /// <summary>The format of a new file's name.</summary>
    /// <exception cref="FailureException">Its extension is no frame format's.</exception>
    public static FrameFormat FormatForWriting(string output)
    {
        try
        {
            return FormatSet.FrameFormatForWriting(output);
        }
        catch (NotSupportedException e)
        {
            throw FailureException.Usage($"--out {e.Message}");
        }
    }

    /// <summary>An output named after or like its input is of its input's format, whatever the name: dumps carry any, or no extension.</summary>
    /// <returns>Null for the input's format.</returns>
    private static FrameFormat? FormatByName(string input, string output) =>
        Path.GetFileName(output) == OwnOutput.NameFor(input)
        || string.Equals(FileName.Extension(output), FileName.Extension(input), StringComparison.OrdinalIgnoreCase)
            ? null
            : FormatForWriting(output);

    /// <summary>What a new file cannot say of its frame.</summary>
    private static ReadOptions ReadingOf(FrameFormat format, RawFrame frame) =>
        new() { Cfa = frame.Cfa, Raw = (format as RawDumpFormat)?.SpecFor(frame) };

    private static void Check(
        FrameFormat format,
        ReadOnlyMemory<byte> written,
        ReadOptions options,
        RawFrame frame,
        IReadOnlyList<SampleChange> changes,
        OutputTarget target
    )
    {
        if (format.FirstDifference(written, frame, changes, options) is { } place)
        {
            throw FailureException.BadData(
                target.Path,
                $"read back, the sample at ({place.X}, {place.Y}) is not what was written; nothing was kept, please report it"
            );
        }
    }
}
