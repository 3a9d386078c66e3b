using PixelMend.Cli.Failures;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Files;

/// <summary>
/// The bytes of an input of which an output is made. While its frame is worked on they are not needed, and a large file's memory is left to the work:
/// the file is read again when they are.
/// </summary>
internal sealed class OriginalFile
{
    /// <summary>Below this, reading twice is not worth the memory.</summary>
    private const int Large = 1 << 24;

    private readonly string path;
    private readonly int length;
    private readonly (string Identity, DateTime Changed) state;
    private bool isAside;

    private OriginalFile(string path, ArraySegment<byte> bytes)
    {
        this.path = path;
        length = bytes.Count;
        Buffer = bytes.Array!;
        state = StateOf(path);
    }

    /// <summary>The buffer that <see cref="Bytes"/> lies in, with some room behind: whoever needs them last may write over it.</summary>
    public byte[] Buffer { get; }

    /// <summary>The file's bytes.</summary>
    /// <exception cref="FailureException">They had been set aside, and the file is not as it was or cannot be read any more.</exception>
    public ReadOnlyMemory<byte> Bytes
    {
        get
        {
            if (isAside)
            {
                ReadAgain();
            }

            return Buffer.AsMemory(0, length);
        }
    }

    /// <exception cref="FailureException">As <see cref="InputFile.Read(string, ReadLimits, int)"/>.</exception>
    public static OriginalFile Read(string path, ReadLimits limits) => new(path, InputFile.Read(path, limits, VerifiedFile.UsualGrowth));

    /// <summary>Leaves the memory of the bytes, until they are asked for, to whoever needs it.</summary>
    public void SetAside() => isAside = length >= Large && LargeArray.Vacate(Buffer);

    private void ReadAgain()
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (stream.Length != length || StateOf(path) != state)
            {
                throw FailureException.InputOutput(path, "was changed while it was worked on; nothing was written, try again");
            }

            LargeMemory.GiveBack(length);
            stream.ReadExactly(Buffer, 0, length);
            isAside = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FailureException.About(path, e);
        }
    }

    /// <summary>Which file it is, and when its content was last changed.</summary>
    private static (string Identity, DateTime Changed) StateOf(string path) =>
        (FileFacts.Of(path).Identity, File.GetLastWriteTimeUtc(path));
}
