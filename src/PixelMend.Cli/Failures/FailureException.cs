namespace PixelMend.Cli.Failures;

/// <summary>A foreseen failure: its message is the line that the user reads, its code what the program returns.</summary>
internal sealed class FailureException(ExitCode code, string message, Exception? cause = null) : Exception(message, cause)
{
    public ExitCode Code => code;

    /// <summary>The command line makes no sense.</summary>
    public static FailureException Usage(string message) => new(ExitCode.Usage, message);

    /// <summary>A file cannot be read or written.</summary>
    public static FailureException InputOutput(string file, string message) => new(ExitCode.InputOutput, $"{file}: {message}");

    /// <summary>What went wrong with a file other than the input in hand, which would be named otherwise.</summary>
    public static FailureException About(string file, Exception cause)
    {
        Failure failure = Failure.Of(cause, file);
        return new FailureException(failure.Code, failure.Message, cause);
    }

    /// <summary>A file's content is of no use.</summary>
    public static FailureException BadData(string file, string message) => new(ExitCode.Data, $"{file}: {message}");
}
