using System.Diagnostics;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>What a finished program said.</summary>
internal sealed record Said(int ExitCode, string Out, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Done, and nothing to complain about.</summary>
    public Said Succeeded()
    {
        Assert.Equal((0, string.Empty), (ExitCode, Error));
        return this;
    }

    /// <summary>Failed with the code, in one line that tells all of <paramref name="words"/>.</summary>
    public Said Failed(int code, params string[] words)
    {
        Assert.True(ExitCode == code, $"exit code {ExitCode}, not {code}: {Error}");
        string line = Assert.Single(ErrorLines);
        Assert.StartsWith("pixelmend: ", line, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
        return this;
    }
}

/// <summary>Runs programs.</summary>
internal static class Shell
{
    private static readonly Lazy<bool> Built = new(() =>
    {
        // The first call may build, and says so; later ones say only what they are asked.
        Said said = Run(Checkout.Launcher, ["--version"], Checkout.Root);
        return said.ExitCode == 0 ? true : throw new InvalidOperationException(said.Error);
    });

    /// <summary>Runs <c>pixelmend</c>, built beforehand, in a folder.</summary>
    public static Said PixelMend(string folder, params string[] arguments)
    {
        _ = Built.Value;
        return Run(Checkout.Launcher, arguments, folder);
    }

    /// <summary>Runs a shell script in a folder; <c>$PIXELMEND</c> is the program.</summary>
    public static Said Script(string folder, string script)
    {
        _ = Built.Value;
        return Run("/bin/sh", ["-c", script], folder);
    }

    public static Said Run(string program, IReadOnlyList<string> arguments, string folder, params (string Name, string Value)[] environment)
    {
        using Process process = Start(program, arguments, folder, environment);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(5)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end");
        }

        return new Said(process.ExitCode, output.Result, error.Result);
    }

    public static Process Start(
        string program,
        IReadOnlyList<string> arguments,
        string folder,
        params (string Name, string Value)[] environment
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.Environment["PIXELMEND"] = Checkout.Launcher;
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
