using PixelMend.Formats.Dng;
using PixelMend.Formats.Tests.Contract;
using Xunit;

namespace PixelMend.Formats.Tests;

/// <summary>The DNGs of samples/, cut short at many places and with bytes flipped: refused or read, never anything else.</summary>
public class ShippedSampleTests
{
    /// <summary>Places per file: enough to meet every table, few enough for files of megabytes.</summary>
    private const int Places = 60;

    private static readonly DngFormat Format = new();

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder(), "*.dng").Select(p => Path.GetFileName(p)).Where(n => !n.Contains(".mended."))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Damage_is_refused_or_read(string name)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Folder(), name));
        foreach (int place in Spread(file.Length))
        {
            Hostility.AssertRefusedOrRead(Format, file[..place], ReadOptions.Default);
            byte kept = file[place];
            file[place] ^= 0xFF;
            Hostility.AssertRefusedOrRead(Format, file, ReadOptions.Default);
            file[place] = kept;
        }
    }

    /// <summary>Half of the places in the first kilobyte, where the tables are, half over the whole file.</summary>
    private static IEnumerable<int> Spread(int length) =>
        Enumerable
            .Range(0, Places / 2)
            .Select(i => i * 1024 / (Places / 2))
            .Concat(Enumerable.Range(0, Places / 2).Select(i => (int)((long)length * i / (Places / 2))));

    private static string Folder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PixelMend.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("The tests run outside the project."), "samples");
    }
}
