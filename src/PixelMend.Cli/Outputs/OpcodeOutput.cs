using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using PixelMend.Defects;
using PixelMend.Formats;
using PixelMend.Formats.Dng;
using PixelMend.Frames;

namespace PixelMend.Cli.Outputs;

/// <summary>Writes the map into a DNG as opcodes, for other software to repair with; every sample stays as it is.</summary>
internal sealed class OpcodeOutput(ReadOptions reading)
{
    /// <summary>Refuses a name of another format before any work is done for it.</summary>
    /// <exception cref="FailureException">It does not end as the input does.</exception>
    public static void CheckName(PlannedFile file)
    {
        string output = file.Output!.Path;
        if (!string.Equals(FileName.Extension(output), FileName.Extension(file.Input), StringComparison.OrdinalIgnoreCase))
        {
            throw FailureException.Usage(
                $"--out {output}: --opcodes changes no format; let the name end in {FileName.Extension(file.Input)}"
            );
        }
    }

    /// <summary>Writes a frame with its map, whole or not at all.</summary>
    public IReadOnlyList<string> Write(Outcome outcome, OutputTarget target)
    {
        DngFormat format =
            outcome.Format as DngFormat
            ?? throw FailureException.BadData(
                outcome.File,
                $"--opcodes needs a DNG; a file of the format {outcome.Format.Name} holds none"
            );
        DefectMap map = outcome.Report.All;
        VerifiedFile.Write(
            target,
            stream => format.WriteWithOpcodes(outcome.Original.Bytes, map, stream),
            written => Compare(format.Read(written, reading with { IgnoreEmbedded = false }), outcome.Frame, map, target)
        );
        return [];
    }

    private static void Compare(RawFrame written, RawFrame frame, DefectMap map, OutputTarget target)
    {
        DefectMask listed = written.Embedded.ToMask();
        if (SampleComparison.FirstDifference(written, frame, []) is not null || !map.AllPhotosites().All(d => listed[d.X, d.Y]))
        {
            throw FailureException.BadData(target.Path, "read back, it does not hold what was written; nothing was kept, please report it");
        }
    }
}
