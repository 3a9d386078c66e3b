using System.Diagnostics;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>Ctrl-C in the middle of the work.</summary>
public class InterruptTests
{
    private const int Side = 1200;

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void A_signal_leaves_whole_files_or_none(string signal)
    {
        using var folder = new TempFolder();
        string[] names = [.. Enumerable.Range(0, 12).Select(i => $"f{i:00}.raw")];
        byte[] frame = Dump.Make(seed: 1, Side, Side);
        foreach (string name in names)
        {
            File.WriteAllBytes(folder[name], frame);
        }

        Shell.PixelMend(folder.Root, "--version").Succeeded();
        using Process process = Shell.Start(
            Checkout.Launcher,
            ["correct", .. names, "--raw", Dump.SpecFor(Side, Side), "--threads", "1"],
            folder.Root
        );
        // The first result says that the work is under way; eleven more files are to come.
        Assert.NotNull(process.StandardOutput.ReadLine());
        Assert.Equal(0, Shell.Run("/bin/kill", [$"-{signal}", $"{process.Id}"], folder.Root).ExitCode);
        string error = process.StandardError.ReadToEnd();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(130, process.ExitCode);
        Assert.Equal("pixelmend: interrupted; files not finished were not written\n", error);
        string[] outputs = [.. folder.Names().Except(names)];
        Assert.InRange(outputs.Length, 1, names.Length - 1);
        Assert.All(outputs, name => Assert.Matches(@"^f\d\d\.mended\.raw$", name));
        Assert.All(outputs, name => Assert.Equal(frame.Length, new FileInfo(folder[name]).Length));
    }
}
