using System.CommandLine;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Maps;
using PixelMend.Cli.Rendering;
using PixelMend.Defects;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend map grade</c>: whether a sensor meets its specification.</summary>
internal static class MapGradeVerb
{
    public static Command Create()
    {
        var specification = new Option<string>("--spec")
        {
            Description = $"Limits as JSON (docs/grading.md), or a preset: {string.Join(", ", SpecificationFile.Presets.Keys)}.",
            HelpName = "FILE|PRESET",
            Required = true,
        };
        var verb = new Command("grade", "Checks a map against a specification; exit code 1 where it fails.") { specification };
        var options = new MapOptions(verb, least: 1, most: 1);
        verb.SetAction(line =>
        {
            string name = line.GetRequiredValue(specification);
            SensorSpecification limits = SpecificationFile.Read(name);
            MapInputs inputs = options.Read(line);
            if (!inputs.SizeIsKnown)
            {
                throw FailureException.Usage(
                    $"{inputs.Files[0]} does not tell the sensor's size, which grading needs: --size or --frame tells it"
                );
            }

            var grade = SensorGrade.Of(inputs.Maps[0], limits);
            var summary = new GradeSummary
            {
                File = inputs.Files[0],
                Specification = name,
                Passed = grade.HasPassed,
                Checks = [.. grade.Checks.Select(c => new CheckedLimit(c.What, c.Count, c.Most, c.HasPassed))],
                Notes = inputs.Notes,
            };
            MapView.Print(summary, CliJson.Default.GradeSummary, options.Json(line), options.Quiet(line), MapView.Print);
            return (int)summary.ExitCode;
        });
        return verb;
    }
}
