using Spectre.Console;

namespace PixelMend.Cli.Rendering;

/// <summary>Tables on standard output, as wide as the terminal; a fixed width where there is none, so that pipes see the same each time.</summary>
internal static class TableView
{
    private const int WidthWithoutTerminal = 120;

    public static void Print(string title, IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthWithoutTerminal;
        }

        var table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded };
        foreach (string column in columns)
        {
            table.AddColumn(Markup.Escape(column));
        }

        foreach (string[] row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        console.Write(table);
    }
}
