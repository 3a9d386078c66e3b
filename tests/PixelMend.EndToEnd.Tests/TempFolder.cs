using System.Security.Cryptography;

namespace PixelMend.EndToEnd.Tests;

/// <summary>A folder for one test, gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("pixelmend-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    /// <summary>Every file with content below, hidden ones too, and its digest: equal snapshots mean that nothing was written. Pipes have no length.</summary>
    public string[] Snapshot() =>
        [
            .. Directory
                .EnumerateFiles(Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
                .Where(path => new FileInfo(path) is { LinkTarget: null, Length: > 0 })
                .Order(StringComparer.Ordinal)
                .Select(path => $"{Path.GetRelativePath(Root, path)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}"),
        ];

    /// <summary>Names of all entries, hidden ones too.</summary>
    public string[] Names() =>
        [
            .. Directory
                .EnumerateFileSystemEntries(
                    Root,
                    "*",
                    new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }
                )
                .Select(path => Path.GetRelativePath(Root, path))
                .Order(StringComparer.Ordinal),
        ];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
