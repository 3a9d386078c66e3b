using System.Runtime.InteropServices;

namespace PixelMend.LibRaw;

/// <summary>The few functions of LibRaw that are needed, from the build of it that may serve several threads, each with its own file.</summary>
internal static unsafe partial class LibRawLibrary
{
    /// <summary>The name changes with LibRaw's binary interface: a library of another interface is not found under it.</summary>
    private const string Library = "libraw_r.so.20";

    private static readonly Lazy<bool> Present = new(() => NativeLibrary.TryLoad(Library, out _));

    /// <summary>What is there, for lists: the name and version, or what is wrong with it.</summary>
    public static string Description =>
        !Present.Value ? $"LibRaw (missing: {HowToInstall})"
        : LibRawLayout.Known is null ? $"LibRaw {VersionName} (unknown; {LibRawLayout.KnownVersions} is needed)"
        : $"LibRaw {VersionName}";

    /// <summary>How to get it.</summary>
    public static string HowToInstall => "apt-get install libraw20";

    /// <summary>Whether it is installed.</summary>
    public static bool IsPresent => Present.Value;

    /// <summary>Its version in words.</summary>
    public static string VersionName => $"{Version() >> 16}.{(Version() >> 8) & 0xFF}.{Version() & 0xFF}";

    /// <summary>LibRaw's word for a failure.</summary>
    public static string Explain(int error) => Marshal.PtrToStringUTF8((nint)ErrorText(error)) ?? "no reason given";

    [LibraryImport(Library, EntryPoint = "libraw_versionNumber")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Version();

    [LibraryImport(Library, EntryPoint = "libraw_init")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial byte* Init(uint flags);

    [LibraryImport(Library, EntryPoint = "libraw_close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void Close(byte* data);

    [LibraryImport(Library, EntryPoint = "libraw_set_dataerror_handler")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void SetDataErrorHandler(byte* data, delegate* unmanaged<int*, byte*, int, void> handler, int* context);

    [LibraryImport(Library, EntryPoint = "libraw_open_buffer")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int OpenBuffer(byte* data, byte* buffer, nuint size);

    [LibraryImport(Library, EntryPoint = "libraw_unpack")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Unpack(byte* data);

    [LibraryImport(Library, EntryPoint = "libraw_COLOR")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Color(byte* data, int row, int column);

    [LibraryImport(Library, EntryPoint = "libraw_get_raw_width")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int RawWidth(byte* data);

    [LibraryImport(Library, EntryPoint = "libraw_get_raw_height")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int RawHeight(byte* data);

    [LibraryImport(Library, EntryPoint = "libraw_get_color_maximum")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ColorMaximum(byte* data);

    [LibraryImport(Library, EntryPoint = "libraw_get_cam_mul")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial float CameraMultiplier(byte* data, int color);

    [LibraryImport(Library, EntryPoint = "libraw_get_rgb_cam")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial float RgbFromCamera(byte* data, int row, int column);

    [LibraryImport(Library, EntryPoint = "libraw_get_iparams")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial byte* ImageParameters(byte* data);

    [LibraryImport(Library, EntryPoint = "libraw_get_lensinfo")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial byte* LensInfo(byte* data);

    [LibraryImport(Library, EntryPoint = "libraw_get_imgother")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial byte* Other(byte* data);

    [LibraryImport(Library, EntryPoint = "libraw_strerror")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial byte* ErrorText(int error);
}
