using System.Buffers.Binary;
using System.Globalization;
using PixelMend.TestKit;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>Calibration from real darks. None of them is a series: the maps hold what one frame, or ten frames of drifting stars, can prove.</summary>
public class CalibrateRealFilesTests(ITestOutputHelper output)
{
    private const int Width = 1920;
    private const int Height = 1080;

    /// <summary>Ten frames in place of darks: what stays while the stars drift is the sensor. What else is in the map are stars that overlap.</summary>
    [Fact]
    public void All_that_persists_in_ten_frames_is_in_the_map()
    {
        using var folder = new TempFolder();
        string pattern = Path.Combine(Folder("astro_stargate"), "*.fit");
        Shell.PixelMend(folder.Root, "calibrate", "--dark", pattern, "--out", "map.csv", "--quiet").Succeeded();
        HashSet<(int X, int Y)> map = Map(folder["map.csv"]);
        (int X, int Y)[] persistent = [.. Listed("astro_stargate/stargate_persistent.csv")];
        output.WriteLine($"{persistent.Count(map.Contains)} of {persistent.Length}, {map.Count} in all");
        Assert.Equal(183, persistent.Length);
        Assert.All(persistent, site => Assert.Contains(site, map));
        Assert.InRange(map.Count, 183, 2000);
    }

    /// <summary>A real Bayer dark, 4 ADU in the middle: the photosites from 20 ADU on, and its faulty column and row.</summary>
    [Fact]
    public void A_dark_of_a_bayer_sensor_tells_its_hot_photosites_and_its_bad_column()
    {
        const int BadColumn = 1919;
        using var folder = new TempFolder();
        string dark = Real("rawdump/BlackImage_1920x1080_12bits_BGGR.raw");
        string spec = $"width={Width},height={Height},depth=12,cfa=BGGR,black=0,white=4095";
        Shell.PixelMend(folder.Root, "calibrate", "--dark", dark, "--raw", spec, "--out", "map.csv", "--quiet").Succeeded();
        HashSet<(int X, int Y)> map = Map(folder["map.csv"]);
        byte[] bytes = File.ReadAllBytes(dark);
        int At((int X, int Y) site) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2 * ((site.Y * Width) + site.X)));
        (int X, int Y)[] sites = [.. Enumerable.Range(0, Height).SelectMany(y => Enumerable.Range(0, BadColumn).Select(x => (X: x, Y: y)))];
        (int X, int Y)[] hot = [.. sites.Where(s => At(s) >= 20)];
        int others = map.Count(s => s.X != BadColumn && s.Y != 0 && At(s) < 16);
        output.WriteLine($"{hot.Count(map.Contains)} of {hot.Length}, {others} below 16 ADU");
        Assert.Equal(313, hot.Length);
        Assert.InRange(hot.Count(map.Contains), 312, 313); // beside the bad column one is less certain
        Assert.All(Enumerable.Range(0, Height), y => Assert.Contains((BadColumn, y), map));
        Assert.InRange(others, 0, 200);
    }

    /// <summary>One dark of 300 s and one flat: low readings are as loud as high ones there, so that a single frame proves little.</summary>
    [Fact]
    public void A_single_astronomical_dark_tells_what_stands_out_of_its_noise()
    {
        using var folder = new TempFolder();
        (string dark, string flat) = (Real("astro_huntsman/dark_0.fits"), Real("astro_huntsman/flat_0.fits"));
        Said said = Shell.PixelMend(folder.Root, "calibrate", "--dark", dark, "--flat", flat, "--out", "map.csv").Succeeded();
        HashSet<(int X, int Y)> map = Map(folder["map.csv"]);
        (int X, int Y, int Dark)[] listed = [.. Rows("astro_huntsman/huntsman_science_dark.csv").Select(r => (r[2], r[1], r[4]))];
        (int X, int Y, int Dark)[] strong = [.. listed.Where(site => site.Dark >= 37 + 18)];
        output.WriteLine($"{strong.Count(s => map.Contains((s.X, s.Y)))} of {strong.Length}, {map.Count} in all");
        Assert.All(strong, site => Assert.Contains((site.X, site.Y), map));
        Assert.InRange(strong.Length, 3, 10);
        Assert.InRange(map.Count, 20, 150);
        Assert.Contains("a cosmic ray cannot be told from a hot photosite", said.Out, StringComparison.Ordinal);
    }

    /// <summary>Every photosite of a map without regions, or whose regions a list holds one by one.</summary>
    private static HashSet<(int X, int Y)> Map(string path) =>
        [
            .. File.ReadLines(path)
                .Where(l => l.Length > 0 && char.IsAsciiDigit(l[0]))
                .Select(l => l.Split(','))
                .Select(f => (int.Parse(f[0], CultureInfo.InvariantCulture), int.Parse(f[1], CultureInfo.InvariantCulture))),
        ];

    private static IEnumerable<(int X, int Y)> Listed(string name) => Rows(name).Select(r => (r[2], r[1]));

    /// <summary>Numbers of <c>kind,row,col,…</c>; words become 0.</summary>
    private static IEnumerable<int[]> Rows(string name) =>
        File.ReadLines(Real(name))
            .Where(l => !l.StartsWith('#'))
            .Skip(1)
            .Select(l => l.Split(',').Select(f => int.TryParse(f, CultureInfo.InvariantCulture, out int n) ? n : 0).ToArray());

    private static string Folder(string name)
    {
        Assert.SkipWhen(RealData.Folder is null, $"real files {name} are missing");
        return Path.Combine(RealData.Folder!, name);
    }

    private static string Real(string name)
    {
        string? path = RealData.Path(name);
        Assert.SkipWhen(path is null, $"real file {name} is missing");
        return path!;
    }
}
