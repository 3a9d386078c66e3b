using System.Globalization;
using PixelMend.Formats;
using PixelMend.Frames;
using PixelMend.TestKit;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>
/// Ten exposures of one star field by one sensor, between which the stars move: what stays is the sensor's. Of the 183 photosites listed as hot in nearly all
/// of them at least 180 lose their heat, whether each frame is repaired by itself or all together, and the stars keep their light.
/// </summary>
public class HotSeriesTests(ITestOutputHelper output)
{
    private const string List = "astro_stargate/stargate_persistent.csv";

    /// <summary>Heat that nobody sees: no more than noise makes of good photosites.</summary>
    private const float ColdSigmas = 3;

    /// <summary>Heat in all frames alike that is not the scene's, which moves: four times what noise makes of a median of ten.</summary>
    private const float StaticSigmas = 1.5f;

    /// <summary>A column that in every frame is too hot by two thirds of a photosite's noise: stars must not be measured by it, but nobody repairs so little.</summary>
    private const int WarmColumn = 401;

    [Theory]
    [InlineData]
    [InlineData("--sequence")]
    public void Persistent_hot_photosites_lose_their_heat_and_stars_keep_their_light(params string[] options)
    {
        string? list = RealData.Path(List);
        Assert.SkipWhen(list is null, $"real file {List} is missing");
        (int X, int Y)[] listed = [.. Listed(list!)];
        string[] inputs = [.. Directory.GetFiles(Path.GetDirectoryName(list!)!, "*.fit").Order(StringComparer.Ordinal)];
        using var folder = new TempFolder();
        Shell.PixelMend(folder.Root, ["correct", .. inputs, "--out", "mended/", "--quiet", .. options]).Succeeded();

        RawFrame[] before = [.. inputs.Select(Read)];
        RawFrame[] after = [.. inputs.Select(i => Read(folder[$"mended/{Path.GetFileNameWithoutExtension(i)}.mended.fit"]))];
        float noise = 1.4826f * Median(Sites(before[0]).Where(s => (s.X + s.Y) % 7 == 0).Select(s => Math.Abs(Heat(before[0], s))));
        float HeatOver(RawFrame[] frames, (int X, int Y) site) => Median(frames.Select(f => Heat(f, site))) / noise;

        int cold = listed.Count(site => Math.Abs(HeatOver(after, site)) < ColdSigmas);
        int left = after.Sum(frame => listed.Count(site => Heat(frame, site) >= ColdSigmas * noise));
        output.WriteLine($"{cold} of {listed.Length} listed lose their heat; {left} of {10 * listed.Length} readings are still hot");
        Assert.Equal(10, inputs.Length);
        Assert.InRange(cold, 180, listed.Length);

        for (int i = 0; i < inputs.Length; i++)
        {
            JudgeStars(before[i], after[i], listed, site => Math.Abs(HeatOver(before, site)) > StaticSigmas);
        }
    }

    private void JudgeStars(RawFrame before, RawFrame after, (int X, int Y)[] listed, Func<(int X, int Y), bool> isStatic)
    {
        (int X, int Y)[] changed = [.. Sites(before).Where(s => before.Stored(s.X, s.Y) != after.Stored(s.X, s.Y))];
        var photometry = new StarPhotometry(
            before,
            [.. listed, .. Sites(before).Where(s => s.X == WarmColumn), (502, 41), .. changed.Where(isStatic)]
        );
        double worst = photometry.Brightest(100).Max(star => Math.Abs((photometry.Flux(after, star) / photometry.Flux(before, star)) - 1));
        output.WriteLine($"{changed.Length} samples change, {photometry.Spikes.Count} are outliers; stars change by {worst:P2} at most");
        Assert.InRange(changed.Length, 1, 3 * photometry.Spikes.Count);
        Assert.InRange(worst, 0, 0.005);
    }

    /// <summary>How far a photosite stands out of those around it.</summary>
    private static float Heat(RawFrame frame, (int X, int Y) site) =>
        frame.Stored(site.X, site.Y)
        - Median(
            Enumerable
                .Range(0, 25)
                .Select(i => (X: site.X + (i % 5) - 2, Y: site.Y + (i / 5) - 2))
                .Where(p => p != site && p.X >= 0 && p.Y >= 0 && p.X < frame.Width && p.Y < frame.Height)
                .Select(p => frame.Stored(p.X, p.Y))
        );

    private static float Median(IEnumerable<float> values)
    {
        float[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static IEnumerable<(int X, int Y)> Sites(RawFrame frame) =>
        Enumerable.Range(0, frame.Height).SelectMany(y => Enumerable.Range(0, frame.Width).Select(x => (x, y)));

    /// <summary>Rows of <c>kind,row,col,…</c> after comments and a header.</summary>
    private static IEnumerable<(int X, int Y)> Listed(string path) =>
        File.ReadLines(path)
            .Where(l => !l.StartsWith('#'))
            .Skip(1)
            .Select(l => l.Split(','))
            .Select(f => (int.Parse(f[2], CultureInfo.InvariantCulture), int.Parse(f[1], CultureInfo.InvariantCulture)));

    private static RawFrame Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        return FormatSet.FrameFormatFor(file, path, ReadOptions.Default).Read(file, ReadOptions.Default);
    }
}
