using System.Globalization;
using System.Text.Json;
using PixelMend.TestKit;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>A map from ordinary frames, as users call it.</summary>
public class LearnTests(ITestOutputHelper output)
{
    private static readonly string[] Scenes = ["stars", "sky", "night-city", "foliage"];

    /// <summary>Ten frames whose stars drift by less than one photosite from each to the next.</summary>
    [Fact]
    public void Drifting_stars_show_every_persistent_photosite_of_the_sensor()
    {
        const int persistent = 183;
        using var folder = new TempFolder();
        string truth = Real("astro_stargate/stargate_persistent.csv");
        string frames = Path.Combine(Path.GetDirectoryName(truth)!, "*.fit");
        Shell.PixelMend(folder.Root, "learn", frames, "--out", "map.json", "--quiet").Succeeded();
        using JsonDocument map = JsonDocument.Parse(File.ReadAllText(folder["map.json"]));
        Dictionary<(int X, int Y), JsonElement> found = map
            .RootElement.GetProperty("points")
            .EnumerateArray()
            .ToDictionary(p => (p.GetProperty("x").GetInt32(), p.GetProperty("y").GetInt32()));
        // Column 401, in every frame too hot by two thirds of a photosite's noise, is too faint for a line.
        Assert.Empty(map.RootElement.GetProperty("regions").EnumerateArray());
        (int X, int Y)[] listed =
        [
            .. File.ReadLines(truth)
                .Where(l => l.StartsWith("hot,", StringComparison.Ordinal))
                .Select(l => l.Split(','))
                .Select(f => (int.Parse(f[2], CultureInfo.InvariantCulture), int.Parse(f[1], CultureInfo.InvariantCulture))),
        ];
        output.WriteLine($"{listed.Count(found.ContainsKey)} of {listed.Length}, {found.Count} photosites in all");
        Assert.Equal(persistent, listed.Length);
        Assert.All(listed, site => Assert.Contains(site, found.Keys));
        Assert.All(
            listed.Select(site => found[site]),
            p =>
            {
                Assert.Equal("learn", p.GetProperty("source").GetString());
                Assert.StartsWith("2013-07-13T05:0", p.GetProperty("firstSeen").GetString(), StringComparison.Ordinal);
                Assert.StartsWith("2013-07-13T05:0", p.GetProperty("lastSeen").GetString(), StringComparison.Ordinal);
            }
        );
        Assert.InRange(found.Count, listed.Length, 500);
    }

    [Fact]
    public void A_folder_of_scenes_gives_one_map_and_says_what_it_left_out()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["frames"]);
        for (int i = 0; i < 5; i++)
        {
            Dump.Write(folder[$"frames/f{i}.raw"], seed: i);
        }

        Dump.Write(folder["frames/f9.raw"], seed: 1); // a copy
        File.WriteAllText(folder["broken.raw"], "no frame");
        string[] names = [.. Directory.GetFiles(folder["frames"]).Order(StringComparer.Ordinal), "broken.raw"];
        Said said = Shell.PixelMend(folder.Root, ["learn", .. names, "--raw", Dump.Spec, "--out", "map.csv", "--json"]);

        Assert.Equal(3, said.ExitCode);
        Assert.Contains("broken.raw", Assert.Single(said.ErrorLines), StringComparison.Ordinal);
        using JsonDocument summary = JsonDocument.Parse(said.Out);
        Assert.Equal("learn", summary.RootElement.GetProperty("verb").GetString());
        Assert.Equal(5, summary.RootElement.GetProperty("frames").GetInt32());
        JsonElement apart = Assert.Single(summary.RootElement.GetProperty("setApart").EnumerateArray());
        Assert.EndsWith("f9.raw", apart.GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.Contains("the same bytes as", apart.GetProperty("reason").GetString(), StringComparison.Ordinal);
        string map = File.ReadAllText(folder["map.csv"]);
        Assert.All(Dump.Planted, p => Assert.Contains($"\n{p.X},{p.Y},", map, StringComparison.Ordinal));
        Assert.Equal(Dump.Planted.Count, summary.RootElement.GetProperty("defects").GetInt32());
    }

    [Fact]
    public void A_tripod_s_series_is_refused_and_nothing_is_written()
    {
        using var folder = new TempFolder();
        Simulate(folder, "foliage", "a.dng");
        File.Copy(folder["a.dng"], folder["b.dng"]);
        File.Copy(folder["a.dng"], folder["c.dng"]);
        Shell.PixelMend(folder.Root, "learn", "a.dng", "b.dng", "c.dng", "--out", "map.csv").Failed(3, "a.dng", "the scene stands still");
        Shell.PixelMend(folder.Root, "learn", "a.dng", "--out", "map.csv").Failed(3, "a.dng", "one frame alone");
        Assert.False(File.Exists(folder["map.csv"]));
    }

    [Fact]
    public void A_frame_of_another_camera_is_set_apart()
    {
        using var folder = new TempFolder();
        string[] names = [.. Scenes.Select(s => $"{s}.dng")];
        foreach (string scene in Scenes)
        {
            Simulate(folder, scene, $"{scene}.dng");
        }

        Simulate(folder, "stars", "other.dng", size: "320x240");
        Said said = Shell.PixelMend(folder.Root, ["learn", .. names, "other.dng", "--out", "map.json"]).Succeeded();
        Assert.Contains("set apart: other.dng: RGGB 320 × 240 does not fit the others", said.Out, StringComparison.Ordinal);
        Assert.Contains("4 frames", said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_of_another_sensor_are_not_called_a_scene_that_stands_still()
    {
        using var folder = new TempFolder();
        Simulate(folder, "foliage", "a.dng");
        Simulate(folder, "stars", "b.dng", size: "320x240");
        Shell
            .PixelMend(folder.Root, "learn", "a.dng", "b.dng", "--out", "m.csv")
            .Failed(3, "b.dng: RGGB 320 × 240 does not fit", "one frame alone");
        Assert.False(File.Exists(folder["m.csv"]));
    }

    /// <summary>Told at once by its name, not after all frames were read.</summary>
    [Fact]
    public void What_stands_where_the_state_is_kept_is_named()
    {
        using var folder = new TempFolder();
        Simulate(folder, "foliage", "a.dng");
        Simulate(folder, "fabric", "b.dng");
        Directory.CreateDirectory(folder["m.csv.learning"]);
        Shell.PixelMend(folder.Root, "learn", "a.dng", "b.dng", "--out", "m.csv").Failed(4, "m.csv.learning", "folder");
        Assert.False(File.Exists(folder["m.csv"]));
    }

    [Fact]
    public void The_detector_must_be_one_that_joins_frames()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        Shell
            .PixelMend(folder.Root, "learn", "a.raw", "--raw", Dump.Spec, "--detector", "ring-threshold", "--out", "m.csv")
            .Failed(2, "ring-threshold", "--detector model");
    }

    private static void Simulate(TempFolder folder, string scene, string name, string size = "480x320") =>
        Shell
            .PixelMend(
                folder.Root,
                ["simulate", "--scene", scene, "--seed", "5", "--size", size, "--out", name, "--truth", $"{name}.csv", "--quiet", "--force"]
            )
            .Succeeded();

    private static string Real(string name)
    {
        string? path = RealData.Path(name);
        Assert.SkipWhen(path is null, $"real file {name} is missing");
        return path!;
    }

    /// <summary>Killed in the middle, the same command goes on where it was and makes the same map; the state goes with the end.</summary>
    [Fact]
    public void Work_that_was_killed_is_taken_up_again()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["frames"]);
        const int Side = 600;
        for (int i = 0; i < 12; i++)
        {
            Dump.Write(folder[$"frames/f{i:00}.raw"], seed: i, Side, Side);
        }

        string[] names = [.. Directory.GetFiles(folder["frames"]).Order(StringComparer.Ordinal)];
        string[] line = ["learn", .. names, "--raw", Dump.SpecFor(Side, Side), "--threads", "1"];
        Shell.PixelMend(folder.Root, [.. line, "--out", "whole.json", "--quiet"]).Succeeded();
        string state = folder["map.json.learning"];
        using (System.Diagnostics.Process process = Shell.Start(Checkout.Launcher, [.. line, "--out", "map.json"], folder.Root))
        {
            while (!File.Exists(state) && !process.HasExited)
            {
                Thread.Sleep(5);
            }

            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        Assert.True(File.Exists(state));
        Assert.False(File.Exists(folder["map.json"]));
        Said said = Shell.PixelMend(folder.Root, [.. line, "--out", "map.json"]).Succeeded();
        Assert.Matches(@"taken up again: (\d|1[01]) of 12 files", said.Out);
        Assert.Contains("12 frames", said.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(state));
        Assert.Equal(File.ReadAllText(folder["whole.json"]), File.ReadAllText(folder["map.json"]));
    }

    [Fact]
    public void A_state_of_other_work_or_none_at_all_is_not_taken_up()
    {
        using var folder = new TempFolder();
        for (int i = 0; i < 3; i++)
        {
            Dump.Write(folder[$"f{i}.raw"], seed: i);
        }

        string[] line = ["learn", "f0.raw", "f1.raw", "f2.raw", "--raw", Dump.Spec, "--out", "map.json"];
        File.WriteAllText(folder["map.json.learning"], "a file of somebody");
        Shell.PixelMend(folder.Root, line).Failed(4, "map.json.learning", "move it away");
        File.WriteAllText(folder["map.json.learning"], "PixelMend learning 1\n cut off");
        Said said = Shell.PixelMend(folder.Root, line).Succeeded();
        Assert.DoesNotContain("taken up", said.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["map.json.learning"]));
    }

    /// <summary>The same frame by another name is no new evidence, and that is told.</summary>
    [Fact]
    public void Links_and_copies_count_once()
    {
        using var folder = new TempFolder();
        for (int i = 0; i < 3; i++)
        {
            Dump.Write(folder[$"f{i}.raw"], seed: i);
        }

        File.CreateSymbolicLink(folder["f3.raw"], folder["f0.raw"]);
        File.Copy(folder["f1.raw"], folder["f4.raw"]);
        Said said = Shell.PixelMend(folder.Root, "learn", "*.raw", "--raw", Dump.Spec, "--out", "map.json").Succeeded();
        Assert.Contains("3 frames", said.Out, StringComparison.Ordinal);
        Assert.Contains("set apart: f3.raw: the same file as f0.raw, by another name", said.Out, StringComparison.Ordinal);
        Assert.Contains("set apart: f4.raw: the same bytes as f1.raw, which count once", said.Out, StringComparison.Ordinal);
    }
}
