using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PixelMend.Cli.Files;

/// <summary>Standard input and output as plain streams: unlike the console's, they tell when the other end of a pipe is gone.</summary>
internal static partial class StandardStream
{
    /// <summary>F_SETPIPE_SZ of Linux.</summary>
    private const int SetPipeSize = 1031;

    /// <summary>What any user may ask for. The usual 64 KiB make the two ends of a pipe take turns dozens of times a frame.</summary>
    private const int PipeBytes = 1 << 20;

    public static FileStream Input() => Open(0, FileAccess.Read);

    public static FileStream Output() => Open(1, FileAccess.Write);

    private static FileStream Open(int descriptor, FileAccess access)
    {
        Widen(descriptor);
        SafeFileHandle? handle = null;
        try
        {
            handle = new SafeFileHandle(descriptor, ownsHandle: false);
            var stream = new FileStream(handle, access, bufferSize: 0);
            handle = null; // the stream has it now
            return stream;
        }
        finally
        {
            handle?.Dispose();
        }
    }

    /// <summary>Makes a pipe hold more, where it is one and the system allows it; if not, it stays as it is.</summary>
    private static void Widen(int descriptor)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Control(descriptor, SetPipeSize, PipeBytes);
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int descriptor, int command, int argument);
}
