using System.Globalization;
using System.Text.Json;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>The main job as users call it, on dumps whose every byte is known.</summary>
public class CorrectTests
{
    private static readonly string[] Raw = ["--raw", Dump.Spec];

    [Fact]
    public void Planted_defects_go_and_the_input_stays()
    {
        using var folder = new TempFolder();
        byte[] input = Dump.Write(folder["frame.raw"]);

        Said said = Shell.PixelMend(folder.Root, ["correct", "frame.raw", .. Raw]).Succeeded();

        Assert.Equal(input, File.ReadAllBytes(folder["frame.raw"]));
        Assert.Equal(["frame.mended.raw", "frame.raw"], folder.Names());
        byte[] output = File.ReadAllBytes(folder["frame.mended.raw"]);
        Assert.Equal(input.Length, output.Length);
        Assert.All(Dump.Planted, p => Assert.InRange(Dump.Sample(output, p.X, p.Y), 500, 6000));
        Assert.Contains("frame.mended.raw", said.Out, StringComparison.Ordinal);
        Assert.Contains("hot", said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_delta_tells_every_change_and_undoes_them_all()
    {
        using var folder = new TempFolder();
        byte[] input = Dump.Write(folder["frame.raw"]);
        Shell.PixelMend(folder.Root, ["correct", "frame.raw", .. Raw, "--delta", "d.json", "--quiet"]).Succeeded();
        byte[] output = File.ReadAllBytes(folder["frame.mended.raw"]);

        using JsonDocument delta = JsonDocument.Parse(File.ReadAllBytes(folder["d.json"]));
        JsonElement file = delta.RootElement.GetProperty("files")[0];
        var told = new List<(int X, int Y)>();
        foreach (JsonElement change in file.GetProperty("changes").EnumerateArray())
        {
            (int x, int y) = (change.GetProperty("x").GetInt32(), change.GetProperty("y").GetInt32());
            told.Add((x, y));
            Assert.Equal(change.GetProperty("new").GetUInt16(), Dump.Sample(output, x, y));
            BitConverter.TryWriteBytes(output.AsSpan(2 * ((y * Dump.Width) + x)), change.GetProperty("old").GetUInt16());
        }

        Assert.Equal(Dump.Differences(input, File.ReadAllBytes(folder["frame.mended.raw"])), told);
        Assert.Equal(input, output);
        Assert.Equal("frame.raw", file.GetProperty("file").GetString());
        Assert.Equal((Dump.Width, Dump.Height), (file.GetProperty("width").GetInt32(), file.GetProperty("height").GetInt32()));
    }

    [Fact]
    public void A_dry_run_tells_and_writes_nothing()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["frame.raw"]);
        string[] before = folder.Snapshot();

        Said said = Shell.PixelMend(folder.Root, ["correct", "frame.raw", .. Raw, "--dry-run", "--json"]).Succeeded();

        Assert.Equal(before, folder.Snapshot());
        JsonElement file = JsonDocument.Parse(said.Out).RootElement.GetProperty("files")[0];
        Assert.True(file.GetProperty("defects").GetProperty("total").GetInt32() >= Dump.Planted.Count);
        Assert.False(file.TryGetProperty("output", out _));
    }

    [Fact]
    public void Force_replaces_an_output_and_only_force_does()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["frame.raw"]);
        File.WriteAllText(folder["frame.mended.raw"], "mine");

        Shell.PixelMend(folder.Root, ["correct", "frame.raw", .. Raw]).Failed(4, "frame.mended.raw", "--force");
        Assert.Equal("mine", File.ReadAllText(folder["frame.mended.raw"]));

        Shell.PixelMend(folder.Root, ["correct", "frame.raw", .. Raw, "--force", "--quiet"]).Succeeded();
        Assert.Equal(Dump.Width * Dump.Height * 2, new FileInfo(folder["frame.mended.raw"]).Length);
    }

    [Fact]
    public void The_result_does_not_depend_on_threads_nor_on_company()
    {
        using var folder = new TempFolder();
        string[] names = [.. Enumerable.Range(0, 5).Select(i => $"f{i}.raw")];
        for (int i = 0; i < names.Length; i++)
        {
            Dump.Write(folder[names[i]], seed: i);
        }

        Shell.PixelMend(folder.Root, ["correct", .. names, .. Raw, "--threads", "1", "--out", "one/", "--delta", "one.json"]).Succeeded();
        Shell.PixelMend(folder.Root, ["correct", .. names, .. Raw, "--threads", "8", "--out", "many/", "--delta", "many.json"]).Succeeded();
        Shell.PixelMend(folder.Root, ["correct", names[3], .. Raw, "--out", "alone/"]).Succeeded();

        Assert.All(
            names.Select(n => n.Replace(".raw", ".mended.raw", StringComparison.Ordinal)),
            n => Assert.Equal(File.ReadAllBytes(folder[$"one/{n}"]), File.ReadAllBytes(folder[$"many/{n}"]))
        );
        Assert.Equal(File.ReadAllBytes(folder["one/f3.mended.raw"]), File.ReadAllBytes(folder["alone/f3.mended.raw"]));
        Assert.Equal(
            File.ReadAllText(folder["one.json"]).Replace("one/", "many/", StringComparison.Ordinal),
            File.ReadAllText(folder["many.json"])
        );
    }

    [Fact]
    public void One_bad_file_does_not_stop_the_others()
    {
        using var folder = new TempFolder();
        byte[] good = Dump.Write(folder["a.raw"]);
        File.WriteAllBytes(folder["b.raw"], good[..^1]);
        Dump.Write(folder["c.raw"], seed: 3);

        Said said = Shell.PixelMend(folder.Root, ["correct", "a.raw", "b.raw", "missing.raw", "c.raw", .. Raw, "--json"]);

        Assert.Equal(4, said.ExitCode);
        Assert.Equal(2, said.ErrorLines.Length);
        Assert.Contains("b.raw", said.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains("missing.raw", said.ErrorLines[1], StringComparison.Ordinal);
        JsonElement root = JsonDocument.Parse(said.Out).RootElement;
        Assert.Equal(4, root.GetProperty("exitCode").GetInt32());
        Assert.Equal(
            ["a.raw", "b.raw", "missing.raw", "c.raw"],
            root.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("file").GetString())
        );
        Assert.Equal(3, root.GetProperty("files")[1].GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(["a.mended.raw", "a.raw", "b.raw", "c.mended.raw", "c.raw"], folder.Names());
    }

    [Fact]
    public void Patterns_and_folders_bring_in_frames_but_not_own_outputs()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        Dump.Write(folder["b.raw"], seed: 2);
        File.WriteAllText(folder["notes.txt"], "no frame");
        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw]).Succeeded();

        // Expanded by the program; by the shell; from a folder.
        foreach (string[] inputs in new[] { ["*.raw"], ["a.mended.raw", "a.raw", "b.raw"], new[] { "." } })
        {
            Said said = Shell.PixelMend(folder.Root, ["correct", .. inputs, .. Raw, "--dry-run", "--json"]).Succeeded();
            JsonElement root = JsonDocument.Parse(said.Out).RootElement;
            Assert.Equal(
                ["a.raw", "b.raw"],
                root.GetProperty("files").EnumerateArray().Select(f => Path.GetFileName(f.GetProperty("file").GetString()))
            );
            Assert.Equal("a.mended.raw", Path.GetFileName(root.GetProperty("skipped")[0].GetProperty("file").GetString()));
        }

        Said note = Shell.PixelMend(folder.Root, ["correct", "*.raw", .. Raw, "--dry-run"]).Succeeded();
        Assert.Contains("a.mended.raw: skipped", note.Out, StringComparison.Ordinal);
        // Named alone, it is meant.
        Shell.PixelMend(folder.Root, ["correct", "a.mended.raw", .. Raw]).Succeeded();
        Assert.True(File.Exists(folder["a.mended.mended.raw"]));
    }

    [Fact]
    public void A_map_alone_changes_its_photosites_alone()
    {
        using var folder = new TempFolder();
        byte[] input = Dump.Write(folder["frame.raw"]);
        File.WriteAllText(folder["map.csv"], "x,y\n31,20\n120,77\n");

        Shell.PixelMend(folder.Root, ["correct", "frame.raw", .. Raw, "--no-dynamic", "--map", "map.csv"]).Succeeded();

        Assert.Equal([(31, 20), (120, 77)], Dump.Differences(input, File.ReadAllBytes(folder["frame.mended.raw"])));
    }

    [Theory]
    [InlineData("map.csv")]
    [InlineData("map.json")]
    public void A_detected_map_repairs_what_detection_would(string map)
    {
        using var folder = new TempFolder();
        Dump.Write(folder["frame.raw"]);

        Shell.PixelMend(folder.Root, ["detect", "frame.raw", .. Raw, "--out", map]).Succeeded();
        Shell.PixelMend(folder.Root, ["correct", "frame.raw", .. Raw, "--out", "dynamic.raw"]).Succeeded();
        Shell.PixelMend(folder.Root, ["correct", "frame.raw", .. Raw, "--no-dynamic", "--map", map, "--out", "static.raw"]).Succeeded();

        Assert.Equal(File.ReadAllBytes(folder["dynamic.raw"]), File.ReadAllBytes(folder["static.raw"]));
        string text = File.ReadAllText(folder[map]);
        Assert.All(["frame.raw", "pixelmend 0"], word => Assert.Contains(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Several_frames_give_a_map_each()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        Dump.Write(folder["b.raw"], seed: 2);

        Shell.PixelMend(folder.Root, ["detect", "a.raw", "b.raw", .. Raw, "--out", "maps/", "--quiet"]).Succeeded();

        Assert.Equal(["a.raw", "b.raw", "maps", "maps/a.csv", "maps/b.csv"], folder.Names());
    }

    [Fact]
    public void Quiet_is_quiet_and_json_is_json_alone()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        Dump.Write(folder["b.raw"], seed: 2);

        Assert.Empty(Shell.PixelMend(folder.Root, ["correct", "a.raw", "b.raw", .. Raw, "--quiet"]).Succeeded().Out);
        Said said = Shell.PixelMend(folder.Root, ["correct", "*.raw", .. Raw, "--json", "--force"]).Succeeded();
        JsonElement root = JsonDocument.Parse(said.Out).RootElement;
        Assert.Equal("correct", root.GetProperty("verb").GetString());
        JsonElement file = root.GetProperty("files")[0];
        Assert.Equal("a.mended.raw", file.GetProperty("output").GetString());
        Assert.Equal("RGGB", file.GetProperty("frame").GetProperty("cfa").GetString());
        int total = file.GetProperty("defects").GetProperty("total").GetInt32();
        Assert.True(total >= Dump.Planted.Count);
        JsonElement repair = file.GetProperty("repair");
        Assert.Equal(total, repair.GetProperty("repaired").GetInt32() + repair.GetProperty("unreachable").GetInt32());
    }

    [Theory]
    [InlineData("", "link.raw", true)]
    [InlineData("", "link.raw", false)]
    [InlineData("", "./link.raw", true)]
    [InlineData("sub/", "link.raw", true)]
    [InlineData("{0}/", "link.raw", true)]
    public void An_output_that_is_a_link_stays_a_link(string targetFolder, string output, bool exists)
    {
        using var folder = new TempFolder();
        string target = string.Format(CultureInfo.InvariantCulture, targetFolder, folder.Root) + "real.raw";
        Directory.CreateDirectory(folder["sub"]);
        Dump.Write(folder["a.raw"]);
        File.CreateSymbolicLink(folder["link.raw"], target);
        if (exists)
        {
            File.WriteAllText(folder[target], "old");
        }

        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--out", output, "--force"]).Succeeded();

        Assert.Equal(target, new FileInfo(folder["link.raw"]).LinkTarget);
        Assert.Equal(Dump.Width * Dump.Height * 2, new FileInfo(folder[target]).Length);
    }

    [Fact]
    public void A_name_may_be_as_long_as_the_file_system_takes()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        string longest = new string('n', 251) + ".raw";

        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--out", longest]).Succeeded();

        Assert.Equal(["a.raw", longest], folder.Names());
    }

    [Fact]
    public void A_name_without_extension_is_kept_with_its_format()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["frame"]);

        Shell.PixelMend(folder.Root, ["correct", "frame", .. Raw]).Succeeded();

        Assert.Equal(Dump.Width * Dump.Height * 2, new FileInfo(folder["frame.mended"]).Length);
    }

    [Theory]
    [InlineData("[ab].raw", "a.raw b.raw")]
    [InlineData("[!a-b].raw", "].raw c.raw")]
    [InlineData("[]].raw", "].raw")]
    [InlineData("?.raw", "].raw a.raw b.raw c.raw")]
    public void Patterns_are_those_of_the_shell(string pattern, string expected)
    {
        using var folder = new TempFolder();
        foreach (string name in new[] { "a.raw", "b.raw", "c.raw", "].raw" })
        {
            Dump.Write(folder[name]);
        }

        Said said = Shell.PixelMend(folder.Root, ["correct", pattern, .. Raw, "--dry-run", "--json"]).Succeeded();

        JsonElement files = JsonDocument.Parse(said.Out).RootElement.GetProperty("files");
        Assert.Equal(expected, string.Join(' ', files.EnumerateArray().Select(f => f.GetProperty("file").GetString())));
    }

    [Fact]
    public void Names_that_would_confuse_a_terminal_or_a_parser_are_just_names()
    {
        using var folder = new TempFolder();
        string[] names = ["-dash.raw", "@at.raw", "two words.raw", "[x].raw", "bell\u0007.raw", "Größe.raw"];
        foreach (string name in names)
        {
            Dump.Write(folder[name]);
        }

        Said said = Shell.PixelMend(folder.Root, ["correct", .. Raw, "--", .. names]).Succeeded();

        Assert.DoesNotContain('\u0007', said.Out);
        Assert.Equal(names.Length, folder.Names().Count(n => n.EndsWith(".mended.raw", StringComparison.Ordinal)));
    }
}
