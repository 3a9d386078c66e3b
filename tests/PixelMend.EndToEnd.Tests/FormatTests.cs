using System.Text.Json;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>From one format to another and back: samples are what they were.</summary>
public class FormatTests
{
    private static readonly string[] Raw = ["--raw", Dump.Spec];

    /// <summary>Every format that is written, by its usual extension.</summary>
    public static TheoryData<string> Extensions
    {
        get
        {
            string json = Shell.PixelMend(Checkout.Root, "formats", "--json").Succeeded().Out;
            return
            [
                .. JsonDocument
                    .Parse(json)
                    .RootElement.GetProperty("frames")
                    .EnumerateArray()
                    .Where(f => !f.TryGetProperty("writtenAs", out _))
                    .Select(f => f.GetProperty("extensions")[0].GetString()!),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void There_and_back_no_sample_changes(string extension)
    {
        using var folder = new TempFolder();
        byte[] input = Dump.Write(folder["a.raw"]);
        string there = $"there{extension}";

        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--no-dynamic", "--out", there]).Succeeded();
        string[] how = extension == ".raw" ? Raw : [];
        Shell.PixelMend(folder.Root, ["correct", there, .. how, "--no-dynamic", "--out", "back.raw"]).Succeeded();

        Assert.Equal(input, File.ReadAllBytes(folder["back.raw"]));
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_repair_is_the_same_in_every_format(string extension)
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        string frame = $"frame{extension}";
        string map = "map.csv";
        string[] how = extension == ".raw" ? Raw : ["--cfa", "RGGB"];

        Shell.PixelMend(folder.Root, ["detect", "a.raw", .. Raw, "--out", map]).Succeeded();
        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--no-dynamic", "--out", frame]).Succeeded();
        byte[] before = File.ReadAllBytes(folder[frame]);
        // Formats without levels or depth of their own could judge otherwise; ring-mean needs neither.
        string[] repair = ["--no-dynamic", "--map", map, "--corrector", "ring-mean"];
        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, .. repair, "--out", "direct.raw"]).Succeeded();
        Shell.PixelMend(folder.Root, ["correct", frame, .. how, .. repair]).Succeeded();
        Shell
            .PixelMend(folder.Root, ["correct", $"frame.mended{extension}", .. how, "--no-dynamic", "--out", "roundabout.raw"])
            .Succeeded();

        Assert.Equal(File.ReadAllBytes(folder["direct.raw"]), File.ReadAllBytes(folder["roundabout.raw"]));
        Assert.Equal(before, File.ReadAllBytes(folder[frame]));
    }

    [Fact]
    public void A_dry_run_over_a_folder_of_mixed_files_tells_of_each()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["mixed"]);
        Dump.Write(folder["mixed/dump.raw"]);
        string[] extensions = [".dng", ".fits", ".pgm", ".png", ".ser", ".tif"];
        foreach (string extension in extensions)
        {
            Shell.PixelMend(folder.Root, ["correct", "mixed/dump.raw", .. Raw, "--no-dynamic", "--out", $"mixed/a{extension}"]).Succeeded();
        }

        File.WriteAllText(folder["mixed/notes.txt"], "no frame");
        File.WriteAllBytes(folder["mixed/z.png"], File.ReadAllBytes(folder["mixed/a.png"])[..200]);
        string[] before = folder.Snapshot();

        Said said = Shell.PixelMend(folder.Root, "correct", "mixed", "--cfa", "RGGB", "--dry-run", "--json");

        Assert.Equal(3, said.ExitCode);
        Assert.Equal(before, folder.Snapshot());
        JsonElement root = JsonDocument.Parse(said.Out).RootElement;
        Assert.Equal(
            ["DNG RGGB 14 64", "FITS RGGB 14 0", "PGM RGGB 14 0", "PNG RGGB 14 0", "SER RGGB 14 0", "TIFF RGGB 16 0"],
            root.GetProperty("files").EnumerateArray().SkipLast(1).Select(f => Facts(f.GetProperty("frame")))
        );
        JsonElement broken = root.GetProperty("files").EnumerateArray().Last();
        Assert.EndsWith("z.png", broken.GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.Contains("PNG", broken.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        JsonElement skipped = Assert.Single(root.GetProperty("skipped").EnumerateArray());
        Assert.EndsWith("dump.raw", skipped.GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.Contains("--raw", skipped.GetProperty("reason").GetString(), StringComparison.Ordinal);

        static string Facts(JsonElement frame)
        {
            Assert.Equal((Dump.Width, Dump.Height), (frame.GetProperty("width").GetInt32(), frame.GetProperty("height").GetInt32()));
            string black = frame.GetProperty("levels").GetString()!.Split(' ')[1];
            return $"{frame.GetProperty("format").GetString()} {frame.GetProperty("cfa").GetString()} {frame.GetProperty("bitDepth").GetInt32()} {black}";
        }
    }

    /// <summary>Among files of many sorts an option that one of them has no use for is no mistake; each file says so.</summary>
    /// <summary>Frames that a card left empty, or something else under a frame's name: told, not passed over. Other files are none of ours.</summary>
    [Fact]
    public void A_folder_tells_of_files_that_are_frames_by_name_alone()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--no-dynamic", "--out", "a.pgm"]).Succeeded();
        File.WriteAllBytes(folder["b.dng"], []);
        File.WriteAllText(folder["c.fits.gz"], "not a frame");
        File.WriteAllText(folder["notes.txt"], "none at all");
        Said said = Shell.PixelMend(folder.Root, "correct", ".", "--dry-run");
        Assert.Equal(3, said.ExitCode);
        Assert.Contains("a.pgm: PGM", said.Out, StringComparison.Ordinal);
        Assert.Equal(2, said.ErrorLines.Length);
        Assert.EndsWith("b.dng: unknown format: the file is empty", said.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains("c.fits.gz: unknown format: the content is none of DNG", said.ErrorLines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Options_without_effect_on_a_file_are_named()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--no-dynamic", "--out", "a.dng"]).Succeeded();
        string[] options = ["--cfa", "BGGR", "--hdu", "1", "--endian", "big", "--dry-run", "--json"];
        Said said = Shell.PixelMend(folder.Root, ["correct", "a.dng", .. options]).Succeeded();
        JsonElement frame = JsonDocument.Parse(said.Out).RootElement.GetProperty("files")[0].GetProperty("frame");
        Assert.Equal("RGGB", frame.GetProperty("cfa").GetString());
        string[] notes = [.. frame.GetProperty("notes").EnumerateArray().Select(n => n.GetString()!)];
        Assert.All(
            (string[])["--cfa BGGR", "--hdu 1", "--endian big"],
            option => Assert.Contains(notes, n => n.Contains(option, StringComparison.Ordinal))
        );
    }

    /// <summary>The mosaic of a dump may be named beside its geometry too.</summary>
    [Fact]
    public void A_dumps_mosaic_may_stand_beside_its_geometry()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        string withoutCfa = Dump.Spec.Replace(",cfa=RGGB", "", StringComparison.Ordinal);
        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--out", "one.raw"]).Succeeded();
        Shell.PixelMend(folder.Root, "correct", "a.raw", "--raw", withoutCfa, "--cfa", "RGGB", "--out", "other.raw").Succeeded();
        Assert.Equal(File.ReadAllBytes(folder["one.raw"]), File.ReadAllBytes(folder["other.raw"]));
    }

    [Fact]
    public void Fits_tells_what_was_repaired_on_the_way_to_it()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        Said said = Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--out", "mended.fits", "--json"]).Succeeded();
        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--no-dynamic", "--out", "plain.fits"]).Succeeded();
        JsonElement repair = JsonDocument.Parse(said.Out).RootElement.GetProperty("files")[0].GetProperty("repair");
        string[] history = [.. Cards("mended.fits").Where(c => c.StartsWith("HISTORY", StringComparison.Ordinal))];
        Assert.Contains($": {repair.GetProperty("repaired").GetInt32()} samples repaired", history[0], StringComparison.Ordinal);
        Assert.Contains(history, c => c.Contains("values inferred by model", StringComparison.Ordinal));
        Assert.DoesNotContain(Cards("plain.fits"), c => c.StartsWith("HISTORY", StringComparison.Ordinal));

        IEnumerable<string> Cards(string file) =>
            System.Text.Encoding.ASCII.GetString(File.ReadAllBytes(folder[file])[..2880]).Chunk(80).Select(c => new string(c));
    }

    [Fact]
    public void Opcodes_leave_samples_alone_and_repair_later()
    {
        using var folder = new TempFolder();
        byte[] input = Dump.Write(folder["a.raw"]);
        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--no-dynamic", "--out", "a.dng"]).Succeeded();

        Shell.PixelMend(folder.Root, "correct", "a.dng", "--opcodes", "--out", "listed.dng").Succeeded();
        Shell.PixelMend(folder.Root, "correct", "listed.dng", "--no-dynamic", "--no-map", "--out", "untouched.raw").Succeeded();
        Shell.PixelMend(folder.Root, "correct", "listed.dng", "--no-dynamic", "--out", "later.raw").Succeeded();
        Shell.PixelMend(folder.Root, "correct", "a.dng", "--out", "now.raw").Succeeded();

        Assert.Equal(input, File.ReadAllBytes(folder["untouched.raw"]));
        Assert.Equal(File.ReadAllBytes(folder["now.raw"]), File.ReadAllBytes(folder["later.raw"]));
    }

    [Fact]
    public void Opcodes_need_a_dng()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--opcodes"]).Failed(3, "a.raw", "DNG");
        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--opcodes", "--out", "a.dng"]).Failed(2, "a.dng");
        Assert.Equal(["a.raw"], folder.Names());
    }

    [Fact]
    public void A_mosaic_that_the_user_names_serves_opcodes_too()
    {
        using var folder = new TempFolder();
        byte[] dng = File.ReadAllBytes(Path.Combine(Checkout.Root, "samples", "chart-bayer.dng"));
        // The directory entry of CFAPattern (tag 33422, bytes) becomes one that nobody knows.
        dng[dng.AsSpan().IndexOf<byte>([0x8E, 0x82, 1, 0])]++;
        File.WriteAllBytes(folder["a.dng"], dng);

        Shell.PixelMend(folder.Root, "correct", "a.dng", "--opcodes").Failed(3, "--cfa");
        Shell.PixelMend(folder.Root, "correct", "a.dng", "--opcodes", "--cfa", "GBRG").Succeeded();

        Assert.Equal(["a.dng", "a.mended.dng"], folder.Names());
    }

    /// <summary>Files packed whole keep both parts of their extension, where the mark stands before.</summary>
    [Fact]
    public void Packed_fits_stays_packed_under_its_own_name()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--no-dynamic", "--out", "night.fits.gz"]).Succeeded();
        Shell.Script(folder.Root, "gunzip -c night.fits.gz > plain.fits").Succeeded();
        Shell.PixelMend(folder.Root, ["correct", "night.fits.gz", "plain.fits", "--cfa", "RGGB"]).Succeeded();
        Shell.Script(folder.Root, "gunzip -c night.mended.fits.gz | cmp - plain.mended.fits").Succeeded();
        Assert.NotEqual(File.ReadAllBytes(folder["plain.fits"]), File.ReadAllBytes(folder["plain.mended.fits"]));
        File.Copy(folder["plain.fits"], folder["tiles.fits.fz"]);
        Said again = Shell.PixelMend(folder.Root, "correct", ".", "--cfa", "RGGB", "--force").Succeeded();
        Assert.Contains("night.mended.fits.gz", again.Out, StringComparison.Ordinal);
        Assert.Contains("tiles.mended.fits.fz", folder.Names());
        Assert.DoesNotContain(folder.Names(), n => n.Contains(".mended.mended", StringComparison.Ordinal));
        Shell.PixelMend(folder.Root, "correct", "night.fits.gz", "--no-dynamic", "--out", "night.dng").Succeeded();
        Shell.PixelMend(folder.Root, "correct", "night.dng", "--no-dynamic", "--out", "back.raw").Succeeded();
        Assert.Equal(File.ReadAllBytes(folder["a.raw"]), File.ReadAllBytes(folder["back.raw"]));
    }

    [Fact]
    public void Mipi_dumps_are_written_from_other_formats()
    {
        using var folder = new TempFolder();
        byte[] input = Dump.Write(folder["a.raw"]);
        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--no-dynamic", "--out", "a.dng"]).Succeeded();
        Shell.PixelMend(folder.Root, "correct", "a.dng", "--no-dynamic", "--out", "a.raw14").Succeeded();
        Assert.Equal(Dump.Width * Dump.Height * 14 / 8, new FileInfo(folder["a.raw14"]).Length);
        Shell
            .PixelMend(folder.Root, "correct", "a.raw14", "--raw", $"{Dump.Spec},packing=mipi", "--no-dynamic", "--out", "b.dng")
            .Succeeded();
        Shell.PixelMend(folder.Root, "correct", "b.dng", "--no-dynamic", "--out", "back.raw").Succeeded();
        Assert.Equal(input, File.ReadAllBytes(folder["back.raw"]));
        Shell.PixelMend(folder.Root, "correct", "a.dng", "--no-dynamic", "--out", "a.raw10").Failed(3, "10 bits a sample", "has 14");
        Assert.False(File.Exists(folder["a.raw10"]));
    }

    /// <summary>The mask in a frame's own file is used and told without being asked for, and by name as a map.</summary>
    [Fact]
    public void A_mask_beside_a_frame_counts()
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        File.WriteAllText(folder["m.csv"], "x,y,kind\n40,30,dead\n41,60,hot\n");
        Shell.PixelMend(folder.Root, ["correct", "a.raw", .. Raw, "--no-dynamic", "--out", "a.fits"]).Succeeded();
        Shell.PixelMend(folder.Root, "map", "convert", "m.csv", "--size", $"{Dump.Width}x{Dump.Height}", "--out", "dq.fits").Succeeded();
        // The mask's unit begins behind an empty primary one.
        File.WriteAllBytes(folder["b.fits"], [.. File.ReadAllBytes(folder["a.fits"]), .. File.ReadAllBytes(folder["dq.fits"])[2880..]]);

        string[] repair = ["--no-dynamic", "--cfa", "RGGB", "--quiet"];
        Said said = Shell.PixelMend(folder.Root, "correct", "b.fits", "--no-dynamic", "--cfa", "RGGB").Succeeded();
        Assert.Contains("its mask HDU 1 (DQ) marks 2 photosites", said.Out, StringComparison.Ordinal);
        Assert.Contains("2 repaired", said.Out, StringComparison.Ordinal);
        Shell.PixelMend(folder.Root, ["correct", "b.fits", .. repair, "--no-map", "--map", "b.fits", "--out", "c.fits"]).Succeeded();
        Shell.PixelMend(folder.Root, ["correct", "a.fits", .. repair, "--map", "m.csv", "--out", "d.fits"]).Succeeded();
        byte[] mended = File.ReadAllBytes(folder["b.mended.fits"]);
        byte[] byName = File.ReadAllBytes(folder["c.fits"]);
        byte[] byList = File.ReadAllBytes(folder["d.fits"]);
        Assert.Equal(byList, mended[..byList.Length]);
        Assert.Equal(byList, byName[..byList.Length]);

        // Detection on top: what it finds is marked in the output's mask.
        Shell.PixelMend(folder.Root, "correct", "b.fits", "--cfa", "RGGB", "--quiet", "--out", "e.fits").Succeeded();
        Shell.PixelMend(folder.Root, "map", "convert", "e.fits", "--out", "e.csv").Succeeded();
        string list = File.ReadAllText(folder["e.csv"]);
        Assert.All(Dump.Planted, p => Assert.Contains($"\n{p.X},{p.Y},", list, StringComparison.Ordinal));
        Assert.Contains("\n40,30,dead,", list, StringComparison.Ordinal);
    }
}
