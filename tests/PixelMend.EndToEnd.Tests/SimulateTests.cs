using System.Text.Json;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>Frames with known defects: the truth is the whole truth, and undoing it gives the frame back.</summary>
public class SimulateTests
{
    private const int HeaderLines = 3;

    [Fact]
    public void The_truth_lists_every_photosite_that_changed_and_no_other_byte_changes()
    {
        using var folder = new TempFolder();
        byte[] before = Dump.Write(folder["a.raw"]);

        JsonElement said = Simulate(folder, "a.raw", "--raw", Dump.Spec, "--density", "1e-2", "--seed", "3");

        (int X, int Y, double Severity)[] truth = Truth(folder["t.csv"]);
        Assert.Equal(Dump.Width * Dump.Height / 100, truth.Length);
        IReadOnlyList<(int X, int Y)> changed = Dump.Differences(before, File.ReadAllBytes(folder["n.raw"]));
        Assert.Subset(truth.Select(t => (t.X, t.Y)).ToHashSet(), changed.ToHashSet());
        Assert.All(truth.Where(t => !changed.Contains((t.X, t.Y))), t => Assert.Equal(0, t.Severity));
        Assert.Equal(
            ("mixed", 0.01, 3),
            (Text(said, "preset"), said.GetProperty("density").GetDouble(), said.GetProperty("seed").GetInt32())
        );
        Assert.Equal(truth.Length, said.GetProperty("defects").GetInt32());
        Assert.Equal(truth.Length, said.GetProperty("byKind").EnumerateObject().Sum(k => k.Value.GetInt32()));
        Assert.InRange(said.GetProperty("visible").GetInt32(), 1, truth.Length);
    }

    [Theory]
    [InlineData("chart-bayer.dng", "mixed")]
    [InlineData("fabric-quad.dng", "full")]
    [InlineData("stars-mono.dng", "lines")]
    public void Correcting_with_the_truth_restores_the_samples(string sample, string preset)
    {
        using var folder = new TempFolder();
        File.Copy(Path.Combine(Checkout.Root, "samples", sample), folder["a.dng"]);
        Shell.PixelMend(folder.Root, "simulate", "a.dng", "--preset", preset, "--out", "n.dng", "--truth", "t.csv").Succeeded();
        Shell
            .PixelMend(folder.Root, "correct", "n.dng", "--map", "t.csv", "--no-dynamic", "--no-map", "--out", "c.dng", "--delta", "d.json")
            .Succeeded();
        foreach (string name in new[] { "a", "n", "c" })
        {
            Shell.PixelMend(folder.Root, "correct", $"{name}.dng", "--no-dynamic", "--no-map", "--out", $"{name}.pgm").Succeeded();
        }

        ushort[] good = Samples(folder["a.pgm"]);
        ushort[] broken = Samples(folder["n.pgm"]);
        ushort[] mended = Samples(folder["c.pgm"]);
        Assert.Equal(good.Length, broken.Length);
        Assert.True(SquaredError(good, mended) < 0.1 * SquaredError(good, broken));
    }

    [Fact]
    public void A_scene_comes_with_its_truth_and_the_same_seed_gives_the_same_files()
    {
        using var folder = new TempFolder();
        string[] line = ["--scene", "fabric", "--cfa", "QUAD-RGGB", "--size", "96x80", "--seed", "4"];
        JsonElement said = Simulate(folder, "n.dng", line);
        byte[] frame = File.ReadAllBytes(folder["n.dng"]);
        string[] truth = Map(folder["t.csv"]);
        Simulate(folder, "n.dng", [.. line, "--force", "--threads", "1"]);

        Assert.Equal(frame, File.ReadAllBytes(folder["n.dng"]));
        Assert.Equal(truth, Map(folder["t.csv"]));
        Assert.Equal(("fabric", 4), (Text(said, "scene"), said.GetProperty("seed").GetInt32()));
        JsonElement facts = said.GetProperty("frame");
        Assert.Equal((96, 80), (facts.GetProperty("width").GetInt32(), facts.GetProperty("height").GetInt32()));
        Assert.Equal("RRGG/RRGG/GGBB/GGBB", Text(facts, "cfa"));
        Simulate(folder, "n.dng", "--scene", "fabric", "--cfa", "QUAD-RGGB", "--size", "96x80", "--seed", "5", "--force");
        Assert.NotEqual(frame, File.ReadAllBytes(folder["n.dng"]));
    }

    private static JsonElement Simulate(TempFolder folder, string name, params string[] arguments)
    {
        string[] source = arguments[0] == "--scene" ? [] : [name];
        string output = source.Length == 0 ? name : "n.raw";
        Said said = Shell.PixelMend(folder.Root, ["simulate", .. source, .. arguments, "--out", output, "--truth", "t.csv", "--json"]);
        return JsonDocument.Parse(said.Succeeded().Out).RootElement;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string[] Map(string path) => [.. File.ReadAllLines(path).Where(l => !l.StartsWith('#'))];

    private static (int X, int Y, double Severity)[] Truth(string path)
    {
        string[] lines = Map(path);
        string[] header = lines[0].Split(',');
        (int x, int y, int severity) = (Array.IndexOf(header, "x"), Array.IndexOf(header, "y"), Array.IndexOf(header, "severity"));
        return [.. lines[1..].Select(l => l.Split(',')).Select(c => (int.Parse(c[x]), int.Parse(c[y]), double.Parse(c[severity])))];
    }

    /// <summary>Sixteen-bit samples of a binary PGM, after the three lines of its header.</summary>
    private static ushort[] Samples(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int at = Enumerable.Range(0, HeaderLines).Aggregate(0, (from, _) => Array.IndexOf(file, (byte)'\n', from) + 1);
        return [.. Enumerable.Range(0, (file.Length - at) / 2).Select(i => (ushort)((file[at + (2 * i)] << 8) | file[at + (2 * i) + 1]))];
    }

    private static double SquaredError(ushort[] one, ushort[] other) => one.Zip(other, (a, b) => Math.Pow((double)a - b, 2)).Sum();

    /// <summary>A video's frames are one sensor's: all get the same defects, and one map tells of them.</summary>
    [Fact]
    public void Every_frame_of_a_video_gets_the_same_defects()
    {
        using var folder = new TempFolder();
        byte[][] frames = [.. Enumerable.Range(1, 3).Select(seed => Dump.Make(seed))];
        WriteVideo(folder["in.ser"], frames);
        byte[] before = File.ReadAllBytes(folder["in.ser"]);

        JsonElement said = JsonDocument
            .Parse(
                Shell
                    .PixelMend(
                        folder.Root,
                        "simulate",
                        "in.ser",
                        "--seed",
                        "3",
                        "--density",
                        "1e-2",
                        "--out",
                        "n.ser",
                        "--truth",
                        "t.csv",
                        "--json"
                    )
                    .Succeeded()
                    .Out
            )
            .RootElement;

        Assert.Equal(3, said.GetProperty("frame").GetProperty("frames").GetInt32());
        HashSet<(int X, int Y)> truth = [.. Truth(folder["t.csv"]).Select(t => (t.X, t.Y))];
        byte[] after = File.ReadAllBytes(folder["n.ser"]);
        Assert.Equal(before.Length, after.Length);
        Assert.Equal(before[..178], after[..178]);
        for (int i = 0; i < frames.Length; i++)
        {
            int size = frames[i].Length;
            HashSet<(int X, int Y)> changed = [.. Dump.Differences(frames[i], after.AsSpan(178 + (i * size), size).ToArray())];
            Assert.Subset(truth, changed);
            Assert.InRange(changed.Count, truth.Count / 2, truth.Count);
        }

        Shell.PixelMend(folder.Root, "simulate", "in.ser", "--out", "n.dng", "--truth", "u.csv").Failed(3, "several frames");
        JsonElement evaluated = JsonDocument
            .Parse(Shell.PixelMend(folder.Root, "evaluate", "in.ser", "--json").Succeeded().Out)
            .RootElement.GetProperty("files")[0];
        Assert.Equal(3, evaluated.GetProperty("trials").GetArrayLength());
        Assert.Equal(3, evaluated.GetProperty("frame").GetProperty("frames").GetInt32());
    }

    /// <summary>16-bit mono video, low byte first, by hand.</summary>
    private static void WriteVideo(string path, byte[][] frames)
    {
        byte[] header = new byte[178];
        "LUCAM-RECORDER"u8.CopyTo(header);
        int[] fields = [0, 0, 0, Dump.Width, Dump.Height, 16, frames.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            BitConverter.TryWriteBytes(header.AsSpan(14 + (4 * i)), fields[i]);
        }

        File.WriteAllBytes(path, [.. header, .. frames.SelectMany(f => f)]);
    }
}
