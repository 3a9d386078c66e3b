using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>Evaluations: every algorithm takes part, figures agree with each other, and the same seeds give the same.</summary>
public partial class EvaluateTests
{
    [Fact]
    public void Every_algorithm_takes_part_and_figures_agree()
    {
        using var folder = Frames();
        JsonElement root = Evaluate(folder, "a.raw", "b.raw", "--preset", "isolated", "--density", "5e-3", "--seed", "1", "--seed", "2");

        JsonElement settings = root.GetProperty("settings");
        Assert.Equal("isolated", settings.GetProperty("preset").GetString());
        Assert.Equal([1, 2], settings.GetProperty("seeds").EnumerateArray().Select(s => s.GetInt32()));
        JsonElement algorithms = JsonDocument.Parse(Shell.PixelMend(folder.Root, "algorithms", "--json").Succeeded().Out).RootElement;
        foreach (string list in new[] { "detectors", "correctors" })
        {
            string[] registered = Names(algorithms.GetProperty(list));
            Assert.Equal(registered, Names(root.GetProperty(list)));
            Assert.All(Trials(root), t => Assert.Equal(registered, Names(t.GetProperty(list))));
        }

        Assert.Equal(4, Trials(root).Count());
        foreach (JsonElement trial in Trials(root))
        {
            Assert.Equal(Dump.Width * Dump.Height / 200, trial.GetProperty("injected").GetInt32());
            foreach (JsonElement detector in trial.GetProperty("detectors").EnumerateArray())
            {
                double sites = Number(detector, "sites");
                double found = Number(detector, "found");
                double wrong = Number(detector, "falseAlarms");
                Assert.Equal(Number(trial, "injected") - Number(trial, "ignored"), sites);
                Assert.Equal(found / sites, Number(detector, "recall"), 12);
                Assert.Equal(found / (found + wrong), Number(detector, "precision"), 12);
                Assert.Equal(2 * found / (found + wrong + sites), Number(detector, "f1"), 12);
                Assert.Equal(wrong * 1e6 / (Dump.Width * Dump.Height), Number(detector, "falseAlarmsPerMegapixel"), 6);
                Assert.InRange(Number(detector, "recallAt1"), 0, Number(detector, "recallAt10"));
                Assert.InRange(Number(detector, "recallAt10"), 0, Number(detector, "recall"));
                Assert.Equal(found, detector.GetProperty("strata").EnumerateArray().Sum(s => Number(s, "found")));
            }

            Assert.All(trial.GetProperty("correctors").EnumerateArray(), c => Assert.Equal(0, Number(c, "damaged")));
        }

        JsonElement f1 = root.GetProperty("detectors")[0].GetProperty("f1");
        double[] single = [.. Trials(root).Select(t => Number(t.GetProperty("detectors")[0], "f1"))];
        Assert.Equal(single.Average(), Number(f1, "mean"), 12);
        Assert.InRange(Number(f1, "mean"), Number(f1, "low"), Number(f1, "high"));
        Assert.Equal(0, root.GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public void The_same_seeds_give_the_same_figures_on_any_number_of_threads()
    {
        using var folder = Frames();
        string[] line = ["a.raw", "--preset", "full", "--density", "1e-2"];
        Assert.True(JsonNode.DeepEquals(WithoutTimes(Evaluate(folder, line)), WithoutTimes(Evaluate(folder, [.. line, "--threads", "1"]))));
    }

    [Fact]
    public void Natural_defects_are_judged_unless_a_map_proves_them()
    {
        using var folder = Frames();
        File.WriteAllLines(folder["known.csv"], ["x,y", .. Dump.Planted.Select(p => $"{p.X},{p.Y}")]);
        double without = FalseAlarms(Evaluate(folder, "a.raw"));
        JsonElement root = Evaluate(folder, "a.raw", "--known", "known.csv");
        Assert.Equal(without - Dump.Planted.Count, FalseAlarms(root));
        Assert.InRange(Trials(root).Single().GetProperty("ignored").GetInt32(), Dump.Planted.Count, 20);
    }

    [Fact]
    public void A_bad_file_does_not_stop_the_others()
    {
        using var folder = Frames();
        File.WriteAllBytes(folder["c.raw"], [1, 2, 3]);
        Said said = Shell.PixelMend(folder.Root, "evaluate", "c.raw", "a.raw", "--raw", Dump.Spec, "--json").Failed(3, "c.raw");
        JsonElement root = JsonDocument.Parse(said.Out).RootElement;
        Assert.Equal(3, root.GetProperty("exitCode").GetInt32());
        Assert.Equal(3, root.GetProperty("files")[0].GetProperty("error").GetProperty("code").GetInt32());
        Assert.Single(Trials(root));
    }

    [Fact]
    public void The_page_needs_nothing_else_and_the_json_report_is_the_summary()
    {
        using var folder = Frames();
        string[] line = ["evaluate", "a.raw", "b.raw", "--raw", Dump.Spec, "--preset", "full", "--density", "1e-2"];
        string text = Shell.PixelMend(folder.Root, [.. line, "--report", "r.html"]).Succeeded().Out;
        Assert.All(new[] { "model", "ring-threshold", "ring-mean", "By kind", "By shape" }, word => Assert.Contains(word, text));

        string page = File.ReadAllText(folder["r.html"]);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.All(
            Links().Matches(page),
            m => Assert.StartsWith("data:image/png;base64,", m.Groups["link"].Value, StringComparison.Ordinal)
        );
        Assert.Equal(2, Curves().Count(page));
        Assert.Contains("Worst misses", page, StringComparison.Ordinal);
        Assert.Contains("Worst false alarms", page, StringComparison.Ordinal);

        string json = Shell.PixelMend(folder.Root, [.. line, "--report", "r.json", "--json"]).Succeeded().Out;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(File.ReadAllText(folder["r.json"]))));
    }

    private static TempFolder Frames()
    {
        var folder = new TempFolder();
        Dump.Write(folder["a.raw"], seed: 1);
        Dump.Write(folder["b.raw"], seed: 2);
        return folder;
    }

    private static JsonElement Evaluate(TempFolder folder, params string[] arguments) =>
        JsonDocument
            .Parse(Shell.PixelMend(folder.Root, ["evaluate", .. arguments, "--raw", Dump.Spec, "--json"]).Succeeded().Out)
            .RootElement;

    private static IEnumerable<JsonElement> Trials(JsonElement root) =>
        root.GetProperty("files").EnumerateArray().SelectMany(f => f.GetProperty("trials").EnumerateArray());

    private static string[] Names(JsonElement list) => [.. list.EnumerateArray().Select(a => a.GetProperty("name").GetString()!)];

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private static double FalseAlarms(JsonElement root) => Number(Trials(root).Single().GetProperty("detectors")[0], "falseAlarms");

    private static JsonNode? WithoutTimes(JsonElement root) => JsonNode.Parse(Times().Replace(root.GetRawText(), "0"));

    /// <summary>Figures of single trials are numbers, those over frames have a mean.</summary>
    [GeneratedRegex("(?<=\"seconds\": )(?:[0-9.E-]+|\\{[^}]*\\})", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Times();

    [GeneratedRegex("""(src|href)="(?<link>[^"#][^"]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Links();

    [GeneratedRegex("<path d=\"M[^\"]+L", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Curves();
}
