using System.Text.Json;
using PixelMend.TestKit;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>Camera RAW from the command line: to DNG, in kind, damaged, and without LibRaw.</summary>
public class CameraRawTests
{
    private const string Nikon = "nef/nikon_d1.nef";

    /// <summary>Length of its headers and preview; what follows are samples.</summary>
    private const int Samples = 59_000;

    /// <summary>Defects for a frame that has none: in corners, where a sample shares a byte with its neighbour, side by side.</summary>
    private const string Map = "x,y\n0,0\n1,0\n2011,0\n1000,700\n1001,700\n0,1323\n2011,1323\n";

    [Fact]
    public void The_output_is_a_dng_that_differs_in_the_repaired_samples_alone()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["a.NEF"], Original());
        File.WriteAllText(folder["map.csv"], Map);
        Shell.PixelMend(folder.Root, "correct", "a.NEF", "--map", "map.csv", "--delta", "delta.json").Succeeded();
        Assert.Equal(["a.NEF", "a.mended.dng", "delta.json", "map.csv"], folder.Names());

        ushort[] before = Dcraw(folder, "a.NEF");
        ushort[] after = Dcraw(folder, "a.mended.dng");
        JsonElement[] changes = Changes(folder);
        Assert.NotEmpty(changes);
        foreach (JsonElement change in changes)
        {
            int at = (change.GetProperty("y").GetInt32() * 2012) + change.GetProperty("x").GetInt32();
            Assert.Equal((change.GetProperty("old").GetInt32(), change.GetProperty("new").GetInt32()), (before[at], after[at]));
            after[at] = before[at];
        }

        Assert.Equal(before, after);
        Assert.Equal(Original(), File.ReadAllBytes(folder["a.NEF"]));
    }

    [Fact]
    public void In_kind_makes_the_same_repairs_in_a_copy()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["a.NEF"], Original());
        File.WriteAllText(folder["map.csv"], Map);
        Shell.PixelMend(folder.Root, "correct", "a.NEF", "--map", "map.csv").Succeeded();
        Shell.PixelMend(folder.Root, "correct", "a.NEF", "--map", "map.csv", "--in-kind", "--delta", "delta.json").Succeeded();
        Assert.Equal(["a.NEF", "a.mended.NEF", "a.mended.dng", "delta.json", "map.csv"], folder.Names());
        Assert.Equal(Dcraw(folder, "a.mended.dng"), Dcraw(folder, "a.mended.NEF"));
        byte[] copy = File.ReadAllBytes(folder["a.mended.NEF"]);
        Assert.Equal(Original().Length, copy.Length);

        // A sample of 12 bits lies in two bytes.
        Assert.InRange(Original().Zip(copy).Count(b => b.First != b.Second), 1, 2 * Changes(folder).Length);
    }

    [Fact]
    public void Names_say_what_is_written()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["a.NEF"], Original());
        Dump.Write(folder["a.raw"]);
        Shell.PixelMend(folder.Root, "correct", "a.NEF", "--in-kind", "--out", "b.dng").Failed(2, "b.dng", ".NEF");
        Shell.PixelMend(folder.Root, "correct", "a.raw", "--raw", Dump.Spec, "--out", "b.nef").Failed(2, "b.nef", ".dng");
        Shell.PixelMend(folder.Root, "correct", "a.NEF", "--no-dynamic", "--out", "b.nef").Succeeded();
        Assert.Equal(Original(), File.ReadAllBytes(folder["b.nef"]));

        // Outputs that a pattern brings along are left out.
        Shell.PixelMend(folder.Root, "correct", "a.NEF", "--no-dynamic").Succeeded();
        using var summary = JsonDocument.Parse(
            Shell.PixelMend(folder.Root, "correct", "a.NEF", "a.mended.dng", "--no-dynamic", "--dry-run", "--json").Succeeded().Out
        );
        Assert.Equal(1, summary.RootElement.GetProperty("files").GetArrayLength());
        Assert.Equal("a.mended.dng", summary.RootElement.GetProperty("skipped")[0].GetProperty("file").GetString());
    }

    [Fact]
    public void Camera_raw_is_listed_with_the_part_that_reads_it()
    {
        JsonElement format = JsonDocument
            .Parse(Shell.PixelMend(Checkout.Root, "formats", "--json").Succeeded().Out)
            .RootElement.GetProperty("frames")
            .EnumerateArray()
            .Single(f => f.GetProperty("name").GetString() == "camera RAW");
        Assert.StartsWith("LibRaw 0.20.", format.GetProperty("part").GetString(), StringComparison.Ordinal);
        Assert.Equal(".dng", format.GetProperty("writtenAs").GetString());
    }

    /// <summary>Native code would take the whole process with it; each file must get its own line instead.</summary>
    [Fact]
    public void Truncated_files_are_refused()
    {
        using var folder = new TempFolder();
        byte[] original = Original();
        int[] lengths =
        [
            .. Enumerable.Range(1, 24).Select(i => i * 53),
            .. Enumerable.Range(1, 16).Select(i => i * original.Length / 17),
            original.Length - 100_000,
        ];
        foreach (int length in lengths)
        {
            File.WriteAllBytes(folder[$"{length:D8}.nef"], original[..length]);
        }

        Assert.Equal(lengths.Length, Judge(folder, mustRefuse: true));
    }

    [Fact]
    public void Files_with_random_bytes_are_refused_or_read()
    {
        using var folder = new TempFolder();
        byte[] original = Original();
        var random = new Random(4);
        for (int i = 0; i < 40; i++)
        {
            byte[] damaged = [.. original];
            // Half of them in the directories that a parser follows, where a byte does most.
            int within = i % 2 == 0 ? 1280 : Samples;
            for (int flips = 0; flips < 1 + (i / 4); flips++)
            {
                damaged[8 + random.Next(within - 8)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(folder[$"{i:D2}.nef"], damaged);
        }

        Assert.Equal(40, Judge(folder, mustRefuse: false));
    }

    [Theory]
    [InlineData("bep-imagemeta-truncated")]
    [InlineData("file-type")]
    [InlineData("go-fuzz-tiff")]
    [InlineData("libtiff")]
    public void Broken_files_of_other_projects_do_not_end_the_program(string collection)
    {
        string source = Path.Combine(RealData.Folder ?? "", "fuzz", collection);
        Assert.SkipUnless(Directory.Exists(source), $"real files fuzz/{collection} are missing");
        using var folder = new TempFolder();
        int count = 0;
        foreach (string path in Directory.EnumerateFiles(source).Where(p => new FileInfo(p).Length > 0))
        {
            // With a camera's extension whatever looks like TIFF goes to LibRaw.
            File.Copy(path, folder[$"{count++:D3}.nef"]);
        }

        Judge(folder, mustRefuse: false);
    }

    [Fact]
    public void Without_libraw_one_line_says_what_to_install()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["a.nef"], Original());
        // In a name space of its own the library is an empty file.
        const string Hide =
            "unshare --mount sh -c 'for f in /usr/lib/*/libraw_r.so.20 /lib/*/libraw_r.so.20; do mount --bind /dev/null \"$f\" 2>/dev/null; done; ";
        Assert.SkipWhen(Shell.Script(folder.Root, "unshare --mount true").ExitCode != 0, "unshare --mount is not allowed here");
        Shell.Script(folder.Root, Hide + "exec \"$PIXELMEND\" correct a.nef'").Failed(3, "a.nef", "apt-get install libraw20");
        Assert.Contains(
            "missing",
            Shell.Script(folder.Root, Hide + "exec \"$PIXELMEND\" formats'").Succeeded().Out,
            StringComparison.Ordinal
        );
    }

    /// <summary>Runs over a folder in a process of its own, and returns for how many files it has a word.</summary>
    private static int Judge(TempFolder folder, bool mustRefuse)
    {
        Said said = Shell.PixelMend(folder.Root, "correct", ".", "--no-dynamic", "--dry-run", "--json");
        Assert.True(said.ExitCode is 0 or 3, $"exit code {said.ExitCode}: {said.Error}");
        using var summary = JsonDocument.Parse(said.Out);
        JsonElement[] files = [.. summary.RootElement.GetProperty("files").EnumerateArray()];
        foreach (JsonElement file in files)
        {
            bool refused = file.TryGetProperty("error", out JsonElement error);
            Assert.True(refused || !mustRefuse, file.GetRawText());
            Assert.DoesNotContain("please report", refused ? error.GetProperty("message").GetString() : "", StringComparison.Ordinal);
        }

        return files.Length;
    }

    private static JsonElement[] Changes(TempFolder folder)
    {
        using var delta = JsonDocument.Parse(File.ReadAllBytes(folder["delta.json"]));
        return [.. delta.RootElement.GetProperty("files")[0].GetProperty("changes").EnumerateArray().Select(c => c.Clone())];
    }

    private static byte[] Original()
    {
        string? path = RealData.Path(Nikon);
        Assert.SkipWhen(path is null, $"real file {Nikon} is missing");
        return File.ReadAllBytes(path!);
    }

    /// <summary>The whole sensor as dcraw sees it.</summary>
    private static ushort[] Dcraw(TempFolder folder, string file)
    {
        bool missing = Shell.Run("/bin/sh", ["-c", "command -v dcraw"], folder.Root).ExitCode != 0;
        Assert.SkipWhen(missing && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), "dcraw is missing");
        Shell.Script(folder.Root, $"dcraw -E -4 -t 0 -c {file} > dcraw.pgm").Succeeded();
        byte[] pgm = File.ReadAllBytes(folder["dcraw.pgm"]);
        File.Delete(folder["dcraw.pgm"]);
        byte[] samples = pgm[^(2012 * 1324 * 2)..];
        return [.. Enumerable.Range(0, samples.Length / 2).Select(i => (ushort)((samples[2 * i] << 8) | samples[(2 * i) + 1]))];
    }
}
