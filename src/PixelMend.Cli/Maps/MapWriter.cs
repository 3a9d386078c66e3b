using System.CommandLine;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Defects;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Maps;

/// <summary>Where the verbs on maps put a map.</summary>
internal sealed class MapWriter
{
    private readonly Option<string> destination = new("--out")
    {
        Description = "Map to write, its extension choosing the format.",
        HelpName = "MAP",
        Required = true,
    };

    private readonly Option<string?> origin = new("--out-origin")
    {
        Description = "What the output's coordinates count from; default: what is usual for its format.",
        HelpName = "full|active|visible",
    };

    private readonly Option<bool> force = new("--force") { Description = "Replaces an output that exists." };

    public MapWriter(Command verb)
    {
        origin.AcceptOnlyFromAmong("full", "active", "visible");
        verb.Add(destination);
        verb.Add(origin);
        verb.Add(force);
    }

    /// <summary>The output, checked before any work is done for it.</summary>
    /// <exception cref="FailureException">It cannot be written.</exception>
    public OutputTarget Target(ParseResult line, IReadOnlyList<string> inputs)
    {
        var target = new OutputTarget(line.GetRequiredValue(destination), line.GetValue(force));
        Verbs.CommonOptions.CheckNamed("--out", target.Path);
        MapFile.FormatToWrite(target.Path);
        target.Check(inputs.Select(f => FileFacts.Of(f).Identity).ToHashSet(StringComparer.Ordinal));
        return target;
    }

    /// <summary>Writes the map in the output's own coordinates.</summary>
    /// <returns>What had to be left out.</returns>
    /// <exception cref="FailureException">The format cannot hold it, or it cannot be written.</exception>
    public IReadOnlyList<string> Write(ParseResult line, DefectMap map, MapInputs inputs, MapFormat format, OutputTarget target)
    {
        MapContext context = inputs.Context with
        {
            Size = inputs.SizeIsKnown ? (map.Width, map.Height) : null,
            Origin =
                line.GetValue(origin) is string name ? Enum.Parse<MapOrigin>(name, ignoreCase: true)
                : inputs.OriginIsStated ? inputs.Context.Origin
                : null,
            Offset = default,
            Flip = MapFlip.None,
        };
        if (context.Origin is MapOrigin.Active or MapOrigin.Visible && context.ActiveArea is null)
        {
            throw FailureException.Usage("--out-origin: the active area is not known; --frame FILE names a frame that tells it");
        }

        IReadOnlyList<string> notes = [];
        try
        {
            VerifiedFile.Write(target, stream => notes = format.Write(map, context, stream), check: null);
        }
        catch (NotSupportedException e)
        {
            throw FailureException.Usage($"--out {target.Path}: {e.Message}");
        }

        return [.. notes.Select(n => $"{target.Path}: {n}")];
    }
}
