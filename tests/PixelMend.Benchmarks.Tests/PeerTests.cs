using PixelMend.Benchmarks.Peers;
using PixelMend.Benchmarks.Trials;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Evaluation;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Benchmarks.Tests;

/// <summary>What every re-expressed formula does on frames where the right answer is plain.</summary>
public class PeerTests
{
    private static readonly string[] Cfas =
    [
        "MONO",
        "RGGB",
        "GRBG",
        "GBRG",
        "BGGR",
        "GMCY",
        "XTRANS",
        "RGRBGB/GBGGRG/GRGGBG/BGBRGR/GRGGBG/GBGGRG",
        "QUAD-RGGB",
        "NONA-RGGB",
        "12/34",
    ];

    public static TheoryData<string, string> CorrectorsOnCfas => Pair(PeerCorrectors.All, p => p.Algorithm.Name, p => p.Handles);

    /// <summary>Formulas that leave bad neighbours out of their sums; RawTherapee's reads some of them on X-Trans.</summary>
    public static TheoryData<string, string> MapReadersOnCfas =>
        Pair(
            [.. PeerCorrectors.All.Where(p => p.Algorithm.Name is "RawTherapee*" or "DNG SDK*" or "darktable*")],
            p => p.Algorithm.Name,
            p => cfa => p.Handles(cfa) && !(p.Algorithm.Name == "RawTherapee*" && PeerCfas.IsXTrans(cfa))
        );

    public static TheoryData<string, string> DetectorsOnCfas => Pair(PeerDetectors.All, p => p.Algorithm.Name, p => p.Handles);

    [Theory]
    [MemberData(nameof(CorrectorsOnCfas))]
    public void Where_every_colour_is_even_single_photosites_get_their_own_colour(string name, string cfa)
    {
        RawFrame frame = WitnessFrame.Flat(cfa);
        InjectedFrame broken = SitePattern.Isolated.Into(frame, seed: 1);
        CorrectionReport report = Corrector(name).Correct(broken.Broken, broken.Truth, WitnessFrame.Threads);
        Assert.Empty(report.Unreachable);
        Assert.Equal(broken.Sites.Count, report.Changes.Count);
        Assert.All(report.Changes, c => Assert.Equal(frame.Stored(c.X, c.Y), c.New, 0.01));
    }

    [Theory]
    [MemberData(nameof(MapReadersOnCfas))]
    public void Formulas_that_know_the_map_do_not_read_bad_photosites(string name, string cfa)
    {
        RawFrame frame = WitnessFrame.Busy(cfa, seed: 3);
        foreach (SitePattern pattern in SitePattern.All)
        {
            InjectedFrame broken = pattern.Into(frame, seed: 2);
            CorrectionReport one = Corrector(name).Correct(broken.Broken, broken.Truth, WitnessFrame.Threads);
            CorrectionReport other = Corrector(name).Correct(frame, broken.Truth, WitnessFrame.Threads);
            Assert.Equal(one.Changes.Select(c => c.New), other.Changes.Select(c => c.New));
            Assert.Equal(one.Unreachable.Select(d => (d.X, d.Y)), other.Unreachable.Select(d => (d.X, d.Y)));
        }
    }

    [Theory]
    [MemberData(nameof(CorrectorsOnCfas))]
    public void Only_photosites_of_the_map_are_given_values(string name, string cfa)
    {
        InjectedFrame broken = SitePattern.Square.Into(WitnessFrame.Busy(cfa, seed: 4), seed: 2);
        CorrectionReport report = Corrector(name).Correct(broken.Broken, broken.Truth, WitnessFrame.Threads);
        Assert.Equal(
            broken.Truth.AllPhotosites().Select(d => (d.X, d.Y)),
            report
                .Changes.Select(c => (c.X, c.Y))
                .Concat(report.Unreachable.Select(d => (d.X, d.Y)))
                .OrderBy(s => s.Item2)
                .ThenBy(s => s.Item1)
        );
    }

    [Theory]
    [MemberData(nameof(DetectorsOnCfas))]
    public void A_bright_photosite_among_even_ones_is_found_and_nothing_else(string name, string cfa)
    {
        RawFrame frame = WitnessFrame.Flat(cfa);
        RawFrame broken = frame.With([new SampleChange(31, 42, 0, WitnessFrame.White, 1)]);
        Assert.Equal([(31, 42)], Found(name, broken));
    }

    [Theory]
    [MemberData(nameof(DetectorsOnCfas))]
    public void Nothing_is_found_in_even_frames(string name, string cfa) => Assert.Empty(Found(name, WitnessFrame.Flat(cfa)));

    [Fact]
    public void Peers_take_part_only_where_they_know_the_array()
    {
        Assert.Equal(
            ["RawTherapee*", "LibRaw*", "darktable*"],
            PeerCorrectors.All.Where(p => p.Handles(CfaPattern.XTrans)).Select(p => p.Algorithm.Name)
        );
        Assert.Equal(
            ["LibRaw*", "darktable*"],
            PeerCorrectors.All.Where(p => p.Handles(CfaPattern.Parse("GMCY"))).Select(p => p.Algorithm.Name)
        );
        Assert.Equal(["RawTherapee*", "Siril*"], PeerCorrectors.All.Where(p => p.Handles(CfaPattern.Mono)).Select(p => p.Algorithm.Name));
        Assert.DoesNotContain(PeerCorrectors.All, p => p.Handles(CfaPattern.Parse("QUAD-RGGB")));
        Assert.DoesNotContain(PeerDetectors.All, p => p.Handles(CfaPattern.Parse("12/34")));
    }

    private static (int X, int Y)[] Found(string name, RawFrame frame)
    {
        var found = new DefectMap.Builder(frame.Width, frame.Height);
        Methods
            .Detectors.Single(m => m.Name == name)
            .Instance.Detect(new Evidence(frame, DefectMap.Empty(frame.Width, frame.Height)), found, WitnessFrame.Threads);
        return [.. found.Build().Points.Select(d => (d.X, d.Y))];
    }

    private static IDefectCorrector Corrector(string name) => Methods.Correctors.Single(m => m.Name == name).Instance;

    private static TheoryData<string, string> Pair<T>(
        IReadOnlyList<Peer<T>> peers,
        Func<Peer<T>, string> name,
        Func<Peer<T>, Func<CfaPattern, bool>> handles
    )
    {
        var pairs = new TheoryData<string, string>();
        foreach (Peer<T> peer in peers)
        {
            foreach (string cfa in Cfas.Where(c => handles(peer)(CfaPattern.Parse(c))))
            {
                pairs.Add(name(peer), cfa);
            }
        }

        return pairs;
    }
}
