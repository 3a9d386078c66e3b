using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>The report: complete in itself, safe against names, and of one mind with the JSON.</summary>
public partial class ReportTests
{
    private const string Evil = "<img src=x onerror=alert(1)>&\".raw";

    [Fact]
    public void The_page_needs_nothing_else_and_escapes_names()
    {
        using var folder = new TempFolder();
        Dump.Write(folder[Evil]);

        Said said = Shell.PixelMend(folder.Root, "correct", Evil, "--raw", Dump.Spec, "--report", "r.html", "--json").Succeeded();

        string page = File.ReadAllText(folder["r.html"]);
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;&amp;&quot;.raw", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", page, StringComparison.OrdinalIgnoreCase);
        Assert.All(
            Links().Matches(page),
            m => Assert.StartsWith("data:image/png;base64,", m.Groups["link"].Value, StringComparison.Ordinal)
        );
        JsonElement file = JsonDocument.Parse(said.Out).RootElement.GetProperty("files")[0];
        int hot = file.GetProperty("defects").GetProperty("byKind").GetProperty("hot").GetInt32();
        Assert.Matches($">hot</text><rect [^>]*/><text [^>]*>{hot}</text>", page);
    }

    [Fact]
    public void Crops_before_and_after_differ_where_repairs_are_and_nowhere_else()
    {
        using var folder = new TempFolder();
        byte[] input = Dump.Write(folder["a.raw"]);
        Shell.PixelMend(folder.Root, "correct", "a.raw", "--raw", Dump.Spec, "--report", "r.html", "--quiet").Succeeded();
        HashSet<(int X, int Y)> changed = [.. Dump.Differences(input, File.ReadAllBytes(folder["a.mended.raw"]))];
        string page = File.ReadAllText(folder["r.html"]);

        MatchCollection figures = Crops().Matches(page);
        Assert.InRange(figures.Count, Dump.Planted.Count, 20);
        foreach (Match figure in figures)
        {
            // Colour before and after, then the mosaic before and after.
            Png[] pictures =
            [
                .. Links()
                    .Matches(figure.Groups["pictures"].Value)
                    .Select(m => Png.Decode(Convert.FromBase64String(m.Groups["link"].Value[22..]))),
            ];
            Assert.Equal(4, pictures.Length);
            (int x, int y) = (int.Parse(figure.Groups["x"].Value), int.Parse(figure.Groups["y"].Value));
            int left = Math.Clamp(x - 10, 0, Dump.Width - 21);
            int top = Math.Clamp(y - 10, 0, Dump.Height - 21);
            (int X, int Y)[] differing = [.. pictures[2].Differences(pictures[3]).Select(p => (p.X + left, p.Y + top))];
            Assert.Contains((x, y), differing);
            Assert.All(differing, p => Assert.Contains(p, changed));
        }
    }

    [Fact]
    public void The_json_report_agrees_with_the_summary()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        File.WriteAllBytes(folder["b.raw"], [1, 2, 3]);

        Said said = Shell.PixelMend(
            folder.Root,
            "correct",
            "a.raw",
            "b.raw",
            "--raw",
            Dump.Spec,
            "--dry-run",
            "--json",
            "--report",
            "r.json"
        );

        Assert.Equal(3, said.ExitCode);
        JsonElement report = JsonDocument.Parse(File.ReadAllBytes(folder["r.json"])).RootElement;
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(said.Out).RootElement, report.GetProperty("summary")));
        JsonElement findings = Assert.Single(report.GetProperty("findings").EnumerateArray()).GetProperty("findings");
        JsonElement[] worst = [.. findings.GetProperty("worst").EnumerateArray()];
        float[] severities = [.. worst.Select(w => w.GetProperty("severity").GetSingle())];
        Assert.Equal(severities.OrderDescending(), severities);
        Assert.All(
            Dump.Planted,
            p => Assert.Contains(worst, w => (w.GetProperty("x").GetInt32(), w.GetProperty("y").GetInt32()) == (p.X, p.Y))
        );
    }

    [GeneratedRegex("""(src|href)="(?<link>[^"#][^"]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Links();

    [GeneratedRegex(
        """<figure class="crop">(?<pictures>.*?)<b>.*?</b> at \((?<x>\d+), (?<y>\d+)\)""",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Crops();
}
