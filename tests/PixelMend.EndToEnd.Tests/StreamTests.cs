using System.Diagnostics;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>Raw video through pipes: every frame comes out repaired before the next goes in; what is learned from one serves the next.</summary>
public class StreamTests
{
    /// <summary>The first frame is what <c>correct</c> makes of it; in those that follow the same is repaired, nearly to the same values.</summary>
    [Fact]
    public void Every_frame_is_repaired_as_correct_would()
    {
        using var folder = new TempFolder();
        byte[][] expected = [.. Enumerable.Range(1, 3).Select(seed => Corrected(folder, seed))];
        Shell.Script(folder.Root, $"cat 1.raw 2.raw 3.raw | \"$PIXELMEND\" stream --quiet --raw {Dump.Spec} > video.raw").Succeeded();
        byte[][] frames = [.. File.ReadAllBytes(folder["video.raw"]).Chunk(expected[0].Length)];
        Assert.Equal(3, frames.Length);
        Assert.Equal(expected[0], frames[0]);
        for (int i = 0; i < 3; i++)
        {
            byte[] original = Dump.Make(i + 1);
            IReadOnlyList<(int X, int Y)> changed = Dump.Differences(original, frames[i]);
            Assert.Subset(changed.ToHashSet(), Dump.Planted.Select(p => (p.X, p.Y)).ToHashSet());
            Assert.All(
                Dump.Planted,
                p => Assert.InRange(Dump.Sample(frames[i], p.X, p.Y) / (double)Dump.Sample(expected[i], p.X, p.Y), .97, 1.03)
            );
        }
    }

    /// <summary>A frame is not kept back until the next arrives.</summary>
    [Fact]
    public void The_first_frame_leaves_before_the_second_comes()
    {
        using var folder = new TempFolder();
        byte[] expected = Corrected(folder, 1);
        Said version = Shell.PixelMend(folder.Root, "--version").Succeeded();
        Assert.NotEmpty(version.Out);
        using Process process = Process.Start(
            new ProcessStartInfo(Checkout.Launcher, ["stream", "--raw", Dump.Spec])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var first = new byte[expected.Length];
        process.StandardInput.BaseStream.Write(File.ReadAllBytes(folder["1.raw"]));
        process.StandardInput.BaseStream.Flush();
        process.StandardOutput.BaseStream.ReadExactly(first);
        process.StandardInput.Close();
        Assert.Equal(expected, first);
        Assert.Equal(-1, process.StandardOutput.BaseStream.ReadByte());
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public void An_incomplete_last_frame_is_told_after_the_whole_ones_went_out()
    {
        using var folder = new TempFolder();
        byte[] expected = Corrected(folder, 1);
        Shell
            .Script(folder.Root, $"(cat 1.raw; head -c 100 1.raw) | \"$PIXELMEND\" stream --raw {Dump.Spec} > video.raw")
            .Failed(3, "the input ends within frame 2, after 100 of its 38400 bytes");
        Assert.Equal(expected, File.ReadAllBytes(folder["video.raw"]));
    }

    [Fact]
    public void A_reader_that_goes_ends_the_stream_quietly()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["1.raw"]);
        Said said = Shell.Script(
            folder.Root,
            $"(while cat 1.raw 2>/dev/null; do :; done) | (\"$PIXELMEND\" stream --raw {Dump.Spec}; echo $? > code) | head -c 100000 | wc -c"
        );
        Assert.Equal(("100000", string.Empty), (said.Out.Trim(), said.Error));
        Assert.Equal("0", File.ReadAllText(folder["code"]).Trim());
    }

    [Fact]
    public void No_frames_at_all_are_no_error()
    {
        using var folder = new TempFolder();
        Said said = Shell.Script(folder.Root, $"\"$PIXELMEND\" stream --raw {Dump.Spec} < /dev/null").Succeeded();
        Assert.Empty(said.Out);
    }

    /// <summary>The launcher opens what is closed; the program itself, which packages hold, must not take a file of its own for its input or output.</summary>
    [Theory]
    [InlineData("<&-", "standard input")]
    [InlineData("</dev/null >&-", "standard output")]
    [InlineData("<&- >&-", "standard input")]
    public void Closed_ends_are_told(string closed, string name)
    {
        Shell
            .Script(Checkout.Root, $"\"$(ls -t artifacts/cli/*-*/PixelMend.Cli | head -n 1)\" stream --raw {Dump.Spec} {closed}")
            .Failed(4, name, "closed");
    }

    [Fact]
    public void The_geometry_is_required() => Shell.PixelMend(Checkout.Root, "stream").Failed(2, "--raw");

    /// <summary>From ffmpeg to ffmpeg and through a lossless file; Bayer goes in as it came.</summary>
    [Theory]
    [InlineData("gray16le", "MONO")]
    [InlineData("bayer_rggb16le", "RGGB")]
    public void Ffmpeg_stands_on_both_ends(string pixels, string cfa)
    {
        using var folder = new TempFolder();
        SkipWithout("ffmpeg");
        File.WriteAllBytes(folder["in.raw"], [.. Dump.Make(1), .. Dump.Make(2)]);
        string spec = $"width={Dump.Width},height={Dump.Height},depth=16,cfa={cfa},black=64,white=16383";
        string video = $"-f rawvideo -pix_fmt {pixels} -s {Dump.Width}x{Dump.Height}";
        Shell.Script(folder.Root, $"\"$PIXELMEND\" stream --raw {spec} < in.raw > direct.raw").Succeeded();
        Shell
            .Script(
                folder.Root,
                $"ffmpeg -v error {video} -i in.raw -c copy -f rawvideo - | \"$PIXELMEND\" stream --raw {spec}"
                    + $" | ffmpeg -v error {video} -i - -c copy out.nut && ffmpeg -v error -i out.nut -c copy -f rawvideo back.raw"
            )
            .Succeeded();
        byte[] direct = File.ReadAllBytes(folder["direct.raw"]);
        Assert.Equal(direct, File.ReadAllBytes(folder["back.raw"]));
        Assert.NotEqual(File.ReadAllBytes(folder["in.raw"]), direct);
    }

    private static byte[] Corrected(TempFolder folder, int seed)
    {
        Dump.Write(folder[$"{seed}.raw"], seed);
        Shell.PixelMend(folder.Root, "correct", $"{seed}.raw", "--raw", Dump.Spec, "--out", $"{seed}.mended.raw").Succeeded();
        return File.ReadAllBytes(folder[$"{seed}.mended.raw"]);
    }

    private static void SkipWithout(string program)
    {
        bool missing = Shell.Run("/bin/sh", ["-c", $"command -v {program}"], Checkout.Root).ExitCode != 0;
        Assert.SkipWhen(missing && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), $"{program} is missing");
        Assert.False(missing, $"{program} is missing");
    }
}
