using System.IO.Hashing;
using PixelMend.Cli.Failures;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Files;

/// <summary>An output that is read back and checked before it appears under its name.</summary>
internal static class VerifiedFile
{
    /// <summary>By how many bytes a rewritten file usually exceeds its original at the most: what did not fit its old place, and a record.</summary>
    public const int UsualGrowth = 1 << 16;

    /// <summary>Writes, reads back, checks, renames; on any failure nothing is left behind.</summary>
    /// <param name="target">Where it appears.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="check">Throws unless the bytes read back hold what was meant; null where there is nothing to check.</param>
    /// <param name="spare">A buffer that nobody needs once the content is written, to read it back into; null: there is none.</param>
    /// <exception cref="FailureException">It cannot be written.</exception>
    public static void Write(OutputTarget target, Action<Stream> write, Action<ReadOnlyMemory<byte>>? check, byte[]? spare = null) =>
        Write(
            target,
            file =>
            {
                write(file);
                if (check is not null)
                {
                    check(ReadBack(file, spare));
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

    private static ReadOnlyMemory<byte> ReadBack(FileStream stream, byte[]? spare)
    {
        stream.Flush();
        stream.Position = 0;
        int length = checked((int)stream.Length);
        LargeMemory.GiveBack(length);
        byte[] bytes = spare?.Length >= length ? spare : LargeArray.Unfilled<byte>(length);
        stream.ReadExactly(bytes, 0, length);
        return bytes.AsMemory(0, length);
    }
}
