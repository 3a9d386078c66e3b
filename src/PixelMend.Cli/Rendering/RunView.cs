using System.Text.Json;
using PixelMend.Cli.Files;
using PixelMend.Cli.Jobs;
using Spectre.Console;

namespace PixelMend.Cli.Rendering;

/// <summary>
/// Shows a run as it goes. Results go to standard output, as text or as one JSON document; errors, one line each, and the progress bar go
/// to standard error.
/// </summary>
internal sealed class RunView(string verb, bool json, bool quiet)
{
    private bool ShowsText => !json && !quiet;

    /// <summary>Whether a bar can be drawn: plain lines serve logs and pipes better.</summary>
    private bool ShowsBar(int files) => files > 1 && !quiet && !Console.IsErrorRedirected;

    /// <summary>Tells what is left out.</summary>
    public void Tell(IReadOnlyList<SkippedInput> skipped)
    {
        foreach (SkippedInput input in skipped)
        {
            if (ShowsText)
            {
                Console.Out.WriteLine($"{TextSummary.Printable(input.File)}: skipped, {input.Reason}");
            }
        }
    }

    /// <summary>Tells what the inputs show together; null: there are not two of them.</summary>
    public void Tell(SequenceFacts? sequence)
    {
        if (ShowsText)
        {
            Console.Out.WriteLine(TextSummary.Of(sequence));
        }
    }

    /// <summary>Runs the work, telling each result as it comes; under a bar, all of them after it.</summary>
    public IReadOnlyList<FileResult> Follow(int files, Func<Action<FileResult>, IReadOnlyList<FileResult>> work)
    {
        if (!ShowsBar(files))
        {
            return work(Tell);
        }

        IReadOnlyList<FileResult> results = [];
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console
            .Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(progress =>
            {
                ProgressTask task = progress.AddTask($"{verb}, {files} files", maxValue: files);
                results = work(_ => task.Increment(1));
            });
        foreach (FileResult result in results)
        {
            Tell(result);
        }

        return results;
    }

    /// <summary>Ends the run.</summary>
    public void Tell(RunSummary summary)
    {
        foreach (string note in ShowsText ? summary.Notes : [])
        {
            Console.Out.WriteLine($"  note: {TextSummary.Printable(note)}");
        }

        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(summary, CliJson.Default.RunSummary));
        }
        else if (ShowsText && summary.Files.Count > 1)
        {
            Console.Out.WriteLine(TextSummary.Of(summary));
        }
    }

    private void Tell(FileResult result)
    {
        if (ShowsText && result.Error is null)
        {
            Console.Out.WriteLine(TextSummary.Of(result));
        }
        else if (result.Error is { } error)
        {
            ErrorLine.Print(error.Message);
        }
    }
}
