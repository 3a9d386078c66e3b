namespace PixelMend.Cli.Failures;

/// <summary>What the program tells its caller; larger is worse where several files went wrong.</summary>
internal enum ExitCode
{
    /// <summary>All was done.</summary>
    Done = 0,

    /// <summary>A check failed: maps differ, or a sensor does not meet its specification.</summary>
    CheckFailed = 1,

    /// <summary>The command line makes no sense.</summary>
    Usage = 2,

    /// <summary>A file's content is bad, unsupported, or does not fit.</summary>
    Data = 3,

    /// <summary>A file cannot be read or written.</summary>
    InputOutput = 4,

    /// <summary>Stopped by Ctrl-C, as shells report it.</summary>
    Interrupted = 130,
}
