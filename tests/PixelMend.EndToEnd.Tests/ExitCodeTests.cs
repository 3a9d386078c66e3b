using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>Every class of error: the right code, one line on standard error that names the culprit, nothing written or changed.</summary>
public class ExitCodeTests
{
    /// <summary>Command line (a.raw and b.raw are good), and a word of the message. RAW stands for the right --raw option, EMPTY for an empty name.</summary>
    public static TheoryData<string, string> Usage =>
        new()
        {
            { "", "command" },
            { "mend a.raw", "'mend'" },
            { "correct RAW EMPTY", "empty" },
            { "correct RAW a.raw --out EMPTY", "--out" },
            { "correct RAW a.raw --delta EMPTY", "--delta" },
            { "correct RAW a.raw --report EMPTY", "--report" },
            { "correct RAW a.raw --cfa bayer", "--cfa" },
            { "correct", "argument" },
            { "correct RAW --frobnicate a.raw", "--frobnicate" },
            { "correct RAW a.raw --detector none", "--detector" },
            { "correct RAW a.raw --corrector none", "--corrector" },
            { "correct RAW a.raw --set no-such=1", "no-such" },
            { "correct RAW a.raw --detector ring-threshold --set threshold=7", "threshold" },
            { "correct RAW a.raw --set threshold", "name=value" },
            { "correct RAW a.raw --sensitivity extreme", "extreme" },
            { "correct RAW a.raw --threads 0", "--threads" },
            { "correct RAW a.raw --threads many", "--threads" },
            { "correct a.raw --raw width=160", "height" },
            { "correct a.raw --raw wide=160", "wide" },
            { "correct RAW a.raw --cfa RG/B", "--cfa" },
            { "correct RAW a.raw --out b.xyz", ".xyz" },
            { "correct RAW a.raw b.raw --out c.raw", "--out" },
            { "correct RAW a.raw sub/a.raw --out out/", "a.raw" },
            { "correct RAW a.raw --report r.txt", "r.txt" },
            { "correct RAW a.raw --report r.json --delta r.json", "r.json" },
            { "correct RAW a.raw --map a.xyz", "--map" },
            { "correct RAW a.raw --cfa BGGR", "--raw says cfa=RGGB" },
            { "correct RAW a.raw --hdu 1", "--hdu" },
            { "correct RAW a.raw --endian big", "endian=big" },
            { "correct RAW a.raw --dialect dcraw", "--map" },
            { "correct RAW a.raw --offset 1,1", "--map" },
            { "correct RAW a.raw --map m.csv --dialect dcraw", "--dialect dcraw is for .badpixels files, not for m.csv" },
            { "correct a.raw --raw width=160,height=120,depth=14,white=16384", "white=16384 is beyond 16383" },
            { "correct RAW a.raw --no-dynamic --detector model", "--detector" },
            { "correct RAW a.raw --no-dynamic --sensitivity high", "--sensitivity" },
            { "correct a.dng --opcodes --corrector ring-mean", "--corrector" },
            { "correct a.dng --opcodes --delta d.json", "--delta" },
            { "correct a.dng --opcodes --in-kind", "--in-kind" },
            { "detect RAW a.raw", "--out" },
            { "detect RAW a.raw --out m.xyz", "m.xyz" },
            { "detect RAW a.raw --out n.csv --dialect phd2", "--dialect phd2 is for .txt files, not for n.csv" },
            { "detect RAW a.raw b.raw --out m.csv", "--out" },
            { "detect RAW a.raw --out m.csv --corrector ring-mean", "--corrector" },
            { "evaluate", "argument" },
            { "evaluate RAW a.raw --preset none", "--preset" },
            { "evaluate RAW a.raw --density 0", "--density" },
            { "evaluate RAW a.raw --seed 1 --seed x", "--seed" },
            { "evaluate RAW a.raw --report r.txt", "r.txt" },
            { "evaluate RAW a.raw --known m.xyz", "--known" },
            { "evaluate RAW a.raw --detector model", "--detector" },
            { "simulate RAW a.raw --out n.raw", "--truth" },
            { "simulate RAW a.raw --seed 1 --seed 2 --out n.raw --truth t.csv", "--seed" },
            { "simulate --out n.raw --truth t.csv", "--scene" },
            { "simulate RAW a.raw b.raw --out n.raw --truth t.csv", "2 files" },
            { "simulate RAW a.raw --scene stars --out n.raw --truth t.csv", "--scene" },
            { "simulate RAW a.raw --size 10x10 --out n.raw --truth t.csv", "--size" },
            { "simulate RAW a.raw --preset none --out n.raw --truth t.csv", "--preset" },
            { "simulate RAW a.raw --density 2 --out n.raw --truth t.csv", "--density" },
            { "simulate RAW a.raw --density much --out n.raw --truth t.csv", "--density" },
            { "simulate RAW a.raw --seed -1 --out n.raw --truth t.csv", "--seed" },
            { "simulate RAW a.raw --out n.raw --truth t.xyz", "t.xyz" },
            { "simulate RAW a.raw --out n.csv --truth n.csv", "n.csv" },
            { "simulate --scene none --out n.dng --truth t.csv", "--scene" },
            { "simulate --scene stars --preset mixed --out n.dng --truth t.csv", "--preset" },
            { "simulate --scene stars --size 10 --out n.dng --truth t.csv", "--size" },
            { "simulate --scene stars --cfa RG/B --out n.dng --truth t.csv", "--cfa" },
            { "simulate --scene stars --out n.xyz --truth t.csv", "n.xyz" },
            { "map diff outside.csv", "diff takes 2 maps, not 1" },
            { "map show outside.csv outside.csv", "show takes one map, not 2" },
            { "map show m.csv --dialect ti", "--dialect ti is for .bin files" },
            { "map convert m.csv --out n.txt --dialect dcraw", "--dialect dcraw is for .badpixels files, not for m.csv" },
            { "otp pack outside.csv --size 0x800 --out o.bin", "--size 0x800: a whole number is needed" },
            { "calibrate --dark a.dng --out m.csv --least-excess few", "--least-excess few: a number is needed" },
        };

    public static TheoryData<string, string> Data =>
        new()
        {
            { "correct a.raw", "--raw" },
            { "correct a.raw --raw width=161,height=120,depth=14", "a.raw" },
            { "correct a.raw --raw width=100000,height=100000,depth=14", "a.raw" },
            { "correct RAW short.raw", "short.raw" },
            { "correct RAW empty.raw", "empty" },
            { "correct RAW empty.raw --delta d.json", "empty" },
            { "correct noise.dng", "noise.dng" },
            { "correct RAW a.raw --map outside.csv", "outside.csv" },
            { "correct RAW a.raw --map other.json", "other.json" },
            { "correct RAW a.raw --map broken.csv", "broken.csv" },
            { "correct RAW a.raw --map broken.json", "broken.json" },
            { "correct folder.csv", "folder.csv" },
            { "detect RAW short.raw --out new.csv", "short.raw" },
            { "evaluate RAW short.raw", "short.raw" },
            { "evaluate RAW a.raw --known outside.csv", "outside.csv" },
            { "simulate RAW short.raw --out n.raw --truth t.csv", "short.raw" },
            { "simulate a.raw --out n.raw --truth t.csv", "--raw" },
        };

    public static TheoryData<string, string> InputOutput =>
        new()
        {
            { "correct RAW missing.raw", "missing.raw" },
            { "correct RAW no-*.raw", "no-*.raw" },
            { "correct RAW no[.raw", "no[.raw" },
            { "correct RAW no[].raw", "no[].raw" },
            { "correct RAW no[z-a].raw", "no[z-a].raw" },
            { "correct RAW a.raw/b.raw", "a.raw/b" },
            { "correct RAW loop.raw", "loop.raw" },
            { "correct RAW nowhere.raw", "nowhere.raw" },
            { "correct RAW a.raw --map missing.csv", "missing.csv" },
            { "correct RAW a.raw --map folder.csv", "folder.csv" },
            { "correct RAW pipe.raw", "pipe.raw" },
            { "correct RAW a.raw --out nowhere/c.raw", "nowhere" },
            { "correct RAW a.raw --out b.raw", "--force" },
            { "correct RAW a.raw --out a.raw", "input" },
            { "correct RAW a.raw --out a.raw --force", "input" },
            { "correct RAW a.raw --out soft.raw --force", "input" },
            { "correct RAW a.raw --out hard.raw --force", "input" },
            { "correct RAW soft.raw --out a.raw --force", "input" },
            { "correct RAW a.raw --out pipe.raw --force", "pipe" },
            { "correct RAW a.raw --delta a.raw --force", "input" },
            { "correct RAW a.raw --delta b.raw", "--force" },
            { "correct RAW a.raw --report nowhere/r.html", "nowhere" },
            { "correct RAW a.raw --report /proc/r.html", "/proc/r.html" },
            { "correct RAW a.raw --delta /proc/d.json", "/proc/d.json" },
            { "correct RAW a.raw --map m.csv --delta m.csv --force", "input" },
            { "detect RAW a.raw --out outside.csv", "--force" },
            { "evaluate RAW missing.raw", "missing.raw" },
            { "evaluate RAW a.raw --known missing.csv", "missing.csv" },
            { "evaluate RAW a.raw --report /proc/r.html", "/proc/r.html" },
            { "learn RAW a.raw b.raw --out /proc/m.csv", "/proc/m.csv" },
            { "calibrate RAW --dark a.raw --out /proc/m.csv", "/proc/m.csv" },
            { "evaluate RAW a.raw --report nowhere/r.html", "nowhere" },
            { "simulate RAW missing.raw --out n.raw --truth t.csv", "missing.raw" },
            { "simulate RAW a.raw --out a.raw --truth t.csv --force", "input" },
            { "simulate RAW a.raw --out b.raw --truth t.csv", "--force" },
            { "simulate RAW a.raw --out n.raw --truth outside.csv", "--force" },
            { "simulate RAW a.raw --out n.raw --truth /proc/t.csv", "/proc/t.csv" },
            { "simulate --scene stars --out nowhere/n.dng --truth t.csv", "nowhere" },
        };

    [Theory]
    [MemberData(nameof(Usage))]
    public void Usage_errors_are_2(string line, string word) => Refuses(2, line, word);

    [Theory]
    [MemberData(nameof(Data))]
    public void Bad_data_is_3(string line, string word) => Refuses(3, line, word);

    [Theory]
    [MemberData(nameof(InputOutput))]
    public void What_cannot_be_read_or_written_is_4(string line, string word) => Refuses(4, line, word);

    [Fact]
    public void Option_values_are_judged_before_any_file_is_opened() =>
        Shell.PixelMend(Checkout.Root, "correct", "--detector", "none", "missing.raw").Failed(2, "none");

    private static void Refuses(int code, string line, string word)
    {
        using TempFolder folder = Prepare();
        string[] before = folder.Snapshot();
        string[] names = folder.Names();
        string[] arguments =
        [
            .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(a => a == "RAW" ? ["--raw", Dump.Spec] : new[] { a == "EMPTY" ? string.Empty : a }),
        ];

        Said said = Shell.PixelMend(folder.Root, arguments).Failed(code, word);

        Assert.Empty(said.Out);
        Assert.Equal(before, folder.Snapshot());
        // A folder that --out asked for may have been made by then; no file may.
        Assert.Equal(names, folder.Names().Where(n => n != "out"));
    }

    private static TempFolder Prepare()
    {
        var folder = new TempFolder();
        byte[] good = Dump.Write(folder["a.raw"], seed: 1);
        Dump.Write(folder["b.raw"], seed: 2);
        Directory.CreateDirectory(folder["sub"]);
        Dump.Write(folder["sub/a.raw"], seed: 3);
        Directory.CreateDirectory(folder["folder.csv"]);
        File.WriteAllBytes(folder["short.raw"], good[..^100]);
        File.WriteAllBytes(folder["empty.raw"], []);
        File.WriteAllBytes(folder["noise.dng"], good[..1000]);
        File.WriteAllText(folder["m.csv"], "x,y\n3,4\n");
        File.WriteAllText(folder["outside.csv"], "x,y\n160,4\n");
        File.WriteAllText(folder["broken.csv"], "x,y\n3,four\n");
        File.WriteAllText(folder["broken.json"], "{\"format\":");
        File.WriteAllText(
            folder["other.json"],
            """{"format":"pixelmend-defect-map","version":1,"geometry":{"width":64,"height":48},"points":[]}"""
        );
        File.CreateSymbolicLink(folder["soft.raw"], folder["a.raw"]);
        File.CreateSymbolicLink(folder["loop.raw"], folder["loop.raw"]);
        File.CreateSymbolicLink(folder["nowhere.raw"], folder["missing.raw"]);
        Assert.Equal(0, Shell.Run("/bin/ln", [folder["a.raw"], folder["hard.raw"]], folder.Root).ExitCode);
        Assert.Equal(0, Shell.Run("/usr/bin/mkfifo", [folder["pipe.raw"]], folder.Root).ExitCode);
        return folder;
    }
}
