namespace PixelMend.Cli.Rendering;

/// <summary>The one line on standard error that a failure is told in.</summary>
internal static class ErrorLine
{
    /// <summary>File names may hold line breaks and terminal control codes; an error stays one harmless line.</summary>
    public static void Print(string message)
    {
        IEnumerable<string> words = string.Concat(message.Select(c => char.IsControl(c) ? ' ' : c))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            Console.Error.WriteLine($"{ProgramInfo.Name}: {string.Join(' ', words)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Standard error is closed or full: there is nobody left to tell but the caller, by the exit code.
        }
    }
}
