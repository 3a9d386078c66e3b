using System.Diagnostics;
using Xunit;

namespace PixelMend.Formats.Tests;

/// <summary>Independent readers: one run of python3 with numpy and astropy for a whole table of files.</summary>
internal static class Python
{
    private static readonly Lazy<string?> Interpreter = new(Find);

    /// <summary>Runs a script of the folder Scripts with arguments and returns its lines. Skipped by name where python3 or a library is missing, but failed where CI is set.</summary>
    public static string[] Run(string script, params IEnumerable<string> arguments)
    {
        if (Interpreter.Value is not string interpreter)
        {
            const string Missing = "python3 with numpy and astropy is missing";
            Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), Missing);
            throw new InvalidOperationException(Missing);
        }

        (int code, string output, string errors) = Start(
            interpreter,
            [Path.Combine(AppContext.BaseDirectory, "Scripts", script), .. arguments]
        );
        Assert.True(code == 0, errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>The first interpreter that has the libraries: several may be installed.</summary>
    private static string? Find()
    {
        string?[] candidates = [Environment.GetEnvironmentVariable("PIXELMEND_PYTHON"), "python3", "/usr/bin/python3"];
        return candidates.FirstOrDefault(c => c is not null && HasLibraries(c));
    }

    private static bool HasLibraries(string interpreter)
    {
        try
        {
            return Start(interpreter, ["-c", "import numpy, astropy.io.fits"]).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static (int Code, string Output, string Errors) Start(string interpreter, IEnumerable<string> arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(interpreter, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
