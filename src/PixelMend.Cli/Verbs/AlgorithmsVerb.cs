using System.CommandLine;
using System.Text.Json;
using PixelMend.Algorithms;
using PixelMend.Cli.Rendering;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend algorithms</c>: detectors and correctors with their parameters.</summary>
internal static class AlgorithmsVerb
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Prints one JSON document instead of text." };
        var verb = new Command("algorithms", "Lists detectors and correctors with their parameters.") { json };
        verb.SetAction(line =>
        {
            AlgorithmList list = AlgorithmList.All;
            if (line.GetValue(json))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(list, CliJson.Default.AlgorithmList));
                return;
            }

            Print("Detectors (--detector)", list.Detectors);
            Print("Correctors (--corrector)", list.Correctors);
        });
        return verb;
    }

    private static void Print(string title, IReadOnlyList<AlgorithmEntry> entries) =>
        TableView.Print(title, ["name", "what it does", "parameters (--set name=value)"], entries.Select(Row));

    private static string[] Row(AlgorithmEntry entry) =>
        [
            entry.IsDefault ? $"{entry.Name} (default)" : entry.Name,
            $"{entry.Summary}\nSource: {entry.Source}.",
            string.Join('\n', entry.Parameters.Select(Describe)),
        ];

    private static string Describe(Parameter parameter) =>
        $"{parameter.Name} = {parameter.Default} ({parameter.Least} to {parameter.Most}): {parameter.Meaning}";
}
