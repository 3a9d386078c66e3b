using System.Globalization;
using System.Text.Json;
using PixelMend.TestKit;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>Frames of one camera joined, as users call it.</summary>
public class SequenceTests(ITestOutputHelper output)
{
    private static readonly string[] Raw = ["--raw", Dump.Spec];

    [Fact]
    public void One_frame_is_no_sequence()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);

        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--out", "alone.raw"]).Succeeded();
        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--sequence", "--out", "sequence.raw"]).Succeeded();
        Shell.PixelMend(folder.Root, ["detect", "a.raw", .. Raw, "--out", "alone.csv"]).Succeeded();
        Shell.PixelMend(folder.Root, ["detect", "a.raw", .. Raw, "--sequence", "--out", "sequence.csv"]).Succeeded();

        Assert.Equal(File.ReadAllBytes(folder["alone.raw"]), File.ReadAllBytes(folder["sequence.raw"]));
        Assert.Equal(File.ReadAllText(folder["alone.csv"]), File.ReadAllText(folder["sequence.csv"]));
    }

    [Fact]
    public void Neither_order_nor_threads_change_anything()
    {
        using var folder = new TempFolder();
        string[] names = [.. Enumerable.Range(0, 5).Select(i => $"f{i}.raw")];
        for (int i = 0; i < names.Length; i++)
        {
            Dump.Write(folder[names[i]], seed: i);
        }

        Shell.PixelMend(folder.Root, ["correct", .. names, .. Raw, "--sequence", "--threads", "1", "--out", "one/", "--quiet"]).Succeeded();
        Shell
            .PixelMend(folder.Root, ["correct", .. names.Reverse(), .. Raw, "--sequence", "--threads", "8", "--out", "many/", "--quiet"])
            .Succeeded();
        Shell.PixelMend(folder.Root, ["detect", .. names, .. Raw, "--sequence", "--out", "one.csv", "--quiet"]).Succeeded();
        Shell.PixelMend(folder.Root, ["detect", .. names.Reverse(), .. Raw, "--sequence", "--out", "many.csv", "--quiet"]).Succeeded();

        Assert.All(
            names.Select(n => n.Replace(".raw", ".mended.raw", StringComparison.Ordinal)),
            n => Assert.Equal(File.ReadAllBytes(folder[$"one/{n}"]), File.ReadAllBytes(folder[$"many/{n}"]))
        );
        string map = File.ReadAllText(folder["one.csv"]);
        Assert.Equal(map, File.ReadAllText(folder["many.csv"]));
        Assert.All(names, n => Assert.Contains(n, map, StringComparison.Ordinal));
        Assert.All(Dump.Planted, p => Assert.Contains($"\n{p.X},{p.Y},", map, StringComparison.Ordinal));
    }

    [Fact]
    public void A_frame_of_another_camera_is_refused_by_name_and_nothing_is_written()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["a.pgm"], "P5 12 10 255\n" + new string('7', 120));
        File.WriteAllText(folder["b.pgm"], "P5 12 12 255\n" + new string('7', 144));

        Shell.PixelMend(folder.Root, "correct", "a.pgm", "b.pgm", "--sequence").Failed(3, "b.pgm", "12 × 12", "12 × 10", "a.pgm");

        Assert.Equal(["a.pgm", "b.pgm"], folder.Names());
    }

    /// <summary>CinemaDNG: a folder with a DNG for each frame, and the sound beside them.</summary>
    [Fact]
    public void A_folder_of_frames_is_a_sequence()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["reel"]);
        string[] frames = [.. Enumerable.Range(0, 4).Select(i => $"reel/shot_{i:000000}.dng")];
        for (int i = 0; i < frames.Length; i++)
        {
            Dump.Write(folder["a.raw"], seed: i);
            Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--no-dynamic", "--out", frames[i], "--force"]).Succeeded();
        }

        File.WriteAllText(folder["reel/shot.wav"], "sound");

        Said said = Shell.PixelMend(folder.Root, "correct", "reel", "--sequence", "--out", "by-folder/", "--json").Succeeded();
        Shell.PixelMend(folder.Root, ["correct", .. frames, "--sequence", "--out", "by-name/", "--quiet"]).Succeeded();

        Assert.Equal(4, JsonDocument.Parse(said.Out).RootElement.GetProperty("sequence").GetProperty("frames").GetInt32());
        string[] names = [.. Directory.GetFiles(folder["by-folder"]).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];
        Assert.Equal(frames.Select(f => Path.GetFileName(f).Replace(".dng", ".mended.dng", StringComparison.Ordinal)), names);
        Assert.All(names, n => Assert.Equal(File.ReadAllBytes(folder[$"by-name/{n}"]), File.ReadAllBytes(folder[$"by-folder/{n}"])));
    }

    [Theory]
    [InlineData("--no-dynamic", "--sequence")]
    [InlineData("--detector", "ring-threshold")]
    public void What_cannot_join_evidence_is_refused(params string[] options)
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        string[] all = [.. options.Append("--sequence").Distinct()];
        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, .. all]).Failed(2, "--sequence");
    }

    /// <summary>Ten frames of one sensor, between which the stars move; the list holds what stays.</summary>
    [Fact]
    public void The_hot_photosites_of_a_star_series_are_found_together()
    {
        string? list = RealData.Path("astro_stargate/stargate_persistent.csv");
        Assert.SkipWhen(list is null, "real files missing: astro_stargate");
        HashSet<(int X, int Y)> listed =
        [
            .. File.ReadLines(list!)
                .Where(l => !l.StartsWith('#'))
                .Skip(1)
                .Select(l => l.Split(','))
                .Select(f => (int.Parse(f[2], CultureInfo.InvariantCulture), int.Parse(f[1], CultureInfo.InvariantCulture))),
        ];
        using var folder = new TempFolder();
        string frames = Path.Combine(Path.GetDirectoryName(list!)!, "*.fit");

        Said said = Shell.PixelMend(folder.Root, "detect", frames, "--sequence", "--out", "map.json", "--json").Succeeded();

        JsonElement sequence = JsonDocument.Parse(said.Out).RootElement.GetProperty("sequence");
        Assert.Equal(10, sequence.GetProperty("frames").GetInt32());
        Assert.False(sequence.GetProperty("standsStill").GetBoolean());
        HashSet<(int X, int Y)> found =
        [
            .. JsonDocument
                .Parse(File.ReadAllBytes(folder["map.json"]))
                .RootElement.GetProperty("points")
                .EnumerateArray()
                .Select(p => (p.GetProperty("x").GetInt32(), p.GetProperty("y").GetInt32())),
        ];
        output.WriteLine($"{listed.Count(found.Contains)} of {listed.Count} listed, {found.Count} in all");
        Assert.InRange(listed.Count(found.Contains), 180, 183);
        Assert.InRange(found.Count, 180, 3 * 210);
    }
}
