using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>
/// Disks that are full or read-only: one line, exit code 4, no part of an output. The disks are mounted in a namespace of their own,
/// which ends with the script; where the system forbids that, the tests are skipped by name.
/// </summary>
public class FileSystemTests
{
    [Fact]
    public void A_full_disk_leaves_no_part_of_an_output()
    {
        using var folder = new TempFolder();
        byte[] input = Dump.Write(folder["a.raw"]);
        Directory.CreateDirectory(folder["disk"]);

        Said said = OnDisk(
            folder,
            "mount -t tmpfs -o size=16k,mode=777 tmpfs disk",
            $"\"$PIXELMEND\" correct a.raw --raw {Dump.Spec} --out disk/a.raw; code=$?; ls -A disk; exit $code"
        );

        said.Failed(4, "disk/a.raw", "full");
        Assert.Empty(said.Out);
        Assert.Equal(input, File.ReadAllBytes(folder["a.raw"]));
    }

    /// <summary>
    /// Reports and records come last: there is room for a first attempt, and none for the whole. The frame is written all the same.
    /// </summary>
    [Theory]
    [InlineData("--report disk/r.html")]
    [InlineData("--report disk/r.json")]
    [InlineData("--delta disk/d.json")]
    public void A_disk_that_fills_up_late_leaves_no_part_of_a_report_or_record(string output)
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        IEnumerable<string> many = Enumerable.Range(0, 500).Select(i => $"{4 + (i % 25 * 6)},{4 + (i / 25 * 5)}\n");
        File.WriteAllText(folder["m.csv"], "x,y\n" + string.Concat(many));
        Directory.CreateDirectory(folder["disk"]);

        Said said = OnDisk(
            folder,
            "mount -t tmpfs -o size=4k,mode=777 tmpfs disk",
            $"\"$PIXELMEND\" correct a.raw --raw {Dump.Spec} --map m.csv --out b.raw {output} --quiet; code=$?; ls -A disk; exit $code"
        );

        said.Failed(4, output.Split(' ')[1], "full");
        Assert.Empty(said.Out);
        Assert.Equal(["a.raw", "b.raw", "m.csv"], folder.Names().Where(n => n != "disk"));
        Assert.Equal(2 * Dump.Width * Dump.Height, new FileInfo(folder["b.raw"]).Length);
    }

    [Theory]
    [InlineData("correct a.raw --out disk/a.raw")]
    [InlineData("correct a.raw --dry-run --report disk/r.html")]
    [InlineData("correct a.raw --dry-run --delta disk/d.json")]
    [InlineData("detect a.raw --out disk/m.csv")]
    public void A_read_only_disk_is_named(string line)
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        Directory.CreateDirectory(folder["disk"]);
        string[] before = folder.Names();

        Said said = OnDisk(
            folder,
            "mount -t tmpfs -o size=1m,ro tmpfs disk",
            $"\"$PIXELMEND\" {line} --raw {Dump.Spec} --quiet; code=$?; ls -A disk; exit $code"
        );

        said.Failed(4, "disk/", "read-only");
        Assert.Empty(said.Out);
        Assert.Equal(before, folder.Names());
    }

    [Theory]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    public void A_failure_that_cannot_be_told_still_has_its_code(string redirection)
    {
        using var folder = new TempFolder();
        Said said = Shell.Script(folder.Root, $"\"$PIXELMEND\" correct missing.dng {redirection}");
        Assert.Equal((4, string.Empty, string.Empty), (said.ExitCode, said.Out, said.Error));
    }

    [Theory]
    [InlineData("correct a.raw --dry-run")]
    [InlineData("formats")]
    [InlineData("formats --json")]
    public void A_full_standard_output_is_named(string line)
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        string raw = line.StartsWith("correct", StringComparison.Ordinal) ? $"--raw {Dump.Spec}" : string.Empty;
        Shell.Script(folder.Root, $"\"$PIXELMEND\" {line} {raw} >/dev/full").Failed(4, "standard output", "full");
    }

    /// <summary>What goes to standard output can be sent elsewhere by the shell alone: no option is advised.</summary>
    [Theory]
    [InlineData("formats", ">/dev/full", "the disk is full")]
    [InlineData("formats", ">&-", "closed")]
    [InlineData("stream", ">/dev/full", "the disk is full")]
    [InlineData("stream", ">&-", "closed")]
    public void A_standard_output_that_takes_nothing_is_told_as_what_it_is(string verb, string redirection, string word)
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        string line = verb == "stream" ? $"stream --raw {Dump.Spec} <a.raw" : verb;
        Said said = Shell.Script(folder.Root, $"\"$PIXELMEND\" {line} {redirection}").Failed(4, "standard output", word);
        Assert.DoesNotContain("--out", said.Error, StringComparison.Ordinal);
        Assert.Equal(["a.raw"], folder.Names());
    }

    [Fact]
    public void What_may_not_be_read_is_named_and_stops_nothing_else()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may read everything");
        using var folder = new TempFolder();
        foreach (string name in new[] { "a.raw", "b.raw", "map.csv" })
        {
            Dump.Write(folder[name]);
        }

        Shell.Script(folder.Root, "chmod 0 a.raw map.csv; mkdir -m 0 closed").Succeeded();
        string[] raw = ["--raw", Dump.Spec, "--dry-run"];

        Said said = Shell.PixelMend(folder.Root, ["correct", ".", .. raw]).Failed(4, "a.raw", "permission denied");
        Assert.Contains("b.raw: raw dump", said.Out, StringComparison.Ordinal);
        Shell.PixelMend(folder.Root, ["correct", "closed", .. raw]).Failed(4, "closed: permission denied");
        Shell.PixelMend(folder.Root, ["correct", "closed/c.raw", .. raw]).Failed(4, "closed/c.raw: permission denied");
        Shell.PixelMend(folder.Root, ["correct", "b.raw", "--map", "map.csv", .. raw]).Failed(4, "map.csv: permission denied");
    }

    /// <summary>Such a file cannot be opened; it must not be passed over. Nor can it be deleted from here, so that it gets its old name back.</summary>
    [Theory]
    [InlineData("'lat*.raw'")]
    [InlineData(".")]
    [InlineData("$(ls)")]
    public void A_name_that_is_not_utf8_is_told(string input)
    {
        using var folder = new TempFolder();
        Dump.Write(folder["a.raw"]);
        Shell
            .Script(
                folder.Root,
                "name=$(printf 'lat\\351.raw'); mv a.raw \"$name\"; "
                    + $"\"$PIXELMEND\" correct {input} --raw {Dump.Spec}; code=$?; mv \"$name\" a.raw; exit $code"
            )
            .Failed(4, "its name is not UTF-8");
    }

    private static Said OnDisk(TempFolder folder, string mount, string script)
    {
        const int notPossible = 77;
        Said said = Shell.Script(
            folder.Root,
            $"unshare --user --map-root-user --mount true 2>/dev/null || exit {notPossible}; "
                + $"exec unshare --user --map-root-user --mount sh -c '{mount} 2>/dev/null || exit {notPossible}; {script}'"
        );
        Assert.SkipWhen(said.ExitCode == notPossible, "this system lets nobody mount a file system for a test");
        return said;
    }
}
