using PixelMend.Cli.Failures;
using PixelMend.Formats;

namespace PixelMend.Cli.Files;

/// <summary>An output that is read back and checked before it appears under its name.</summary>
internal static class VerifiedFile
{
    /// <summary>Writes, reads back, checks, renames; on any failure nothing is left behind.</summary>
    /// <param name="target">Where it appears.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="check">Throws unless the bytes read back hold what was meant; null where there is nothing to check.</param>
    /// <exception cref="FailureException">It cannot be written.</exception>
    public static void Write(OutputTarget target, Action<Stream> write, Action<ReadOnlyMemory<byte>>? check)
    {
        try
        {
            using var file = new AtomicFile(target.FinalPath, target.Overwrite);
            write(file.Stream);
            if (check is not null)
            {
                check(ReadBack(file.Stream));
            }

            file.Complete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FailureException.About(target.Path, e);
        }
    }

    private static byte[] ReadBack(FileStream stream)
    {
        stream.Flush();
        stream.Position = 0;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
