using System.Runtime.InteropServices;
using System.Text.Json;
using PixelMend.Formats;
using PixelMend.Formats.Ser;
using PixelMend.Frames;
using PixelMend.TestKit;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>Files of several frames: each frame is repaired as a file of its own would be.</summary>
public class SequenceFileTests
{
    private const string Video = "derived/stargate_10frames_mono16.ser";
    private const string FirstFrame = "astro_stargate/StarGateCluster_030_sec_1x1_0001.hd7d7dc.fit";

    [Fact]
    public void Video_keeps_all_but_its_repaired_samples_and_the_record_undoes_them()
    {
        using var folder = new TempFolder();
        byte[] original = File.ReadAllBytes(Real(Video));
        File.WriteAllBytes(folder["in.ser"], original);
        Said said = Shell.PixelMend(folder.Root, "correct", "in.ser", "--json", "--delta", "delta.json").Succeeded();
        byte[] mended = File.ReadAllBytes(folder["in.mended.ser"]);
        Assert.NotEqual(original, mended);

        using var summary = JsonDocument.Parse(said.Out);
        JsonElement file = summary.RootElement.GetProperty("files")[0];
        using var delta = JsonDocument.Parse(File.ReadAllBytes(folder["delta.json"]));
        JsonElement[] frames = [.. delta.RootElement.GetProperty("files").EnumerateArray()];
        Assert.Equal(10, file.GetProperty("frame").GetProperty("frames").GetInt32());
        Assert.Equal(Enumerable.Range(0, 10), frames.Select(f => f.GetProperty("frame").GetInt32()));
        Assert.Equal(
            file.GetProperty("repair").GetProperty("changed").GetInt32(),
            frames.Sum(f => f.GetProperty("changes").GetArrayLength())
        );
        foreach (JsonElement frame in frames)
        {
            int start = 178 + (frame.GetProperty("frame").GetInt32() * 752 * 581 * 2);
            foreach (JsonElement change in frame.GetProperty("changes").EnumerateArray())
            {
                int at = start + (2 * ((change.GetProperty("y").GetInt32() * 752) + change.GetProperty("x").GetInt32()));
                int old = change.GetProperty("old").GetInt32();
                (mended[at], mended[at + 1]) = ((byte)old, (byte)(old >> 8));
            }
        }

        Assert.Equal(original, mended);
    }

    [Fact]
    public void A_frame_of_video_is_repaired_as_the_same_frame_alone()
    {
        using var folder = new TempFolder();
        Shell.PixelMend(folder.Root, "correct", Real(Video), "--out", "mended.ser").Succeeded();
        Shell.PixelMend(folder.Root, "correct", Real(FirstFrame), "--out", "mended.fit").Succeeded();
        Assert.Equal(Read(folder["mended.fit"]).Codes!.Samples, Read(folder["mended.ser"]).Codes!.Samples);
    }

    /// <summary>The frames of a video are a sequence like the same frames in files of their own.</summary>
    [Fact]
    public void The_frames_of_a_video_join_their_evidence()
    {
        using var folder = new TempFolder();
        string frames = Path.Combine(Path.GetDirectoryName(Real(FirstFrame))!, "*.fit");
        Shell.PixelMend(folder.Root, "correct", Real(Video), "--sequence", "--out", "mended.ser").Succeeded();
        Shell.PixelMend(folder.Root, "correct", frames, "--sequence", "--out", "mended/").Succeeded();
        byte[] video = File.ReadAllBytes(folder["mended.ser"]);
        string[] alone = [.. Directory.GetFiles(folder["mended"]).Order(StringComparer.Ordinal)];
        Assert.Equal(10, alone.Length);
        for (int i = 0; i < alone.Length; i++)
        {
            ReadOnlySpan<byte> frame = video.AsSpan(178 + (i * 752 * 581 * 2), 752 * 581 * 2);
            Assert.True(frame.SequenceEqual(MemoryMarshal.AsBytes<ushort>(Read(alone[i]).Codes!.Samples)), alone[i]);
        }
    }

    /// <summary>A map of a video lists what at least half of its frames show; each frame shows some of its own noise and cosmic rays besides.</summary>
    [Fact]
    public void A_map_of_a_video_is_a_map_of_all_its_frames()
    {
        using var folder = new TempFolder();
        Said said = Shell.PixelMend(folder.Root, "detect", Real(Video), "--out", "map.csv", "--json").Succeeded();
        string frames = Path.Combine(Path.GetDirectoryName(Real(FirstFrame))!, "*.fit");
        Shell.PixelMend(folder.Root, "detect", frames, "--out", "maps/").Succeeded();
        (int, int)[] usual =
        [
            .. Directory.GetFiles(folder["maps"]).SelectMany(Places).GroupBy(p => p).Where(g => g.Count() >= 5).Select(g => g.Key).Order(),
        ];
        Assert.Equal(usual, Places(folder["map.csv"]).Order());
        JsonElement frame = JsonDocument.Parse(said.Out).RootElement.GetProperty("files")[0].GetProperty("frame");
        Assert.Equal(10, frame.GetProperty("frames").GetInt32());

        static IEnumerable<(int, int)> Places(string map) =>
            File.ReadLines(map)
                .Where(l => char.IsAsciiDigit(l[0]))
                .Select(l => l.Split(','))
                .Select(f => (int.Parse(f[0]), int.Parse(f[1])));
    }

    [Fact]
    public void Images_of_different_sizes_have_no_map_in_common()
    {
        using var folder = new TempFolder();
        string[] images = ["SIMPLE  =                    T", "XTENSION= 'IMAGE   '"];
        File.WriteAllBytes(folder["in.fits"], [.. images.SelectMany((first, i) => Hdu(first, side: 8 + (8 * i)))]);
        Shell
            .PixelMend(folder.Root, "detect", "in.fits", "--hdu", "all", "--out", "map.csv")
            .Failed(3, "in.fits", "8 × 8", "16 × 16", "--hdu");
        Assert.Equal(["in.fits"], folder.Names());

        static byte[] Hdu(string first, int side)
        {
            string[] cards =
            [
                first,
                "BITPIX  = 8",
                "NAXIS   = 2",
                $"NAXIS1  = {side}",
                $"NAXIS2  = {side}",
                "PCOUNT  = 0",
                "GCOUNT  = 1",
                "END",
            ];
            string header = string.Concat(cards.Select(c => c.PadRight(80))).PadRight(2880);
            return [.. System.Text.Encoding.ASCII.GetBytes(header), .. Enumerable.Range(0, 2880).Select(i => (byte)(100 + (i % 7)))];
        }
    }

    [Fact]
    public void A_report_has_figures_of_every_frame_and_pictures_of_some()
    {
        using var folder = new TempFolder();
        string[] dry = ["correct", Real(Video), "--dry-run"];
        Shell.PixelMend(folder.Root, [.. dry, "--report", "r.json", "--quiet"]).Succeeded();
        Shell.PixelMend(folder.Root, [.. dry, "--report", "r.html", "--quiet"]).Succeeded();
        using var report = JsonDocument.Parse(File.ReadAllBytes(folder["r.json"]));
        JsonElement[] frames = [.. report.RootElement.GetProperty("findings").EnumerateArray()];
        Assert.Equal(Enumerable.Range(0, 10), frames.Select(f => f.GetProperty("frame").GetProperty("number").GetInt32()));
        JsonElement file = report.RootElement.GetProperty("summary").GetProperty("files")[0];
        Assert.Equal(
            file.GetProperty("defects").GetProperty("total").GetInt32(),
            frames.Sum(f => f.GetProperty("frame").GetProperty("defects").GetProperty("total").GetInt32())
        );
        int[] shown =
        [
            .. frames.Where(f => f.TryGetProperty("findings", out _)).Select(f => f.GetProperty("frame").GetProperty("number").GetInt32()),
        ];
        Assert.Equal([0, 2, 3, 4, 5, 7, 8, 9], shown);
        string page = File.ReadAllText(folder["r.html"]);
        Assert.All(shown, n => Assert.Contains($"<h2 id=\"f0-{n}\">Frame {n}</h2>", page, StringComparison.Ordinal));
        Assert.DoesNotContain("f0-6", page, StringComparison.Ordinal);
        Assert.Contains("<tr><td>6</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_frames_keep_their_format()
    {
        using var folder = new TempFolder();
        File.Copy(Real(Video), folder["in.ser"]);
        Shell.PixelMend(folder.Root, "correct", "in.ser", "--out", "out.fits").Failed(3, "in.ser", "several frames", ".ser");
        Assert.Equal(["in.ser"], folder.Names());
    }

    [Fact]
    public void A_video_that_is_cut_off_leaves_no_output()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["in.ser"], File.ReadAllBytes(Real(Video))[..^500_000]);
        Shell.PixelMend(folder.Root, "correct", "in.ser").Failed(3, "in.ser", "within frame 10");
        Assert.Equal(["in.ser"], folder.Names());
    }

    /// <summary>ffmpeg takes the mark by the letter, so it calls these samples big-endian; their bytes are what counts.</summary>
    [Fact]
    public void Ffmpeg_reads_the_frames_written()
    {
        using var folder = new TempFolder();
        Shell.PixelMend(folder.Root, "correct", Real(Video), "--out", "mended.ser").Succeeded();
        Witness(folder, "ffmpeg", "ffmpeg -v error -i mended.ser -f rawvideo -pix_fmt gray16be frames.raw");
        Assert.Equal(File.ReadAllBytes(folder["mended.ser"]).AsSpan(178).ToArray(), File.ReadAllBytes(folder["frames.raw"]));
    }

    /// <summary>Siril loads our files and saves what it sees as FITS.</summary>
    [Theory]
    [InlineData(FirstFrame, "mended.fit")]
    [InlineData("derived/kissx4_bayer_RGGB.fits", "mended.fit")]
    public void Siril_reads_the_samples_written(string name, string written)
    {
        using var folder = new TempFolder();
        Shell.PixelMend(folder.Root, "correct", Real(name), "--out", "first" + Path.GetExtension(name)).Succeeded();
        File.Move(folder["first" + Path.GetExtension(name)], folder[written]);
        File.WriteAllText(folder["script.ssf"], $"requires 1.0.0\nset16bits\nsetext fit\nload {written}\nsave again\n");
        Witness(folder, "siril-cli", "siril-cli -d . -s script.ssf > log 2>&1");
        RawFrame ours = Read(folder[written]);
        RawFrame theirs = Read(folder["again.fit"]);
        Assert.Equal(ours.Codes!.Samples, theirs.Codes!.Samples);
        Assert.Equal(ours.Cfa, theirs.Cfa);
    }

    /// <summary>Siril copies the video that we wrote frame by frame, and what it takes for the largest of all frames' samples we take for it too.</summary>
    [Fact]
    public void Siril_reads_every_frame_of_the_video_written()
    {
        using var folder = new TempFolder();
        Shell.PixelMend(folder.Root, "correct", Real(Video), "--out", "mended.ser").Succeeded();
        const string Copy = "seqcrop mended 0 0 752 581 -prefix=copy_";
        const string Largest = "stack mended max -out=largest";
        File.WriteAllText(folder["script.ssf"], $"requires 1.0.0\nset16bits\nsetext fit\n{Copy}\n{Largest}\n");
        Witness(folder, "siril-cli", "siril-cli -d . -s script.ssf > log 2>&1");
        byte[] video = File.ReadAllBytes(folder["mended.ser"]);
        Assert.Equal(video.AsSpan(178).ToArray(), File.ReadAllBytes(folder["copy_mended.ser"]).AsSpan(178).ToArray());

        using FileStream file = File.OpenRead(folder["mended.ser"]);
        using FrameSequence frames = new SerFormat().OpenSequence(file, ReadOptions.Default)!;
        var largest = new ushort[752 * 581];
        while (frames.Next() is { } frame)
        {
            largest = [.. largest.Zip(frame.Codes!.Samples, Math.Max)];
        }

        // A video begins at the top of the picture, Siril's FITS at its bottom. Siril leaves out the last sample of all.
        RawFrame theirs = Read(folder["largest.fit"]);
        theirs.Codes![0, 0] = largest[580 * 752];
        for (int y = 0; y < 581; y++)
        {
            Assert.True(largest.AsSpan(y * 752, 752).SequenceEqual(theirs.Codes!.Row(580 - y)), $"row {y}");
        }
    }

    private static void Witness(TempFolder folder, string program, string script)
    {
        bool missing = Shell.Run("/bin/sh", ["-c", $"command -v {program}"], folder.Root).ExitCode != 0;
        Assert.SkipWhen(missing && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), $"{program} is missing");
        Assert.Equal(0, Shell.Script(folder.Root, script).ExitCode);
    }

    private static RawFrame Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        return FormatSet.FrameFormatFor(file, path, ReadOptions.Default).Read(file, ReadOptions.Default);
    }

    private static string Real(string name)
    {
        string? path = RealData.Path(name);
        Assert.SkipWhen(path is null, $"real file {name} is missing");
        return path!;
    }
}
