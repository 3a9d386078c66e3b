namespace PixelMend.Cli.Rendering;

/// <summary>The one line on standard error that a failure is told in.</summary>
internal static class ErrorLine
{
    /// <summary>File names may hold line breaks and terminal control codes; an error stays one harmless line.</summary>
    public static void Print(string message)
    {
        IEnumerable<string> words = string.Concat(message.Select(c => char.IsControl(c) ? ' ' : c))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Console.Error.WriteLine($"{ProgramInfo.Name}: {string.Join(' ', words)}");
    }
}
