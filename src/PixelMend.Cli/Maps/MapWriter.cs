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
    /// <param name="line">The command line.</param>
    /// <param name="inputs">Files that are read.</param>
    /// <param name="hasCarrier">Whether a frame is named that the map may be written into.</param>
    /// <exception cref="FailureException">It cannot be written.</exception>
    public OutputTarget Target(ParseResult line, IReadOnlyList<string> inputs, bool hasCarrier)
    {
        var target = new OutputTarget(line.GetRequiredValue(destination), line.GetValue(force));
        Verbs.CommonOptions.CheckNamed("--out", target.Path);
        MapFile.FormatToWrite(target.Path, hasCarrier: hasCarrier);
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
            VerifiedFile.Write(
                target,
                stream => notes = format.Write(map, context, stream),
                written => Check(written, map, context, format, target)
            );
        }
        catch (NotSupportedException e)
        {
            throw FailureException.Usage($"--out {target.Path}: {e.Message}");
        }
        catch (RawDataException e) when (context.Carrier is not null)
        {
            throw FailureException.BadData("--frame", e.Message);
        }

        return [.. notes.Select(n => $"{target.Path}: {n}")];
    }

    /// <summary>A map within a frame's file is read back: no sample may differ, and every photosite must be listed.</summary>
    private static void Check(ReadOnlyMemory<byte> written, DefectMap map, MapContext context, MapFormat format, OutputTarget target)
    {
        if (!format.StandsInFrame || context.Carrier is not { } carrier)
        {
            return;
        }

        var reading = new ReadOptions { IgnoreEmbedded = true };
        RawFrame before = FormatSet.FrameFormatFor(carrier.Span, target.Path, reading).Read(carrier, reading);
        RawFrame after = FormatSet.FrameFormatFor(written.Span, target.Path, reading).Read(written, reading);
        DefectMask listed = format.Read(written, context).Map.ToMask();
        if (SampleComparison.FirstDifference(after, before, []) is not null || !map.AllPhotosites().All(d => listed[d.X, d.Y]))
        {
            throw FailureException.BadData(target.Path, "read back, it does not hold what was written; nothing was kept, please report it");
        }
    }
}
