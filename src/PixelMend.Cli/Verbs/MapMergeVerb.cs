using System.CommandLine;
using System.Globalization;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Maps;
using PixelMend.Defects;

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
        var derived = new DerivedMap(verb, least: 1);
        verb.SetAction(line =>
        {
            string how = line.GetRequiredValue(mode);
            DateTimeOffset? day = line.GetValue(seenSince) is string text ? Day(text) : null;
            return derived.Run(
                line,
                maps =>
                {
                    DefectMap map = MapMerge.Of(maps, Enum.Parse<MergeMode>(how, ignoreCase: true));
                    map = day is null ? map : MapMerge.SeenSince(map, day.Value);
                    return map.From(map.Provenance with { Program = ProgramInfo.NameAndVersion, Algorithm = $"merge {how}" });
                }
            );
        });
        return verb;
    }

    private static DateTimeOffset Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)
            : throw FailureException.Usage($"--seen-since {text}: a day is written as 2026-01-31");
}
