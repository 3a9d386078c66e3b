using System.Diagnostics;
using System.IO.Hashing;
using System.Text;
using PixelMend.Cli.Failures;
using PixelMend.Cli.Files;
using PixelMend.Formats;
using PixelMend.Learning;

namespace PixelMend.Cli.Learning;

/// <summary>A file of the series that was learned from, or set apart, before the work was interrupted.</summary>
/// <param name="Path">In full.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Written">When it was written last, ticks of UTC.</param>
/// <param name="Digest">Of its bytes, where it holds one frame.</param>
/// <param name="Apart">Why it was set apart; null: it taught something.</param>
internal sealed record LearnedFile(string Path, long Length, long Written, UInt128? Digest, string? Apart)
{
    public static LearnedFile Of(string path, UInt128? digest, string? apart)
    {
        var file = new FileInfo(System.IO.Path.GetFullPath(path));
        return new LearnedFile(file.FullName, file.Length, file.LastWriteTimeUtc.Ticks, digest, apart);
    }

    /// <summary>Whether the file is still what it was.</summary>
    public bool IsUnchanged => File.Exists(Path) && Of(Path, Digest, Apart) == this;
}

/// <summary>
/// What was learned so far, in a file beside the map to be (<c>MAP.learning</c>), written whole or not at all after every few frames and taken away at the
/// end: when the work is interrupted, the same command takes it up again.
/// </summary>
/// <param name="map">The map to be written.</param>
/// <param name="settings">All that decides what a frame teaches; a state made with others is of no use.</param>
internal sealed class LearningState(string map, string settings)
{
    private const string Extension = ".learning";

    /// <summary>Saving may take this part of the time.</summary>
    private const double MostTime = 0.1;

    private static readonly byte[] Mark = "PixelMend learning 1\n"u8.ToArray();
    private static readonly int DigestBytes = new XxHash128().HashLengthInBytes;

    private long saved = Stopwatch.GetTimestamp();
    private TimeSpan took;

    private string Path => map + Extension;

    /// <summary>The files of a run that was interrupted; null where there was none, or none that this one could take up.</summary>
    /// <param name="files">The files to learn from now.</param>
    /// <exception cref="FailureException">A file of that name stands there which is none of this program's.</exception>
    public IReadOnlyList<LearnedFile>? Find(IReadOnlyList<string> files)
    {
        if (FileFacts.Of(Path).Type == FileType.Missing)
        {
            return null;
        }

        using FileStream file = Open();
        if (!IsWhole(file))
        {
            return null;
        }

        using var from = new BinaryReader(file, Encoding.UTF8);
        HashSet<string> named = [.. files.Select(System.IO.Path.GetFullPath)];
        return from.ReadString() == settings && ReadFiles(from) is var done && done.All(f => named.Contains(f.Path) && f.IsUnchanged)
            ? done
            : null;
    }

    /// <summary>Takes up what was learned from the files that <see cref="Find"/> named.</summary>
    public void Load(CameraLearning learning)
    {
        using FileStream file = Open();
        using var from = new BinaryReader(file, Encoding.UTF8);
        from.ReadString();
        ReadFiles(from);
        learning.Load(file);
    }

    /// <summary>Saves the state when it is time to.</summary>
    /// <param name="files">Files that are done with.</param>
    /// <param name="learning">What they taught.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveWhenDue(IReadOnlyList<LearnedFile> files, CameraLearning learning)
    {
        if (Stopwatch.GetElapsedTime(saved) < took / MostTime)
        {
            return;
        }

        long begin = Stopwatch.GetTimestamp();
        using (var file = new AtomicFile(Path, overwrite: true))
        {
            using (var to = new BinaryWriter(file.Stream, Encoding.UTF8, leaveOpen: true))
            {
                to.Write(Mark);
                to.Write(settings);
                Write(to, files);
            }

            learning.Save(file.Stream);
            file.Stream.Flush();
            file.Stream.Write(DigestOf(file.Stream, file.Stream.Length));
            file.Complete();
        }

        saved = Stopwatch.GetTimestamp();
        took = Stopwatch.GetElapsedTime(begin);
    }

    /// <summary>Takes the file away: the work is done.</summary>
    /// <exception cref="FailureException">It cannot be taken away.</exception>
    public void Delete()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FailureException.About(Path, e);
        }
    }

    /// <summary>The file, behind its mark.</summary>
    /// <exception cref="FailureException">It cannot be read, or is none of this program's.</exception>
    private FileStream Open()
    {
        InputFile.CheckReadable(Path);
        FileStream? file = null;
        try
        {
            file = File.OpenRead(Path);
            byte[] mark = new byte[Mark.Length];
            if (file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) == mark.Length && mark.AsSpan().SequenceEqual(Mark))
            {
                FileStream whole = file;
                file = null; // the caller closes it
                return whole;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FailureException.About(Path, e);
        }
        finally
        {
            file?.Dispose();
        }

        throw FailureException.InputOutput(Path, "stands where the state of the work is kept, and is none; move it away");
    }

    /// <summary>Whether the file's last bytes are the digest of those before; its position stays.</summary>
    private static bool IsWhole(FileStream file)
    {
        long position = file.Position;
        long length = file.Length - DigestBytes;
        if (length < position)
        {
            return false;
        }

        byte[] expected = DigestOf(file, length);
        byte[] stated = new byte[DigestBytes];
        file.ReadExactly(stated);
        file.Position = position;
        return stated.AsSpan().SequenceEqual(expected);
    }

    /// <summary>Of a stream's first bytes; its position is behind them then.</summary>
    private static byte[] DigestOf(FileStream file, long length)
    {
        var digest = new XxHash128();
        byte[] chunk = new byte[1 << 16];
        file.Position = 0;
        for (long left = length; left > 0; )
        {
            int read = file.Read(chunk, 0, (int)Math.Min(chunk.Length, left));
            if (read == 0)
            {
                break;
            }

            digest.Append(chunk.AsSpan(0, read));
            left -= read;
        }

        return digest.GetCurrentHash();
    }

    private static void Write(BinaryWriter to, IReadOnlyList<LearnedFile> files)
    {
        to.Write(files.Count);
        foreach (LearnedFile file in files)
        {
            to.Write(file.Path);
            to.Write(file.Length);
            to.Write(file.Written);
            to.Write(file.Digest is not null);
            to.Write((ulong)(file.Digest.GetValueOrDefault() >> 64));
            to.Write((ulong)file.Digest.GetValueOrDefault());
            to.Write(file.Apart ?? string.Empty);
        }
    }

    private static List<LearnedFile> ReadFiles(BinaryReader from)
    {
        var files = new List<LearnedFile>();
        for (int left = from.ReadInt32(); left > 0; left--)
        {
            (string path, long length, long written) = (from.ReadString(), from.ReadInt64(), from.ReadInt64());
            bool hasDigest = from.ReadBoolean();
            var digest = new UInt128(from.ReadUInt64(), from.ReadUInt64());
            string apart = from.ReadString();
            files.Add(new LearnedFile(path, length, written, hasDigest ? digest : null, apart.Length == 0 ? null : apart));
        }

        return files;
    }
}
