using System.IO.Hashing;
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
    public static void Write(OutputTarget target, Action<Stream> write, Action<ReadOnlyMemory<byte>>? check) =>
        Write(
            target,
            file =>
            {
                write(file);
                if (check is not null)
                {
                    check(ReadBack(file));
                }
            }
        );

    /// <summary>The same for a file that may be larger than memory: read back, it must have the digest of what was written.</summary>
    /// <param name="target">Where it appears.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="FailureException">It cannot be written.</exception>
    public static void WriteLarge(OutputTarget target, Action<Stream> write) =>
        Write(
            target,
            file =>
            {
                var hashing = new HashingStream(file);
                write(hashing);
                file.Flush();
                file.Position = 0;
                var again = new XxHash128();
                again.Append(file);
                if (again.GetCurrentHashAsUInt128() != hashing.Digest)
                {
                    throw FailureException.BadData(
                        target.Path,
                        "read back, it is not what was written; nothing was kept: the disk may be failing"
                    );
                }
            }
        );

    private static void Write(OutputTarget target, Action<FileStream> writeAndCheck)
    {
        try
        {
            using var file = new AtomicFile(target.FinalPath, target.Overwrite);
            writeAndCheck(file.Stream);
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
