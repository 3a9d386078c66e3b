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
