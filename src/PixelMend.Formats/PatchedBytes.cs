namespace PixelMend.Formats;

/// <summary>
/// A file's bytes with a few of them changed: what changes is kept beside them, in pages, so that a large file is not copied for a small repair.
/// </summary>
internal sealed class PatchedBytes(ReadOnlyMemory<byte> original)
{
    private const int PageBytes = 256;

    private readonly Dictionary<int, byte[]> pages = [];

    /// <summary>Number of bytes, which stays the same.</summary>
    public int Length => original.Length;

    /// <summary>Copies bytes as they are now.</summary>
    public void Read(long offset, Span<byte> target)
    {
        CheckRange(offset, target.Length);
        for (int at = (int)offset; !target.IsEmpty; )
        {
            ReadOnlySpan<byte> page = pages.TryGetValue(at / PageBytes, out byte[]? changed) ? changed : Original(at / PageBytes);
            page = page[(at % PageBytes)..];
            page = page[..Math.Min(page.Length, target.Length)];
            page.CopyTo(target);
            target = target[page.Length..];
            at += page.Length;
        }
    }

    /// <summary>Replaces bytes.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        CheckRange(offset, bytes.Length);
        for (int at = (int)offset; !bytes.IsEmpty; )
        {
            Span<byte> page = Changed(at / PageBytes).AsSpan(at % PageBytes);
            int count = Math.Min(page.Length, bytes.Length);
            bytes[..count].CopyTo(page);
            bytes = bytes[count..];
            at += count;
        }
    }

    /// <summary>Writes all bytes as they are now.</summary>
    public void WriteTo(Stream output)
    {
        int written = 0;
        foreach ((int index, byte[] page) in pages.OrderBy(p => p.Key))
        {
            output.Write(original.Span[written..(index * PageBytes)]);
            output.Write(page);
            written = (index * PageBytes) + page.Length;
        }

        output.Write(original.Span[written..]);
    }

    private byte[] Changed(int index)
    {
        if (!pages.TryGetValue(index, out byte[]? page))
        {
            pages[index] = page = Original(index).ToArray();
        }

        return page;
    }

    private ReadOnlySpan<byte> Original(int index) =>
        original.Span.Slice(index * PageBytes, Math.Min(PageBytes, Length - (index * PageBytes)));

    private void CheckRange(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Length, nameof(offset));
    }
}
