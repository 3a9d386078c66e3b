using Microsoft.Win32.SafeHandles;

namespace PixelMend.Cli.Files;

/// <summary>Standard input and output as plain streams: unlike the console's, they tell when the other end of a pipe is gone.</summary>
internal static class StandardStream
{
    public static FileStream Input() => Open(0, FileAccess.Read);

    public static FileStream Output() => Open(1, FileAccess.Write);

    private static FileStream Open(int descriptor, FileAccess access)
    {
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
}
