using System.CommandLine;
using PixelMend.Cli.Files;
using PixelMend.Cli.Rendering;
using PixelMend.Cli.Verbs;
using PixelMend.Formats;
using PixelMend.Formats.Otp;

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
    public int Write(
        ParseResult line,
        string verb,
        IReadOnlyList<string> files,
        OutputTarget target,
        OtpImage image,
        int added,
        int leftOut,
        IReadOnlyList<string> notes
    )
    {
        MapReading read = image.Read(new OtpMap(), MapContext.Unknown);
        VerifiedFile.Write(target, stream => stream.Write(image.ToBytes()), written => OtpImage.Open(written.Span));
        return Tell(
            line,
            new WrittenMapSummary
            {
                Verb = verb,
                Files = files,
                Output = target.Path,
                Photosites = read.Map.AllPhotosites().Count,
                Added = added,
                LeftOut = leftOut,
                FreeBytes = image.FreeBytes,
                Notes = [.. notes, .. read.Notes],
            }
        );
    }

    /// <summary>Writes the map that a memory holds.</summary>
    public int Write(ParseResult line, string verb, string file, OutputTarget target, MapFormat format, MapReading read, int freeBytes)
    {
        IReadOnlyList<string> notes = [];
        var context = new MapContext { Size = (read.Map.Width, read.Map.Height) };
        var map = read.Map.From(read.Map.Provenance with { Files = [Path.GetFileName(file)], Program = ProgramInfo.NameAndVersion });
        VerifiedFile.Write(target, stream => notes = format.Write(map, context, stream), check: null);
        return Tell(
            line,
            new WrittenMapSummary
            {
                Verb = verb,
                Files = [file],
                Output = target.Path,
                Photosites = map.AllPhotosites().Count,
                FreeBytes = freeBytes,
                Notes = [.. read.Notes, .. notes],
            }
        );
    }

    private int Tell(ParseResult line, WrittenMapSummary summary)
    {
        MapView.Print(summary, CliJson.Default.WrittenMapSummary, line.GetValue(json), line.GetValue(quiet), MapView.Print);
        return (int)summary.ExitCode;
    }
}
