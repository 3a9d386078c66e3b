using System.Runtime.InteropServices;

namespace PixelMend.Formats.Fits;

/// <summary>
/// The few functions of NASA's cfitsio that tile compression needs, on files in memory only: it never sees a path, whose brackets it would take for
/// commands. One call at a time, because not every build of it allows more.
/// </summary>
internal static unsafe partial class Cfitsio
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 1;

    private const string Library = "libcfitsio.so.10";

    private static readonly Lazy<bool> Present = new(() => NativeLibrary.TryLoad(Library, out _));

    /// <summary>Serialises all use.</summary>
    public static Lock Gate { get; } = new();

    /// <summary>Whether it is installed.</summary>
    public static bool IsPresent => Present.Value;

    /// <exception cref="RawDataException">The library is not installed.</exception>
    public static void Require()
    {
        if (!Present.Value)
        {
            throw new RawDataException(
                RawDataError.Unsupported,
                FitsFormat.FormatName,
                "the image is tile-compressed, which needs cfitsio: install it (Debian: apt-get install libcfitsio10)"
            );
        }
    }

    /// <summary>Turns cfitsio's word for a failure into ours.</summary>
    /// <exception cref="RawDataException">There was one.</exception>
    public static void Check(int status)
    {
        if (status != 0)
        {
            byte* text = stackalloc byte[81];
            ErrorText(status, text);
            ClearMessages();
            string reason = Marshal.PtrToStringUTF8((nint)text) is { Length: > 0 } said ? said : "it gives no reason";
            throw new RawDataException(
                RawDataError.Malformed,
                FitsFormat.FormatName,
                $"the tile-compressed image cannot be read: {reason} (cfitsio {status})"
            );
        }
    }

    [LibraryImport(Library, EntryPoint = "ffomem", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Open(
        out nint file,
        string name,
        int mode,
        void** buffer,
        nuint* size,
        nuint growth,
        delegate* unmanaged<void*, nuint, void*> reallocate,
        ref int status
    );

    [LibraryImport(Library, EntryPoint = "ffclos")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Close(nint file, ref int status);

    [LibraryImport(Library, EntryPoint = "ffmahd")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int MoveTo(nint file, int unit, out int type, ref int status);

    [LibraryImport(Library, EntryPoint = "ffpscl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int SetScale(nint file, double scale, double zero, ref int status);

    [LibraryImport(Library, EntryPoint = "ffgpv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ReadSamples(
        nint file,
        int type,
        long first,
        long count,
        void* missing,
        void* samples,
        out int anyMissing,
        ref int status
    );

    [LibraryImport(Library, EntryPoint = "ffppx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int WriteSamples(nint file, int type, CLong* first, long count, void* samples, ref int status);

    [LibraryImport(Library, EntryPoint = "ffgerr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void ErrorText(int status, byte* text);

    [LibraryImport(Library, EntryPoint = "ffcmsg")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void ClearMessages();
}
