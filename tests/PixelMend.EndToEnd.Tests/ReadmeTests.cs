using System.Text.RegularExpressions;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>The README's commands do what it says: each block marked <c>sh</c> runs as written, in a folder that looks like the checkout.</summary>
public partial class ReadmeTests
{
    [Fact]
    public void Commands_run_as_written()
    {
        string readme = File.ReadAllText(Path.Combine(Checkout.Root, "README.md"));
        string[] blocks = [.. Blocks().Matches(readme).Select(m => m.Value)];
        Assert.True(blocks.Length >= 2);
        Shell.PixelMend(Checkout.Root, "--version").Succeeded();

        using var folder = new TempFolder();
        File.CreateSymbolicLink(folder["pixelmend"], Checkout.Launcher);
        Directory.CreateDirectory(folder["samples"]);
        foreach (string sample in Directory.EnumerateFiles(Path.Combine(Checkout.Root, "samples")).Where(s => !s.Contains(".mended.")))
        {
            File.Copy(sample, folder[$"samples/{Path.GetFileName(sample)}"]);
        }

        // One after the other: a later block may use what an earlier one made.
        foreach (string block in blocks)
        {
            Said said = Shell.Run("/bin/sh", ["-eu", "-c", block], folder.Root);
            Assert.True(said.ExitCode == 0, $"{block}\n{said.Error}");
        }
    }

    [Fact]
    public void Every_verb_and_option_named_exists()
    {
        string readme = File.ReadAllText(Path.Combine(Checkout.Root, "README.md"));
        string help = string.Concat(
            new[]
            {
                "correct",
                "detect",
                "calibrate",
                "simulate",
                "evaluate",
                "map show",
                "map convert",
                "map merge",
                "map diff",
                "map grade",
                "otp pack",
                "otp program",
                "otp read",
                "formats",
                "algorithms",
            }.Select(v => Shell.PixelMend(Checkout.Root, [.. v.Split(' '), "--help"]).Out)
        );
        string[] options =
        [
            .. Code().Matches(readme).SelectMany(m => OptionNames().Matches(m.Value)).Select(m => m.Value).Distinct(StringComparer.Ordinal),
        ];
        Assert.NotEmpty(options);
        Assert.All(options, option => Assert.Contains($" {option}", help + " --version --help", StringComparison.Ordinal));
    }

    [GeneratedRegex("(?<=^```sh\n).*?(?=^```)", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Blocks();

    [GeneratedRegex("`[^`\n]+`", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Code();

    [GeneratedRegex("--[a-z][a-z-]+", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex OptionNames();
}
