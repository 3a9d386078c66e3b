using System.CommandLine;
using System.Globalization;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Maps;
using PixelMend.Cli.Rendering;
using PixelMend.Defects;
using PixelMend.Formats;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend map merge</c>: one map of several.</summary>
internal static class MapMergeVerb
{
    public static Command Create()
    {
        var mode = new Option<string>("--mode")
        {
            Description = "Which photosites are kept: of any map, of more than half of them, of all.",
            DefaultValueFactory = _ => "union",
        };
        mode.AcceptOnlyFromAmong([.. Enum.GetNames<MergeMode>().Select(n => n.ToLowerInvariant())]);
        var seenSince = new Option<string?>("--seen-since")
        {
            Description = "Drops defects that were last seen before this day; those without a date stay.",
            HelpName = "YYYY-MM-DD",
        };
        var verb = new Command("merge", "Joins maps of one sensor.") { mode, seenSince };
        var writer = new MapWriter(verb);
        var options = new MapOptions(verb, least: 1);
        verb.SetAction(line =>
        {
            DateTimeOffset? day = line.GetValue(seenSince) is string text ? Day(text) : null;
            OutputTarget target = writer.Target(line, options.Files(line));
            MapFormat format = MapWriter.FormatOf(target, options.Dialect(line));
            MapInputs inputs = options.Read(line, format);
            DefectMap map = MapMerge.Of(inputs.Maps, Enum.Parse<MergeMode>(line.GetRequiredValue(mode), ignoreCase: true));
            map = day is null ? map : MapMerge.SeenSince(map, day.Value);
            map = map.From(
                map.Provenance with
                {
                    Program = ProgramInfo.NameAndVersion,
                    Algorithm = $"merge {line.GetRequiredValue(mode)}",
                }
            );
            IReadOnlyList<string> notes = writer.Write(line, map, inputs, format.Dialect, target);
            var summary = new WrittenMapSummary
            {
                Verb = "map merge",
                Files = inputs.Files,
                Output = target.Path,
                Photosites = map.AllPhotosites().Count,
                Notes = [.. inputs.Notes, .. notes],
            };
            MapView.Print(summary, CliJson.Default.WrittenMapSummary, options.Json(line), options.Quiet(line), MapView.Print);
            return (int)summary.ExitCode;
        });
        return verb;
    }

    private static DateTimeOffset Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)
            : throw FailureException.Usage($"--seen-since {text}: a day is written as 2026-01-31");
}
