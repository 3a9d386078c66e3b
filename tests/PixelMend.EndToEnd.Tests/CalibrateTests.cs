using System.Globalization;
using System.Text.Json;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>Calibration as users call it, on frames made here.</summary>
public class CalibrateTests
{
    private const int Width = 160;
    private const int Height = 120;

    /// <summary>One for all frames of a test: generators of neighbouring seeds have something in common, which an average brings out.</summary>
    private readonly Random random = new(5);

    /// <summary>Leaks 40 ADU a second: hidden in the noise of 0.05 s, plain in 10 s.</summary>
    private static readonly (int X, int Y) Leaking = (40, 50);

    /// <summary>Leaks 2,000 ADU a second.</summary>
    private static readonly (int X, int Y) Hot = (100, 20);

    /// <summary>Responds to a fifth of the light.</summary>
    private static readonly (int X, int Y) Dead = (70, 90);

    [Fact]
    public void Darks_of_three_exposures_give_a_map_whose_entries_rest_in_short_frames()
    {
        using var folder = new TempFolder();
        Darks(folder, 1, 4);
        Darks(folder, 4, 4);
        Darks(folder, 10, 8);
        for (int i = 0; i < 4; i++)
        {
            Frame(folder[$"flat{i}.fits"], seconds: 1, light: 9000);
        }

        Frame(folder["short.fits"], seconds: 0.05, light: 2000);
        Frame(folder["long.fits"], seconds: 10, light: 2000);

        string[] outputs = ["--master-dark", "dark.fits", "--master-flat", "flat.fits", "--report", "r.html"];
        Said said = Shell
            .PixelMend(
                folder.Root,
                ["calibrate", "--dark", "dark*.fits", "--flat", "flat*.fits", "--out", "map.json", .. outputs, "--json"]
            )
            .Succeeded();
        using JsonDocument summary = JsonDocument.Parse(said.Out);
        JsonElement root = summary.RootElement;
        Assert.Equal(8, root.GetProperty("darks").GetProperty("frames").GetInt32());
        Assert.True(root.GetProperty("otherDarks").GetArrayLength() == 2, said.Out);
        Assert.True(root.GetProperty("activated").GetInt32() == 2, said.Out);
        Assert.Equal(3, root.GetProperty("defects").GetInt32());
        Assert.All(new[] { "dark.fits", "flat.fits" }, name => Assert.True(new FileInfo(folder[name]).Length > 4 * Width * Height));
        Assert.Contains("Photon transfer", File.ReadAllText(folder["r.html"]), StringComparison.Ordinal);

        using JsonDocument map = JsonDocument.Parse(File.ReadAllText(folder["map.json"]));
        Dictionary<(int, int), JsonElement> points = map
            .RootElement.GetProperty("points")
            .EnumerateArray()
            .ToDictionary(p => (p.GetProperty("x").GetInt32(), p.GetProperty("y").GetInt32()));
        Assert.Equal([Hot, Leaking, Dead], points.Keys);
        Assert.All(points.Values, p => Assert.Equal("calibrate", p.GetProperty("source").GetString()));
        Assert.All(points.Values, p => Assert.StartsWith("2026-03-01", p.GetProperty("firstSeen").GetString(), StringComparison.Ordinal));
        Assert.InRange(points[Leaking].GetProperty("activation").GetProperty("darkCurrent").GetDouble(), 39, 41);
        Assert.False(points[Dead].TryGetProperty("activation", out _));

        Assert.Equal((2, 1), Known(folder, "short.fits")); // dead, and 100 ADU of the hot one; 2 ADU rest
        Assert.Equal((3, 0), Known(folder, "long.fits"));
    }

    [Fact]
    public void Frames_that_do_not_belong_are_set_apart_each_with_its_reason()
    {
        using var folder = new TempFolder();
        Darks(folder, 2, 6);
        Frame(folder["dark_leak.fits"], seconds: 2, light: 9000);
        Frame(folder["dark_other.fits"], seconds: 2, light: 0, camera: "'OtherCam'");
        Frame(folder["dark_short.fits"], seconds: 0.5, light: 0);
        FitsFile.Write(folder["dark_small.fits"], 80, 60, (_, _) => 500);
        File.WriteAllText(folder["dark_broken.fits"], "SIMPLE  = nonsense");
        Said said = Shell.PixelMend(folder.Root, "calibrate", "--dark", "dark*.fits", "--out", "map.csv", "--json");
        Assert.Equal(3, said.ExitCode);
        Assert.Contains("dark_broken.fits", Assert.Single(said.ErrorLines), StringComparison.Ordinal);
        using JsonDocument summary = JsonDocument.Parse(said.Out);
        Dictionary<string, string> apart = summary
            .RootElement.GetProperty("setApart")
            .EnumerateArray()
            .ToDictionary(a => a.GetProperty("file").GetString()!, a => a.GetProperty("reason").GetString()!);
        Assert.Equal(4, apart.Count);
        Assert.Contains("light got in", apart["dark_leak.fits"], StringComparison.Ordinal);
        Assert.Contains("another camera", apart["dark_other.fits"], StringComparison.Ordinal);
        Assert.Contains("fewer than 3", apart["dark_short.fits"], StringComparison.Ordinal);
        Assert.Contains("does not fit the others", apart["dark_small.fits"], StringComparison.Ordinal);
        string[] notes = [.. summary.RootElement.GetProperty("notes").EnumerateArray().Select(n => n.GetString()!)];
        Assert.Contains(notes, n => n.Contains("telegraph photosites need 22 darks", StringComparison.Ordinal));
        Assert.Contains(notes, n => n.Contains("3 exposures or more", StringComparison.Ordinal));
        Assert.Contains(notes, n => n.Contains("no flats", StringComparison.Ordinal));
        Assert.Contains($"\n{Hot.X},{Hot.Y},", File.ReadAllText(folder["map.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Darks_that_all_saw_light_are_refused_in_one_line()
    {
        using var folder = new TempFolder();
        for (int i = 0; i < 6; i++)
        {
            Frame(folder[$"dark{i}.fits"], seconds: 1, light: 800, mosaic: "'RGGB'");
        }

        Shell.PixelMend(folder.Root, "calibrate", "--dark", "dark*.fits", "--out", "map.csv").Failed(3, "light got in");
        Assert.False(File.Exists(folder["map.csv"]));
    }

    [Fact]
    public void Frames_of_another_serial_number_are_set_apart()
    {
        using var folder = new TempFolder();
        Simulate("flat1.dng", "5");
        Simulate("flat2.dng", "5");
        Simulate("flat3.dng", "6");
        // The second is another frame of the first one's camera: one sample differs.
        byte[] second = File.ReadAllBytes(folder["flat2.dng"]);
        second[^1] ^= 1;
        File.WriteAllBytes(folder["flat2.dng"], second);
        Said said = Shell.PixelMend(folder.Root, "calibrate", "--flat", "flat*.dng", "--out", "map.csv", "--json").Succeeded();
        using JsonDocument summary = JsonDocument.Parse(said.Out);
        JsonElement apart = Assert.Single(summary.RootElement.GetProperty("setApart").EnumerateArray());
        Assert.Equal("flat3.dng", apart.GetProperty("file").GetString());
        Assert.Contains("with the serial number simulated-", apart.GetProperty("reason").GetString(), StringComparison.Ordinal);

        // A simulated camera's serial number is that of its seed.
        void Simulate(string name, string seed) =>
            Shell
                .PixelMend(
                    folder.Root,
                    ["simulate", "--scene", "flat", "--seed", seed, "--size", "160x120", "--out", name, "--truth", $"{name}.csv"]
                )
                .Succeeded();
    }

    [Fact]
    public void Without_frames_or_with_unwritable_names_nothing_is_done()
    {
        using var folder = new TempFolder();
        Shell.PixelMend(folder.Root, "calibrate", "--out", "map.csv").Failed(2, "--dark", "--flat");
        Frame(folder["d.fits"], seconds: 1, light: 0);
        Shell.PixelMend(folder.Root, "calibrate", "--dark", "d.fits", "--out", "map.doc").Failed(2, "--out");
        Shell.PixelMend(folder.Root, "calibrate", "--dark", "d.fits", "--out", "m.csv", "--master-flat", "f.fits").Failed(2, "--flat");
        Shell.PixelMend(folder.Root, "calibrate", "--dark", "none.fits", "--out", "m.csv").Failed(4, "none.fits");
        Assert.Equal(["d.fits"], folder.Names());
    }

    /// <summary>Entries that are repaired and those that rest.</summary>
    private static (int Known, int Dormant) Known(TempFolder folder, string frame)
    {
        Said said = Shell.PixelMend(folder.Root, "correct", frame, "--map", "map.json", "--no-dynamic", "--dry-run", "--json").Succeeded();
        using JsonDocument run = JsonDocument.Parse(said.Out);
        JsonElement defects = run.RootElement.GetProperty("files")[0].GetProperty("defects");
        return (defects.GetProperty("known").GetInt32(), defects.TryGetProperty("dormant", out JsonElement n) ? n.GetInt32() : 0);
    }

    private void Darks(TempFolder folder, int seconds, int frames)
    {
        for (int i = 0; i < frames; i++)
        {
            Frame(folder[$"dark{seconds}_{i}.fits"], seconds, light: 0);
        }
    }

    private void Frame(string path, double seconds, double light, string camera = "'TestCam'", string? mosaic = null)
    {
        const double gain = 0.5;
        FitsFile.Write(
            path,
            Width,
            Height,
            (x, y) =>
            {
                double filter = mosaic is null || x % 2 != y % 2 ? 1 : 0.5;
                double signal = (light * filter * ((x, y) == Dead ? 0.2 : 1)) + Leak(x, y);
                double noise = Math.Sqrt(16 + (gain * signal)) * Gaussian();
                return (int)Math.Clamp(Math.Round(500 + signal + noise), 0, short.MaxValue);
            },
            ("EXPTIME", seconds.ToString(CultureInfo.InvariantCulture)),
            ("CCD-TEMP", "-10.0"),
            ("INSTRUME", camera),
            ("DATE-OBS", "'2026-03-01T20:00:00'"),
            mosaic is null ? ("OBJECT", "'dark'") : ("BAYERPAT", mosaic)
        );

        double Leak(int x, int y) =>
            seconds
            * (
                (x, y) == Hot ? 2000
                : (x, y) == Leaking ? 40
                : 0
            );
    }

    private double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
