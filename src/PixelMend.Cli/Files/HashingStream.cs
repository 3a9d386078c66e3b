using System.IO.Hashing;

namespace PixelMend.Cli.Files;

/// <summary>Passes what is written on to another stream and keeps its digest.</summary>
internal sealed class HashingStream(Stream inner) : Stream
{
    private readonly XxHash128 hash = new();

    /// <summary>Of all that was written so far.</summary>
    public UInt128 Digest => hash.GetCurrentHashAsUInt128();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        hash.Append(buffer);
        inner.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
