using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using PixelMend.Formats.Dng;

namespace PixelMend.Speed;

/// <summary>Whole runs of the program, from the launcher on, on files in memory where the system has such a folder.</summary>
public class ProcessBenchmarks
{
    private string folder = string.Empty;

    /// <summary>Writes the inputs.</summary>
    [GlobalSetup]
    public void Setup()
    {
        folder = Directory.CreateTempSubdirectory("speed-").FullName;
        Write("plain.dng", new DngFormat());
        Write("jpeg.dng", new DngFormat { WriteOptions = new DngWriteOptions { LosslessJpeg = true } });
    }

    /// <summary>Removes them.</summary>
    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(folder, recursive: true);

    /// <summary>Starts a process that does nothing.</summary>
    [Benchmark(Baseline = true, Description = "/bin/true")]
    public void Nothing() => Run("/bin/true");

    /// <summary>Start-up.</summary>
    [Benchmark(Description = "pixelmend --help")]
    public void Help() => Run(Checkout.Launcher, "--help");

    /// <summary>A whole file, 14 bits packed.</summary>
    [Benchmark(Description = "correct, 16 MP, DNG uncompressed")]
    public void CorrectPlain() => Correct("plain.dng");

    /// <summary>A whole file, lossless JPEG.</summary>
    [Benchmark(Description = "correct, 16 MP, DNG lossless JPEG")]
    public void CorrectJpeg() => Correct("jpeg.dng");

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It fails.</exception>
    internal static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false }
        )!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    private void Correct(string name) =>
        Run(Checkout.Launcher, "correct", Path.Combine(folder, name), "--out", Path.Combine(folder, "out.dng"), "--force", "--quiet");

    private void Write(string name, DngFormat format)
    {
        using FileStream file = File.Create(Path.Combine(folder, name));
        format.Write(SpeedFrames.Of(16), file);
    }
}
