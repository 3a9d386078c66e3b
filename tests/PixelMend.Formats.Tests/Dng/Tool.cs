using System.Diagnostics;
using Xunit;

namespace PixelMend.Formats.Tests.Dng;

/// <summary>Other people's programs that read DNG: independent witnesses.</summary>
internal static class Tool
{
    /// <summary>Runs a program; skipped by name where it is missing, but failed where CI is set.</summary>
    public static (int Code, byte[] Output, string Errors) Run(string program, params string[] arguments) =>
        RunIn(new Dictionary<string, string>(), program, arguments);

    /// <summary>The same with variables of its environment set.</summary>
    public static (int Code, byte[] Output, string Errors) RunIn(
        IReadOnlyDictionary<string, string> environment,
        string program,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), $"{program} is missing");
            throw;
        }

        using (process)
        {
            Task<string> errors = process.StandardError.ReadToEndAsync();
            using var output = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(output);
            process.WaitForExit();
            return (process.ExitCode, output.ToArray(), errors.Result);
        }
    }

    /// <summary>The whole sensor as dcraw sees it: linear samples, neither scaled nor turned.</summary>
    public static (int Width, int Height, ushort[] Samples) Dcraw(string path)
    {
        (_, byte[] pgm, string errors) = Run("dcraw", "-E", "-4", "-t", "0", "-c", path);
        return Pgm(pgm, errors);
    }

    /// <summary>The whole sensor as LibRaw's <c>unprocessed_raw</c> stores it: codes after the linearisation table, masked borders included.</summary>
    public static (int Width, int Height, ushort[] Samples) LibRaw(string path)
    {
        // It writes beside its input, and the real files lie in a folder that is only read.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pixelmend-libraw-");
        try
        {
            string copy = Path.Combine(folder.FullName, "frame.dng");
            File.WriteAllBytes(copy, File.ReadAllBytes(path));
            (_, byte[] output, string errors) = Run("unprocessed_raw", copy);
            string written = copy + ".pgm";
            Assert.True(File.Exists(written), errors + System.Text.Encoding.UTF8.GetString(output));
            return Pgm(File.ReadAllBytes(written), errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (int Width, int Height, ushort[] Samples) Pgm(byte[] pgm, string errors)
    {
        Assert.True(pgm.AsSpan().StartsWith("P5\n"u8), errors);
        string[] header = System.Text.Encoding.ASCII.GetString(pgm, 0, Math.Min(pgm.Length, 40)).Split('\n');
        int start = header[0].Length + header[1].Length + header[2].Length + 3;
        int[] size = [.. header[1].Split(' ').Select(int.Parse)];
        var samples = new ushort[size[0] * size[1]];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (ushort)((pgm[start + (2 * i)] << 8) | pgm[start + (2 * i) + 1]);
        }

        return (size[0], size[1], samples);
    }

    /// <summary>The largest page of a TIFF-like file as tifffile sees it: codes or float bits, little-endian.</summary>
    public static byte[] Tifffile(string path)
    {
        const string Script =
            "import sys,tifffile\n"
            + "with tifffile.TiffFile(sys.argv[1]) as t:\n"
            + "  p=max(t.pages,key=lambda p:p.size); a=p.asarray()\n"
            + "sys.stdout.buffer.write(a.astype(a.dtype.newbyteorder('<')).tobytes())\n";
        string python =
            Environment.GetEnvironmentVariable("PIXELMEND_PYTHON") ?? (File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3");
        (int code, byte[] bytes, string errors) = Run(python, "-c", Script, path);
        Assert.SkipWhen(
            code != 0 && errors.Contains("No module named") && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")),
            "python3 with tifffile is missing"
        );
        Assert.True(code == 0, errors);
        return bytes;
    }

    /// <summary>What exiftool's validation complains about, sorted.</summary>
    public static string[] Warnings(string path)
    {
        (_, byte[] output, _) = Run("exiftool", "-validate", "-warning", "-error", "-a", "-s", path);
        return Lines(output);
    }

    /// <summary>Every field that exiftool finds, with its group, sorted.</summary>
    public static string[] Fields(string path)
    {
        (_, byte[] output, _) = Run(
            "exiftool",
            "-a",
            "-G1",
            "-s",
            "-u",
            "-U",
            "-n",
            "--System:all",
            "--ExifTool:all",
            "--Composite:all",
            path
        );
        return Lines(output);
    }

    private static string[] Lines(byte[] output) =>
        [.. System.Text.Encoding.UTF8.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
}

/// <summary>A file that exists for the length of a test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(byte[] content, string extension)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"pixelmend-{Guid.NewGuid():N}{extension}");
        File.WriteAllBytes(Path, content);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}

/// <summary>A folder that exists for the length of a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("pixelmend-").FullName;

    /// <summary>The full path of a name in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
