using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace PixelMend.EndToEnd.Tests;

/// <summary>Who may depend on whom, read from the assemblies that the launcher builds.</summary>
public class ArchitectureTests
{
    private static readonly string[] Platform = ["System.", "Microsoft.Win32."];

    private static bool IsPlatform(string reference) => Platform.Any(p => reference.StartsWith(p, StringComparison.Ordinal));

    public static TheoryData<string, string[]> Arrows =>
        new()
        {
            { "PixelMend", [] },
            { "PixelMend.Formats", ["PixelMend", "System.IO.Hashing"] },
            { "PixelMend.LibRaw", ["PixelMend", "PixelMend.Formats"] },
            {
                "PixelMend.Cli",
                [
                    "PixelMend",
                    "PixelMend.Formats",
                    "PixelMend.LibRaw",
                    "System.IO.Hashing",
                    "System.CommandLine",
                    "Spectre.Console",
                    "Spectre.Console.Ansi",
                ]
            },
        };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void No_arrow_but_those_allowed(string assembly, string[] allowed)
    {
        Shell.PixelMend(Checkout.Root, "--version").Succeeded();

        // Where the launcher builds machine code, the assemblies that it is made from are still at hand.
        string folder = new DirectoryInfo(Path.Combine(Checkout.Root, "artifacts", "cli"))
            .EnumerateFiles("PixelMend.Cli.dll", SearchOption.AllDirectories)
            .Where(f => File.Exists(Path.Combine(f.DirectoryName!, "Spectre.Console.dll")))
            .MaxBy(f => f.LastWriteTimeUtc)!
            .DirectoryName!;
        using var file = new PEReader(File.OpenRead(Path.Combine(folder, $"{assembly}.dll")));
        MetadataReader metadata = file.GetMetadataReader();
        string[] references = [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];

        // Packages outside the base class library begin with "System." too; they must be allowed by name.
        string[] packages = ["System.IO.Hashing", "System.CommandLine"];
        Assert.All(references, r => Assert.True(allowed.Contains(r) || (IsPlatform(r) && !packages.Contains(r)), $"{assembly} → {r}"));
    }
}
