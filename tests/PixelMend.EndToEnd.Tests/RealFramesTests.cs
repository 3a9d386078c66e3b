using System.Globalization;
using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Detection;
using PixelMend.Formats;
using PixelMend.Frames;
using PixelMend.TestKit;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>The main job with its default algorithms on frames of real sensors whose defects are known.</summary>
public class RealFramesTests(ITestOutputHelper output)
{
    private static readonly IReadOnlyDictionary<string, double> Defaults = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Fourteen isolated hot photosites of the colour chart frame, listed in coordinates of the visible area.</summary>
    [Fact]
    public void The_hot_photosites_of_a_colour_chart_go_and_little_else_changes()
    {
        RawFrame frame = Read("dng/canon_kissx4_ml_colorchart.dng", ReadOptions.Default);
        HashSet<(int X, int Y)> changed = [.. Mend(frame).Where(c => c.Old != c.New).Select(c => (c.X, c.Y))];
        int gone = List("dng/kissx4_single_frame.csv")
            .Count(site => changed.Contains((site.X + frame.ActiveArea.Left, site.Y + frame.ActiveArea.Top)));
        output.WriteLine($"{gone} of 14 listed photosites go, {changed.Count} samples change");
        Assert.InRange(gone, 13, 14);
        Assert.InRange(changed.Count, gone, 199);
    }

    /// <summary>
    /// The authors of this frame set 400 photosites to 600 or 65,535. Many of the former differ from the scene by less than its noise;
    /// none of the latter does.
    /// </summary>
    [Fact]
    public void Altered_photosites_are_found_and_restored()
    {
        var options = new ReadOptions { Raw = RawSpec.Parse("width=768,height=512,depth=16,cfa=RGGB,black=0,white=16383") };
        RawFrame original = Read("rawdump/nikon_DSC_1339_768x512_rggb.raw", options);
        RawFrame altered = Read("rawdump/nikon_DSC_1339_768x512_rggb_bpc_test.raw", options);
        Dictionary<(int X, int Y), SampleChange> changes = Mend(altered).ToDictionary(c => (c.X, c.Y));
        (int X, int Y)[] sites = [.. Sites(altered).Where(s => altered.Codes![s.X, s.Y] != original.Codes![s.X, s.Y])];
        (int X, int Y)[] bright = [.. sites.Where(s => altered.Codes![s.X, s.Y] == ushort.MaxValue)];
        (int X, int Y)[] visible = [.. sites.Where(s => Math.Abs(altered.Codes![s.X, s.Y] - original.Codes![s.X, s.Y]) > 400)];
        int[] errors = [.. sites.Where(changes.ContainsKey).Select(s => Math.Abs((int)changes[s].New - original.Codes![s.X, s.Y])).Order()];
        int wrong = changes.Keys.Except(sites).Count();
        output.WriteLine(
            $"{sites.Count(changes.ContainsKey)} of {sites.Length} found ({bright.Count(changes.ContainsKey)} of {bright.Length} bright ones, "
                + $"{visible.Count(changes.ContainsKey)} of {visible.Length} that differ by more than 400), {wrong} wrongly; "
                + $"error of the restored: median {errors[errors.Length / 2]}, 95 % below {errors[errors.Length * 95 / 100]}"
        );
        Assert.Equal(400, sites.Length);
        Assert.All(bright, s => Assert.True(changes.ContainsKey(s), $"({s.X}, {s.Y}) reads 65535 and was not found"));
        Assert.InRange(visible.Count(changes.ContainsKey), visible.Length * 95 / 100, visible.Length);
        Assert.InRange(wrong, 0, 8);
        Assert.InRange(errors[errors.Length / 2], 0, 50);
    }

    public static TheoryData<string, string> StarFields =>
        [
            .. Enumerable
                .Range(1, 10)
                .Select(i => $"astro_stargate/StarGateCluster_030_sec_1x1_{i:0000}.*.fit")
                .Select(pattern => (pattern, "astro_stargate/stargate_persistent.csv")),
            ("astro_huntsman/science_0.fits", "astro_huntsman/huntsman_science_dark.csv"),
        ];

    /// <summary>
    /// Stars keep their light: the flux of the hundred brightest (the first ten frames show some forty), without photosites that are defective, stays within half a percent. Of the
    /// sensor of the first ten, column 401 reads some 46 ADU high in every frame, two thirds of a photosite's noise, and the photosite read out after the hottest
    /// of all some 400 ADU low: no star is measured by them.
    /// </summary>
    [Theory]
    [MemberData(nameof(StarFields))]
    public void Stars_keep_their_light_and_little_else_than_outliers_changes(string pattern, string list)
    {
        const int WarmColumn = 401;
        (int X, int Y) afterHottest = (502, 41);
        RawFrame frame = Read(Matching(pattern), ReadOptions.Default);
        (int X, int Y)[] listed = [.. List(list)];
        bool hasColumn = pattern.Contains("stargate", StringComparison.Ordinal);
        IReadOnlyList<SampleChange> changes = [.. Mend(frame).Where(c => c.Old != c.New)];
        var photometry = new StarPhotometry(
            frame,
            [.. listed, .. hasColumn ? Enumerable.Range(0, frame.Height).Select(y => (WarmColumn, y)).Append(afterHottest) : []],
            changes.Select(c => (c.X, c.Y))
        );
        RawFrame mended = frame.With(changes);
        int gone = listed.Count(changes.Select(c => (c.X, c.Y)).ToHashSet().Contains);
        (double Change, (int X, int Y) Star)[] stars =
        [
            .. photometry
                .Brightest(100)
                .Select(star => (Math.Abs((photometry.Flux(mended, star) / photometry.Flux(frame, star)) - 1), star)),
        ];
        (double worst, (int X, int Y) where) = stars.Max();
        output.WriteLine(
            $"{changes.Count} samples change, {photometry.Spikes.Count} are outliers, {gone} of {listed.Length} listed go; worst of {stars.Length} stars at {where}: {worst:P2}"
        );
        Assert.InRange(stars.Length, 30, 100);
        Assert.InRange(worst, 0, 0.005);
        Assert.InRange(changes.Count, 1, 3 * photometry.Spikes.Count);
        Assert.InRange(gone, listed.Length * 9 / 10, listed.Length);
    }

    private static IReadOnlyList<SampleChange> Mend(RawFrame frame)
    {
        var repair = new Repair
        {
            Detectors = [Detectors.All[0].Create(new Settings(Detectors.All[0].Parameters, Defaults))],
            Corrector = Correctors.All[0].Create(new Settings(Correctors.All[0].Parameters, Defaults)),
        };
        return repair.Run(frame, [frame.Embedded], new ParallelOptions()).Correction.Changes;
    }

    private static RawFrame Read(string name, ReadOptions options)
    {
        byte[] file = File.ReadAllBytes(Real(name));
        return FormatSet.FrameFormatFor(file, name, options).Read(file, options);
    }

    /// <summary>Rows of <c>kind,row,col,…</c> after comments and a header.</summary>
    private static IEnumerable<(int X, int Y)> List(string name) =>
        File.ReadLines(Real(name))
            .Where(l => !l.StartsWith('#'))
            .Skip(1)
            .Select(l => l.Split(','))
            .Select(f => (int.Parse(f[2], CultureInfo.InvariantCulture), int.Parse(f[1], CultureInfo.InvariantCulture)));

    private static IEnumerable<(int X, int Y)> Sites(RawFrame frame) =>
        Enumerable.Range(0, frame.Height).SelectMany(y => Enumerable.Range(0, frame.Width).Select(x => (x, y)));

    /// <summary>The one real file whose name fits; names of some carry a digest.</summary>
    private static string Matching(string pattern)
    {
        string folder = Path.GetDirectoryName(pattern)!;
        Assert.SkipWhen(RealData.Folder is null, $"real file {pattern} is missing");
        string? path = Directory.GetFiles(Path.Combine(RealData.Folder!, folder), Path.GetFileName(pattern)).SingleOrDefault();
        return path is null ? pattern : Path.Combine(folder, Path.GetFileName(path));
    }

    private static string Real(string name)
    {
        string? path = RealData.Path(name);
        Assert.SkipWhen(path is null, $"real file {name} is missing");
        return path!;
    }
}
