using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using PixelMend.Cli.Failures;

namespace PixelMend.Cli.Files;

/// <summary>Standard input and output as plain streams: unlike the console's, they tell when the other end of a pipe is gone.</summary>
internal static partial class StandardStream
{
    /// <summary>F_SETPIPE_SZ of Linux.</summary>
    private const int SetPipeSize = 1031;

    /// <summary>F_GETFD, everywhere.</summary>
    private const int GetDescriptorFlags = 1;

    /// <summary>FD_CLOEXEC, everywhere.</summary>
    private const int ClosesOnExecute = 1;

    /// <summary>What any user may ask for. The usual 64 KiB make the two ends of a pipe take turns dozens of times a frame.</summary>
    private const int PipeBytes = 1 << 20;

    private static readonly TextWriter Closed = new ClosedWriter();

    /// <exception cref="FailureException">It is closed.</exception>
    public static FileStream Input() => OpenGiven(0, FileAccess.Read, "standard input");

    /// <exception cref="FailureException">It is closed.</exception>
    public static FileStream Output() => OpenGiven(1, FileAccess.Write, "standard output");

    /// <summary>
    /// Lets nothing that is printed go where a file of the program's own has taken the place of an output that was closed: standard output then fails as a
    /// closed one does, errors are lost.
    /// </summary>
    public static void ShieldClosed()
    {
        if (!IsGiven(1))
        {
            Console.SetOut(Closed);
        }

        if (!IsGiven(2))
        {
            Console.SetError(TextWriter.Null);
        }
    }

    /// <summary>
    /// Whether whoever started the program gave it this descriptor. One that was closed is taken by whatever is opened first, by the runtime itself; but that
    /// is marked to close when another program is started, and what has come from another program cannot be.
    /// </summary>
    private static bool IsGiven(int descriptor) =>
        OperatingSystem.IsWindows()
        || Control(descriptor, GetDescriptorFlags, 0) is var flags && flags >= 0 && (flags & ClosesOnExecute) == 0;

    private static FileStream OpenGiven(int descriptor, FileAccess access, string name) =>
        IsGiven(descriptor)
            ? Open(descriptor, access)
            : throw FailureException.InputOutput(name, "it is closed; connect it to a program or file");

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

    /// <summary>Fails as the console does where there is nothing to write to.</summary>
    private sealed class ClosedWriter : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new UnauthorizedAccessException();
    }
}
