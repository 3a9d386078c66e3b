using System.IO.Hashing;

namespace PixelMend.Cli.Files;

/// <summary>Passes on what is written to another stream or read from it, and keeps its digest.</summary>
internal sealed class HashingStream(Stream inner) : Stream
{
    private readonly XxHash128 hash = new();

    /// <summary>Of all that was written, or read, since the stream was last positioned.</summary>
    public UInt128 Digest => hash.GetCurrentHashAsUInt128();

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set
        {
            inner.Position = value;
            hash.Reset();
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        hash.Append(buffer);
        inner.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => inner.Flush();

    public override int Read(Span<byte> buffer)
    {
        int count = inner.Read(buffer);
        hash.Append(buffer[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin)
    {
        hash.Reset();
        return inner.Seek(offset, origin);
    }

    public override void SetLength(long value) => throw new NotSupportedException();
}
