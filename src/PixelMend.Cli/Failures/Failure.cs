using PixelMend.Cli.Files;
using PixelMend.Formats;

namespace PixelMend.Cli.Failures;

/// <summary>One thing that went wrong, as told to the user.</summary>
/// <param name="Code">What the program returns for it.</param>
/// <param name="Message">One line: which file, what is wrong, what to do.</param>
internal sealed record Failure(ExitCode Code, string Message)
{
    // Linux error numbers, which .NET keeps in HResult.
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int NameTooLong = 36;
    private const int QuotaExceeded = 122;

    private const string StandardOutput = "standard output";

    /// <summary>What went wrong with standard output, which no option sends elsewhere.</summary>
    /// <param name="exception">What was thrown.</param>
    public static Failure OfOutput(Exception exception)
    {
        string text = exception switch
        {
            { HResult: NoSpace or QuotaExceeded } => "the disk is full; free some space or send the output elsewhere",
            UnauthorizedAccessException => "it is closed; send it to a program or file",
            _ => Explain(exception),
        };
        return new Failure(ExitCode.InputOutput, In(StandardOutput, text));
    }

    /// <summary>Puts any exception into one line.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="file">The file in hand, as the user named it.</param>
    public static Failure Of(Exception exception, string? file)
    {
        (ExitCode code, string text) = exception switch
        {
            FailureException failure => (failure.Code, failure.Message),
            RawDataException data => (ExitCode.Data, In(file, data.Message)),
            ImplausibleFrameException implausible => (ExitCode.Data, In(file, implausible.Message)),
            NotSupportedException unsupported => (ExitCode.Data, In(file, unsupported.Message)),
            FileNotFoundException when file is not null && FileFacts.IsGarbled(file) => (
                ExitCode.InputOutput,
                In(file, "its name is not UTF-8, and cannot be reached; rename it")
            ),
            UnauthorizedAccessException denied => (ExitCode.InputOutput, In(file, Explain(denied))),
            IOException io => (ExitCode.InputOutput, In(file, Explain(io))),
            OutOfMemoryException => (ExitCode.Data, In(file, "there is not enough memory for it; try --threads 1")),
            AggregateException { InnerException: { } inner } => (Of(inner, file).Code, Of(inner, file).Message),
            _ => (
                ExitCode.Data,
                In(file, $"an error of the program itself ({exception.GetType().Name}: {exception.Message}); please report it")
            ),
        };
        return new Failure(code, text);
    }

    private static string Explain(Exception exception) =>
        exception.HResult switch
        {
            NoSpace or QuotaExceeded => "the disk is full; free some space or write elsewhere",
            ReadOnlyFileSystem => "the file system is read-only; write elsewhere",
            NameTooLong => "the name is too long for the file system",
            AccessDenied or NotPermitted => "permission denied",
            _ => exception switch
            {
                FileNotFoundException => "no such file",
                DirectoryNotFoundException => "no such directory",
                UnauthorizedAccessException => "permission denied",
                _ => exception.Message,
            },
        };

    private static string In(string? file, string what) => file is null ? what : $"{file}: {what}";
}
