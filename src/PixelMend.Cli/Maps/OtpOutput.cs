using System.CommandLine;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Rendering;
using PixelMend.Cli.Verbs;
using PixelMend.Formats;

namespace PixelMend.Cli.Maps;

/// <summary>Where the verbs on one-time-programmable memories put their result, and how they tell it.</summary>
internal sealed class OtpOutput
{
    private readonly Option<string> destination;
    private readonly Option<bool> force = new("--force") { Description = "Replaces an output that exists." };
    private readonly Option<bool> json = new("--json") { Description = "Prints one JSON document instead of text." };
    private readonly Option<bool> quiet = new("--quiet") { Description = "Prints nothing but errors." };

    public OtpOutput(Command verb, string what)
    {
        destination = new Option<string>("--out")
        {
            Description = $"{(what == "IMG" ? "Image" : "Map")} to write.",
            HelpName = what,
            Required = true,
        };
        foreach (Option option in (Option[])[destination, force, json, quiet])
        {
            verb.Add(option);
        }
    }

    /// <summary>The output, checked before any work is done for it.</summary>
    public OutputTarget Target(ParseResult line, IReadOnlyList<string> inputs)
    {
        var target = new OutputTarget(line.GetRequiredValue(destination), line.GetValue(force));
        CommonOptions.CheckNamed("--out", target.Path);
        target.Check(inputs.Select(f => FileFacts.Of(f).Identity).ToHashSet(StringComparer.Ordinal));
        return target;
    }

    /// <summary>Writes an image and tells what is in it.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="files">The files it was made from.</param>
    /// <param name="target">Where it appears.</param>
    /// <param name="content">The image.</param>
    /// <param name="notes">What had to be decided before.</param>
    public int Write(ParseResult line, IReadOnlyList<string> files, OutputTarget target, OtpContent content, IReadOnlyList<string> notes)
    {
        VerifiedFile.Write(
            target,
            stream => stream.Write(content.Image),
            written =>
            {
                if (!written.Span.SequenceEqual(content.Image))
                {
                    throw FailureException.BadData(target.Path, "read back, it is not what was written; nothing was kept");
                }
            }
        );
        return Tell(
            line,
            new WrittenMapSummary
            {
                Verb = VerbOf(line),
                Files = files,
                Output = target.Path,
                Photosites = content.Holds.Map.AllPhotosites().Count,
                Added = content.Added,
                LeftOut = content.LeftOut,
                FreeBytes = content.FreeBytes,
                Notes = [.. notes, .. content.Holds.Notes],
            }
        );
    }

    /// <summary>Writes the map that a memory holds.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="file">The memory's image.</param>
    /// <param name="target">Where the map appears.</param>
    /// <param name="read">The map.</param>
    /// <param name="freeBytes">Bytes that can still be programmed.</param>
    public int Write(ParseResult line, string file, OutputTarget target, MapReading read, int freeBytes)
    {
        MapFormat format = MapFile.FormatToWrite(target.Path);
        IReadOnlyList<string> notes = [];
        var context = new MapContext { Size = read.SizeIsKnown ? (read.Map.Width, read.Map.Height) : null };
        var map = read.Map.From(read.Map.Provenance with { Files = [Path.GetFileName(file)], Program = ProgramInfo.NameAndVersion });
        try
        {
            VerifiedFile.Write(target, stream => notes = format.Write(map, context, stream), check: null);
        }
        catch (NotSupportedException e)
        {
            throw FailureException.Usage($"--out {target.Path}: {e.Message}");
        }

        return Tell(
            line,
            new WrittenMapSummary
            {
                Verb = VerbOf(line),
                Files = [file],
                Output = target.Path,
                Photosites = map.AllPhotosites().Count,
                FreeBytes = freeBytes,
                Notes = [.. read.Notes, .. notes],
            }
        );
    }

    private static string VerbOf(ParseResult line) => $"otp {line.CommandResult.Command.Name}";

    private int Tell(ParseResult line, WrittenMapSummary summary)
    {
        MapView.Print(summary, CliJson.Default.WrittenMapSummary, line.GetValue(json), line.GetValue(quiet), MapView.Print);
        return (int)summary.ExitCode;
    }
}
