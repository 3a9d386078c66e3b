using System.CommandLine;
using PixelMend.Cli.Files;
using PixelMend.Cli.Rendering;
using PixelMend.Defects;
using PixelMend.Formats;

namespace PixelMend.Cli.Maps;

/// <summary>What the verbs share that make one map of others: read, make, write, tell.</summary>
internal sealed class DerivedMap
{
    private readonly MapWriter writer;
    private readonly MapOptions options;

    /// <param name="verb">Gets the options.</param>
    /// <param name="least">Fewest maps.</param>
    /// <param name="most">Most maps; null: any number.</param>
    public DerivedMap(Command verb, int least, int? most = null)
    {
        writer = new MapWriter(verb);
        options = most is int limit ? new MapOptions(verb, least, limit) : new MapOptions(verb, least);
    }

    /// <summary>Does the work.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="make">The new map from those given.</param>
    /// <returns>The exit code.</returns>
    public int Run(ParseResult line, Func<IReadOnlyList<DefectMap>, DefectMap> make)
    {
        bool hasCarrier = options.HasFrame(line);
        OutputTarget target = writer.Target(line, options.InputFiles(line), hasCarrier);
        string? dialect = options.Dialect(line);
        bool isOfOutput = dialect is not null && FormatSet.HasDialect(target.Path, dialect);
        MapFormat format = MapFile.FormatToWrite(target.Path, dialect: isOfOutput ? dialect : null, hasCarrier: hasCarrier);
        MapInputs inputs = options.Read(line, isOfOutput ? null : dialect);
        DefectMap map = make(inputs.Maps);
        IReadOnlyList<string> notes = writer.Write(line, map, inputs, format, target);
        var summary = new WrittenMapSummary
        {
            Verb = $"map {line.CommandResult.Command.Name}",
            Files = inputs.Files,
            Output = target.Path,
            Photosites = map.AllPhotosites().Count,
            Notes = [.. inputs.Notes, .. notes],
        };
        MapView.Print(summary, CliJson.Default.WrittenMapSummary, options.Json(line), options.Quiet(line), MapView.Print);
        return (int)summary.ExitCode;
    }
}
