using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>What the program says about itself.</summary>
public partial class HelpTests
{
    [Fact]
    public void Help_lists_the_verbs_that_exist()
    {
        Said said = Shell.PixelMend(Checkout.Root, "--help").Succeeded();
        string commands = said.Out[said.Out.IndexOf("Commands:", StringComparison.Ordinal)..];
        Assert.Equal(
            ["correct", "detect", "calibrate", "learn", "simulate", "evaluate", "stream", "map", "otp", "formats", "algorithms"],
            FirstWords().Matches(commands).Select(m => m.Value)
        );
    }

    [Fact]
    public void Help_of_correct_lists_the_options_that_exist()
    {
        Said said = Shell.PixelMend(Checkout.Root, "correct", "--help").Succeeded();
        string[] options = [.. Options().Matches(said.Out).Select(m => m.Value).Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "--cfa",
                "--corrector",
                "--delta",
                "--detector",
                "--dialect",
                "--dry-run",
                "--endian",
                "--flip",
                "--force",
                "--hdu",
                "--in-kind",
                "--json",
                "--map",
                "--no-dynamic",
                "--no-map",
                "--offset",
                "--opcodes",
                "--origin",
                "--out",
                "--quiet",
                "--raw",
                "--report",
                "--sensitivity",
                "--sequence",
                "--set",
                "--threads",
            ],
            options
        );
    }

    [Fact]
    public void Version_is_one_line() => Assert.Matches(@"^\d+\.\d+\.\d+\n$", Shell.PixelMend(Checkout.Root, "--version").Succeeded().Out);

    [Fact]
    public void Formats_are_listed_alike_as_text_and_json()
    {
        string text = Shell.PixelMend(Checkout.Root, "formats").Succeeded().Out;
        JsonElement root = JsonDocument.Parse(Shell.PixelMend(Checkout.Root, "formats", "--json").Succeeded().Out).RootElement;
        string[] names =
        [
            .. root.GetProperty("frames")
                .EnumerateArray()
                .Concat(root.GetProperty("maps").EnumerateArray())
                .Select(f => f.GetProperty("name").GetString()!),
        ];
        Assert.Contains("raw dump", names);
        // Names may be broken into lines, each at the left of its table.
        string left = string.Join(' ', text.Split('\n').Where(l => l.StartsWith('│')).Select(l => l.Split('│')[1].Trim()));
        Assert.All(names, name => Assert.Contains(name, left, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_format_has_its_page()
    {
        JsonElement root = JsonDocument.Parse(Shell.PixelMend(Checkout.Root, "formats", "--json").Succeeded().Out).RootElement;
        JsonElement[] formats = [.. root.GetProperty("frames").EnumerateArray(), .. root.GetProperty("maps").EnumerateArray()];
        Assert.All(
            formats,
            f =>
            {
                string page = File.ReadAllText(Path.Combine(Checkout.Root, f.GetProperty("page").GetString()!));
                Assert.StartsWith("# ", page, StringComparison.Ordinal);
                Assert.Contains(f.GetProperty("name").GetString()!.Split(' ')[0], page, StringComparison.OrdinalIgnoreCase);
                Assert.Matches(@"^(PixelMend|LibRaw)\b", f.GetProperty("part").GetString());
            }
        );
    }

    [Fact]
    public void Every_algorithm_listed_runs_and_every_default_is_in_its_range()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        JsonElement root = JsonDocument.Parse(Shell.PixelMend(folder.Root, "algorithms", "--json").Succeeded().Out).RootElement;
        foreach ((string list, string option) in new[] { ("detectors", "--detector"), ("correctors", "--corrector") })
        {
            Assert.Single(root.GetProperty(list).EnumerateArray(), a => a.GetProperty("isDefault").GetBoolean());
            foreach (JsonElement algorithm in root.GetProperty(list).EnumerateArray())
            {
                string name = algorithm.GetProperty("name").GetString()!;
                IEnumerable<string> sets = algorithm
                    .GetProperty("parameters")
                    .EnumerateArray()
                    .SelectMany(p => new[] { "--set", $"{p.GetProperty("name").GetString()}={p.GetProperty("default").GetDouble():R}" });
                Shell.PixelMend(folder.Root, ["correct", "a.raw", "--raw", Dump.Spec, "--dry-run", option, name, .. sets]).Succeeded();
            }
        }
    }

    [GeneratedRegex(@"(?<=^  )[a-z]+(?= )", RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex FirstWords();

    [GeneratedRegex(@"(?<=^  )--[a-z-]+", RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Options();
}
