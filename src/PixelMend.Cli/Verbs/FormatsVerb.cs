using System.CommandLine;
using System.Text.Json;
using PixelMend.Cli.Rendering;

namespace PixelMend.Cli.Verbs;

/// <summary><c>pixelmend formats</c>: what is read and written.</summary>
internal static class FormatsVerb
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Prints one JSON document instead of text." };
        var verb = new Command("formats", "Lists the formats of frames and maps.") { json };
        verb.SetAction(line =>
        {
            FormatList list = FormatList.All;
            if (line.GetValue(json))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(list, CliJson.Default.FormatList));
                return;
            }

            TableView.Print("Frames", ["format", "extensions", "read and written", "by", "page"], list.Frames.Select(Row));
            TableView.Print("Maps", ["format", "extensions", "read, written and kept", "by", "page"], list.Maps.Select(Row));
        });
        return verb;
    }

    private static string[] Row(FormatEntry format) =>
        [format.Name, string.Join(' ', format.Extensions), format.Summary, format.Part, format.Page];
}
