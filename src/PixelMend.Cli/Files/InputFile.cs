using PixelMend.Cli.Failures;
using PixelMend.Formats;
using PixelMend.Frames;

namespace PixelMend.Cli.Files;

/// <summary>Files that are read whole.</summary>
internal static class InputFile
{
    /// <summary>So much stays in the fast memory of a processor until it is looked at.</summary>
    private const int PartBytes = 1 << 19;

    /// <summary>Takes notice of a part of a file.</summary>
    public delegate void PartRead(ReadOnlySpan<byte> part);

    /// <summary>The file's bytes.</summary>
    /// <exception cref="FailureException">It is missing, not readable, no regular file, empty or too large.</exception>
    public static byte[] Read(string path, ReadLimits limits) => Read(path, limits, room: 0).Array!;

    /// <summary>The file's bytes in a buffer with some room behind them.</summary>
    /// <exception cref="FailureException">As <see cref="Read(string, ReadLimits)"/>.</exception>
    public static ArraySegment<byte> Read(string path, ReadLimits limits, int room) =>
        Read(path, limits, room, memory: null, passing: null);

    /// <summary>The file's bytes, shown part by part as they come by, while they are near.</summary>
    /// <exception cref="FailureException">As <see cref="Read(string, ReadLimits)"/>.</exception>
    public static byte[] Read(string path, ReadLimits limits, FrameMemory? memory, PartRead passing) =>
        Read(path, limits, room: 0, memory, passing).Array!;

    private static ArraySegment<byte> Read(string path, ReadLimits limits, int room, FrameMemory? memory, PartRead? passing)
    {
        CheckReadable(path);
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            long length = stream.Length;
            if (length == 0)
            {
                throw FailureException.BadData(path, "the file is empty");
            }

            if (length > limits.MaxFileBytes)
            {
                throw FailureException.BadData(path, $"a file of {length} bytes exceeds the limit of {limits.MaxFileBytes}");
            }

            byte[] bytes = FrameMemory.Take<byte>(memory, (int)length + room);
            for (int at = 0; at < length; at += PartBytes)
            {
                Span<byte> part = bytes.AsSpan(at, (int)Math.Min(PartBytes, length - at));
                stream.ReadExactly(part);
                passing?.Invoke(part);
            }

            return new ArraySegment<byte>(bytes, 0, (int)length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FailureException.About(path, e);
        }
    }

    /// <summary>The frame of a file that its format can read as the bytes come by, and their digest; null for all other files.</summary>
    /// <exception cref="FailureException">It is missing, or no regular file.</exception>
    /// <exception cref="RawDataException">No format recognises it, or it is malformed.</exception>
    public static (FrameFormat Format, RawFrame Frame, UInt128 Digest)? ReadPassing(string path, ReadOptions options)
    {
        CheckReadable(path);
        FrameFormat format = FormatSet.FrameFormatFor(ReadHead(path), path, options);
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using var hashing = new HashingStream(stream);
        return stream.Length <= options.Limits.MaxFileBytes && format.ReadPassing(hashing, options) is { } frame
            ? (format, frame, hashing.Digest)
            : null;
    }

    /// <summary>The first bytes of a file: what formats are recognised by.</summary>
    public static byte[] ReadHead(string path)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] head = new byte[FormatSet.HeadBytes];
        return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    /// <summary>The frames of a file that holds several, taken as they are needed, and its format; null for all other files.</summary>
    /// <exception cref="FailureException">It is missing, or no regular file.</exception>
    /// <exception cref="RawDataException">No format recognises it, or it is malformed.</exception>
    public static (FrameFormat Format, FrameSequence Frames)? OpenSequence(string path, ReadOptions options)
    {
        CheckReadable(path);
        FrameFormat format = FormatSet.FrameFormatFor(ReadHead(path), path, options);
        FileStream? stream = null;
        try
        {
            stream = File.OpenRead(path);
            if (format.OpenSequence(stream, options) is not { } frames)
            {
                return null;
            }

            stream = null; // the sequence closes it
            return (format, frames);
        }
        finally
        {
            stream?.Dispose();
        }
    }

    /// <summary>
    /// Refuses what cannot be read as a file, before it is opened: opening a pipe would wait for its other end. What cannot be found may
    /// be hidden or missing; opening it tells.
    /// </summary>
    public static void CheckReadable(string path)
    {
        switch (FileFacts.Of(path).Type)
        {
            case FileType.Directory:
                throw FailureException.InputOutput(path, "is a folder, where a file is needed");
            case FileType.Special:
                throw FailureException.InputOutput(path, "is a pipe or device; only regular files can be read");
            default:
                return;
        }
    }
}
