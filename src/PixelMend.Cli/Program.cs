using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.InteropServices;
using PixelMend.Cli;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Cli.Rendering;
using PixelMend.Cli.Verbs;
using PixelMend.Formats;
using PixelMend.LibRaw;

StandardStream.ShieldClosed();
using var stop = new CancellationTokenSource();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
try
{
    return Run(args);
}
catch (Exception e) when (stop.IsCancellationRequested && e is OperationCanceledException or AggregateException)
{
    ErrorLine.Print("interrupted; files not finished were not written");
    return (int)ExitCode.Interrupted;
}
catch (Exception e)
{
    // Files are named where they fail; what arrives here without a name is the program's own output.
    Exception cause = e is AggregateException { InnerException: { } inner } ? inner : e;
    Failure failure = cause is IOException or UnauthorizedAccessException ? Failure.OfOutput(cause) : Failure.Of(cause, file: null);
    ErrorLine.Print(failure.Message);
    return (int)failure.Code;
}

// The work stops at its next step and cleans up after itself; the default would end the process in the middle of a file.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

// Verbs such as 'map' have verbs of their own.
static string FullName(Command verb) =>
    verb.Parents.FirstOrDefault() is Command and not RootCommand and var group ? $"{group.Name} {verb.Name}" : verb.Name;

// The parser calls what an option takes by the name of a type.
static string InOurWords(string error) =>
    error.Split('\'') is ["Cannot parse argument ", string text, " for option ", string option, " as expected type ", string type, _]
        ? $"{option} {text}: a {(type.Contains("Int32", StringComparison.Ordinal) ? "whole " : "")}number is needed"
        : error.TrimEnd('.');

int Run(string[] arguments)
{
    FormatSet.Add(new CameraRawFormat());
    var root = new RootCommand("Finds and repairs the defective photosites of image sensors in RAW data.")
    {
        CorrectVerb.Create(stop.Token),
        DetectVerb.Create(stop.Token),
        CalibrateVerb.Create(stop.Token),
        LearnVerb.Create(stop.Token),
        SimulateVerb.Create(stop.Token),
        EvaluateVerb.Create(stop.Token),
        StreamVerb.Create(stop.Token),
        MapVerb.Create(),
        OtpVerb.Create(),
        FormatsVerb.Create(),
        AlgorithmsVerb.Create(),
    };
    root.HelpName = ProgramInfo.Name;

    // No response files: '@' may begin a file's name. No bundling: there are no one-letter options.
    ParseResult line = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
    if (line.Errors.Count > 0 && line.Action is not HelpAction)
    {
        Command verb = line.CommandResult.Command;
        string name = verb is RootCommand ? ProgramInfo.Name : $"{ProgramInfo.Name} {FullName(verb)}";
        string error =
            verb is RootCommand && line.UnmatchedTokens is [string word, ..]
                ? $"there is no verb '{word}'"
                : InOurWords(line.Errors[0].Message);
        ErrorLine.Print($"{error}; '{name} --help' explains");
        return (int)ExitCode.Usage;
    }

    return line.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
