using System.Runtime.InteropServices;

namespace PixelMend.Cli.Files;

/// <summary>What kind of thing a path leads to.</summary>
internal enum FileType
{
    /// <summary>Nothing, or nothing that can be seen: a link to nowhere, a file in a folder that may not be entered.</summary>
    Missing,

    Regular,
    Directory,

    /// <summary>A pipe, socket or device: reading could wait forever, renaming over it would destroy it.</summary>
    Special,
}

/// <summary>
/// A path's type and identity after following links. The runtime tells neither pipes from files nor hard links apart,
/// so Linux is asked itself; elsewhere the resolved path has to do.
/// </summary>
/// <param name="Type">What it is.</param>
/// <param name="Identity">Equal for two paths exactly when they lead to one file.</param>
internal readonly partial record struct FileFacts(FileType Type, string Identity)
{
    private const int CurrentDirectory = -100;
    private const uint TypeAndInode = 0x001 | 0x100;
    private const int TypeBits = 0xF000;
    private const int RegularBits = 0x8000;
    private const int DirectoryBits = 0x4000;

    public static FileFacts Of(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            return Statx(CurrentDirectory, path, 0, TypeAndInode, out StatxBuffer facts) != 0
                ? new FileFacts(FileType.Missing, Path.GetFullPath(path))
                : new FileFacts(TypeOf(facts.Mode), $"{facts.DeviceMajor}:{facts.DeviceMinor}:{facts.Inode}");
        }

        return Portable(path);
    }

    /// <summary>Whether a file's name is not UTF-8: what the runtime makes of it leads to no file.</summary>
    public static bool IsGarbled(string path) => path.Contains('\uFFFD', StringComparison.Ordinal);

    private static FileType TypeOf(ushort mode) =>
        (mode & TypeBits) switch
        {
            RegularBits => FileType.Regular,
            DirectoryBits => FileType.Directory,
            _ => FileType.Special,
        };

    private static FileFacts Portable(string path)
    {
        string full = Path.GetFullPath(path);
        FileType type =
            File.Exists(full) ? FileType.Regular
            : Directory.Exists(full) ? FileType.Directory
            : FileType.Missing;
        string identity = type == FileType.Regular ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
        return new FileFacts(type, identity);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int directory, string path, int flags, uint mask, out StatxBuffer facts);

    /// <summary>The fields wanted of <c>struct statx</c>, whose layout is the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatxBuffer
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
