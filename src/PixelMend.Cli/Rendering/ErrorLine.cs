namespace PixelMend.Cli.Rendering;

/// <summary>The one line on standard error that a failure is told in.</summary>
internal static class ErrorLine
{
    public static void Print(string message) => Console.Error.WriteLine($"{ProgramInfo.Name}: {message}");
}
