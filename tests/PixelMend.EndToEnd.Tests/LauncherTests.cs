using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>The launcher: builds once, whoever asks first, and finds its checkout from anywhere.</summary>
public class LauncherTests
{
    private static readonly string[] Sources =
    [
        "src",
        "Directory.Build.props",
        "Directory.Packages.props",
        "global.json",
        ".editorconfig",
        "pixelmend",
    ];

    [Fact]
    public void It_works_through_links_from_any_folder()
    {
        using var folder = new TempFolder();
        Shell.PixelMend(folder.Root, "--version").Succeeded();
        File.CreateSymbolicLink(folder["one"], Checkout.Launcher);
        File.CreateSymbolicLink(folder["two"], "one");
        Assert.Equal(Shell.PixelMend(Checkout.Root, "--version").Out, Shell.Run(folder["two"], ["--version"], "/").Succeeded().Out);
    }

    [Fact]
    public async Task Two_first_calls_at_once_build_once_and_both_run()
    {
        using var folder = new TempFolder();
        CopySources(folder);

        Task<Said>[] calls = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => Shell.Run(folder["pixelmend"], ["--version"], "/")))];
        Said[] said = await Task.WhenAll(calls);

        Assert.All(said, s => Assert.Equal(0, s.ExitCode));
        Assert.Equal(said[0].Out, said[1].Out);
        Assert.Single(said.SelectMany(s => s.ErrorLines), line => line.Contains("building", StringComparison.Ordinal));
        Assert.Empty(Shell.Run(folder["pixelmend"], ["--version"], "/").Succeeded().Error);
    }

    [Fact]
    public void A_missing_sdk_is_said_in_one_line()
    {
        using var folder = new TempFolder();
        CopySources(folder);
        Directory.CreateDirectory(folder["bin"]);
        foreach (string tool in new[] { "sh", "readlink", "find", "cksum", "tr", "mkdir", "flock" })
        {
            string path = new[] { "/bin", "/usr/bin" }.Select(d => Path.Combine(d, tool)).First(File.Exists);
            File.CreateSymbolicLink(folder[$"bin/{tool}"], path);
        }

        Shell.Run(folder["pixelmend"], ["--version"], "/", ("PATH", folder["bin"])).Failed(4, "SDK");
    }

    private static void CopySources(TempFolder folder)
    {
        string script = string.Join(
            "; ",
            Sources.Select(s => $"tar -C '{Checkout.Root}' --exclude=bin --exclude=obj -cf - {s} | tar -C '{folder.Root}' -xf -")
        );
        Shell.Run("/bin/sh", ["-ec", script], folder.Root).Succeeded();
    }
}
