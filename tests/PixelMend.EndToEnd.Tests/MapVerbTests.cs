using System.Text.Json;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>The verbs on maps and memories, as a user calls them.</summary>
public class MapVerbTests
{
    private const string Small = "# geometry 20x10\nx,y,kind\n3,4,hot\n4,4,hot\n7,8,dead\n";

    /// <summary>Every format that is written, there and back.</summary>
    [Theory]
    [InlineData("json")]
    [InlineData("badpixels")]
    [InlineData("lst")]
    [InlineData("fpm")]
    [InlineData("txt")]
    [InlineData("fits")]
    [InlineData("png")]
    [InlineData("tif")]
    [InlineData("pgm")]
    [InlineData("bin")]
    public void Convert_keeps_every_place(string extension)
    {
        using var folder = With(("a.csv", Small));
        Run(folder, "map convert a.csv", $"--out there.{extension}").Succeeded();
        Run(folder, $"map convert there.{extension}", "--out back.csv", "--size 20x10").Succeeded();
        string[] places =
        [
            .. File.ReadLines(folder["back.csv"]).Where(l => char.IsDigit(l[0])).Select(l => string.Join(',', l.Split(',')[..2])),
        ];
        Assert.Equal(["3,4", "4,4", "7,8"], places);
    }

    [Fact]
    public void A_list_without_a_size_needs_none_where_none_is_written()
    {
        using var folder = With(("a.badpixels", "3 4 0\n7 8 0\n"));
        Run(folder, "map convert a.badpixels", "--offset 2,-1", "--out a.csv").Succeeded();
        string text = File.ReadAllText(folder["a.csv"]);
        Assert.Contains("\n5,3,unknown,0,1\n9,7,unknown,0,1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("geometry", text, StringComparison.Ordinal);
        Run(folder, "map convert a.badpixels", "--out a.png").Failed(2, "--size");
        Run(folder, "map convert a.badpixels", "--origin active", "--out b.csv").Failed(2, "--frame");
        Run(folder, "map convert a.badpixels", "--out a.dng").Failed(2, "--opcodes");
    }

    [Fact]
    public void Dialects_are_chosen_for_the_output()
    {
        using var folder = With(("a.badpixels", "3 4 0\n"));
        Run(folder, "map convert a.badpixels", "--dialect rawtherapee", "--out b.badpixels").Succeeded();
        Assert.Equal("3 4\n", File.ReadAllText(folder["b.badpixels"]));
    }

    [Fact]
    public void Diff_tells_what_became_of_a_sensor_by_its_exit_code()
    {
        using var folder = With(("a.csv", Small), ("b.csv", "x,y,kind\n3,4,hot\n4,4,hot+noisy\n9,9,warm\n"));
        Run(folder, "map diff a.csv a.csv").Succeeded();
        Said said = Run(folder, "map diff a.csv b.csv", "--json");
        Assert.Equal(1, said.ExitCode);
        JsonElement root = JsonDocument.Parse(said.Out).RootElement;
        Assert.Equal(9, root.GetProperty("new")[0].GetProperty("x").GetInt32());
        Assert.Equal("dead", root.GetProperty("gone")[0].GetProperty("kind").GetString());
        Assert.Equal("hot+noisy", root.GetProperty("changed")[0].GetProperty("after").GetString());
        Assert.Equal((1, 1, 1, 1), (Length("new"), Length("gone"), Length("changed"), root.GetProperty("same").GetInt32()));

        int Length(string name) => root.GetProperty(name).GetArrayLength();
    }

    [Theory]
    [InlineData("union", 5)]
    [InlineData("majority", 2)]
    [InlineData("intersection", 1)]
    public void Merge_keeps_what_its_mode_says(string mode, int expected)
    {
        using var folder = With(("a.csv", Small), ("b.csv", "x,y\n3,4\n7,8\n1,1\n"), ("c.csv", "x,y\n3,4\n2,2\n"));
        Run(folder, "map merge a.csv b.csv c.csv", $"--mode {mode}", "--out m.json").Succeeded();
        JsonElement map = JsonDocument.Parse(File.ReadAllText(folder["m.json"])).RootElement;
        Assert.Equal(expected, map.GetProperty("points").GetArrayLength());
    }

    [Fact]
    public void Ageing_drops_what_was_long_not_seen()
    {
        const string Map =
            "{\"format\":\"pixelmend-defect-map\",\"version\":1,\"geometry\":{\"width\":9,\"height\":9},\"points\":["
            + "{\"x\":1,\"y\":1,\"lastSeen\":\"2020-05-01T00:00:00Z\"},{\"x\":2,\"y\":2,\"lastSeen\":\"2024-05-01T00:00:00Z\"},{\"x\":3,\"y\":3}]}";
        using var folder = With(("a.json", Map));
        Run(folder, "map merge a.json", "--seen-since 2024-01-01", "--out b.csv").Succeeded();
        Assert.Equal(["2,2", "3,3"], File.ReadLines(folder["b.csv"]).Where(l => char.IsDigit(l[0])).Select(l => l[..3]));
    }

    [Theory]
    [InlineData("{\"largestCluster\": 2}", 0)]
    [InlineData("{\"largestCluster\": 1, \"mostClusters\": 0}", 0)]
    [InlineData("{\"zones\": [{\"share\": 0.5, \"mostPhotosites\": 0}, {\"mostOfKind\": {\"hot\": 1, \"dead\": 1}}]}", 1)]
    [InlineData("{\"zones\": [{\"mostOfKind\": {\"hot\": 2, \"dead\": 1}}], \"mostColumns\": 0, \"mostRows\": 0}", 0)]
    [InlineData("{\"mostClumps\": 1}", 3)]
    [InlineData("{}", 3)]
    public void Grade_passes_or_fails(string specification, int expected)
    {
        using var folder = With(("a.csv", Small), ("spec.json", specification));
        Assert.Equal(expected, Run(folder, "map grade a.csv", "--spec spec.json").ExitCode);
    }

    [Fact]
    public void Show_counts_kinds_and_clusters()
    {
        using var folder = With(("a.csv", Small));
        Run(folder, "map show a.csv").Succeeded();
        JsonElement root = JsonDocument.Parse(Run(folder, "map show a.csv", "--json").Succeeded().Out).RootElement;
        Assert.Equal(2, root.GetProperty("byKind").GetProperty("hot").GetInt32());
        Assert.Equal(
            [(1, 1), (2, 1)],
            root.GetProperty("clusters").EnumerateArray().Select(c => (c.GetProperty("size").GetInt32(), c.GetProperty("count").GetInt32()))
        );
    }

    [Fact]
    public void A_memory_is_packed_programmed_read_and_repairs_by_itself()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        Run(folder, $"detect a.raw --raw {Dump.Spec}", "--out map.csv").Succeeded();
        Run(folder, "otp pack map.csv", "--size 2048", "--out sensor.otp.bin").Succeeded();
        Run(folder, $"correct a.raw --raw {Dump.Spec}", "--no-dynamic --map map.csv --out by-map.raw").Succeeded();
        Run(folder, $"correct a.raw --raw {Dump.Spec}", "--no-dynamic --map sensor.otp.bin --out by-otp.raw").Succeeded();
        Assert.Equal(File.ReadAllBytes(folder["by-map.raw"]), File.ReadAllBytes(folder["by-otp.raw"]));

        File.WriteAllText(folder["new.csv"], "x,y,kind\n1,1,telegraph\n");
        Run(folder, "otp program sensor.otp.bin new.csv", "--out later.otp.bin").Succeeded();
        Run(folder, "otp read later.otp.bin", "--out later.csv").Succeeded();
        Run(folder, "map diff later.csv later.otp.bin").Succeeded();
        Assert.Contains("1,1,telegraph", File.ReadAllText(folder["later.csv"]), StringComparison.Ordinal);
        byte[] before = File.ReadAllBytes(folder["sensor.otp.bin"]);
        byte[] after = File.ReadAllBytes(folder["later.otp.bin"]);
        Assert.Equal(2048, after.Length);
        Assert.All(before.Zip(after), p => Assert.Equal(p.Second, p.First & p.Second));
        Run(folder, "otp pack new.csv", "--size 2048 --out b.bin").Failed(2, "--width");
        Run(folder, "otp read map.csv", "--out c.csv").Failed(3, "map.csv");
    }

    private static TempFolder With(params ReadOnlySpan<(string Name, string Text)> files)
    {
        var folder = new TempFolder();
        foreach ((string name, string text) in files)
        {
            File.WriteAllText(folder[name], text);
        }

        return folder;
    }

    private static Said Run(TempFolder folder, params IEnumerable<string> words) =>
        Shell.PixelMend(folder.Root, [.. words.SelectMany(w => w.Split(' '))]);
}
