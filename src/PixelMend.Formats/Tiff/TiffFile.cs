namespace PixelMend.Formats.Tiff;

/// <summary>
/// The directories of a TIFF file: the main chain and all sub-directories, each once, whatever loops the pointers form.
/// The whole file is in memory; every offset and count is checked against its length before it is used.
/// </summary>
internal sealed class TiffFile
{
    private const int HeaderLength = 8;

    /// <summary>Sub-directories within sub-directories; three are seen in real files.</summary>
    private const int MaxDepth = 8;

    /// <summary>Bounds on the search, far beyond real files, so that crafted webs of pointers cost no time.</summary>
    private const int MaxDirectories = 4096;

    private const int MaxChildren = 256;

    private readonly ReadOnlyMemory<byte> bytes;
    private readonly string format;
    private readonly List<TiffDirectory> directories = [];
    private readonly HashSet<long> seen = [];
    private long entriesLeft;

    private TiffFile(ReadOnlyMemory<byte> bytes, string format, ByteOrder order)
    {
        this.bytes = bytes;
        this.format = format;
        Order = order;

        // Directories that do not overlap cannot hold more fields than this; without the bound, crafted overlaps cost memory.
        entriesLeft = bytes.Length / TiffEntry.Size;
    }

    /// <summary>The file's byte order.</summary>
    public ByteOrder Order { get; }

    /// <summary>The whole file.</summary>
    public ReadOnlyMemory<byte> Content => bytes;

    /// <summary>The first directory, then its sub-directories, then the next of the chain.</summary>
    public IReadOnlyList<TiffDirectory> Directories => directories;

    /// <summary>The first directory of the main chain.</summary>
    public TiffDirectory First => directories[0];

    /// <summary>Whether bytes begin like a TIFF file of either byte order (BigTIFF included).</summary>
    public static bool HasMagic(ReadOnlySpan<byte> head) =>
        head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) || head.StartsWith("II+\0"u8) || head.StartsWith("MM\0+"u8);

    /// <summary>Whether the first directory, as far as it lies within a file's first bytes, has a field.</summary>
    public static bool FirstHas(ReadOnlySpan<byte> head, ushort tag)
    {
        if (!HasMagic(head) || head.Length < HeaderLength)
        {
            return false;
        }

        var order = new ByteOrder(head[0] == (byte)'M');
        long offset = order.UInt32(head[4..]);
        for (long at = offset + 2; at + TiffEntry.Size <= head.Length; at += TiffEntry.Size)
        {
            if ((at - offset - 2) / TiffEntry.Size >= order.UInt16(head[(int)offset..]))
            {
                return false;
            }

            if (order.UInt16(head[(int)at..]) == tag)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds all directories.</summary>
    /// <exception cref="RawDataException">Not a TIFF file, BigTIFF, or the first directory is damaged.</exception>
    public static TiffFile Parse(ReadOnlyMemory<byte> bytes, string format)
    {
        ReadOnlySpan<byte> head = bytes.Span;
        if (!HasMagic(head))
        {
            throw new RawDataException(RawDataError.Malformed, format, "the file does not begin like a TIFF file", 0);
        }

        if (head[2] == (byte)'+' || head[3] == (byte)'+')
        {
            throw new RawDataException(RawDataError.Unsupported, format, "BigTIFF files are not read", 0);
        }

        var file = new TiffFile(bytes, format, new ByteOrder(head[0] == (byte)'M'));
        file.AddChain(HeaderLength / 2, depth: 0);
        return file.directories.Count > 0 ? file : throw file.Malformed("the file has no image directory", HeaderLength / 2);
    }

    /// <summary>Whether a stretch lies within the file.</summary>
    public bool Holds(long offset, long length) => offset >= 0 && length >= 0 && offset <= bytes.Length - length;

    /// <summary>A stretch of the file.</summary>
    /// <exception cref="RawDataException">It reaches beyond the file's end.</exception>
    public ReadOnlyMemory<byte> Slice(long offset, long length, string what) =>
        Holds(offset, length)
            ? bytes.Slice((int)offset, (int)length)
            : throw Malformed($"{what} ({length} bytes) reach beyond the file's end at {bytes.Length}", offset);

    /// <summary>Where the header and the directories lie.</summary>
    public IEnumerable<(long Start, long Length)> Tables =>
        directories.Select(d => (d.Offset, 2 + ((long)d.Entries.Count * TiffEntry.Size) + 4)).Prepend((0, HeaderLength));

    /// <summary>Where the values of all fields lie.</summary>
    public IEnumerable<(long Start, long Length)> Values =>
        directories.SelectMany(d => d.Entries).Select(e => (e.DataOffset, e.DataLength));

    public RawDataException Malformed(string reason, long offset) => new(RawDataError.Malformed, format, reason, offset);

    public RawDataException Unsupported(string reason, long offset = -1) => new(RawDataError.Unsupported, format, reason, offset);

    /// <summary>The directory at an offset that some field names (EXIF); null when it is damaged.</summary>
    public TiffDirectory? Follow(TiffDirectory parent, ushort tag)
    {
        if (parent.Find(tag) is not { Type: TiffType.Long or TiffType.Ifd, Count: 1 } entry || !Holds(entry.DataOffset, 4))
        {
            return null;
        }

        long target = Order.UInt32(bytes.Span[(int)entry.DataOffset..]);
        return ReadEntries(target) is { } entries ? new TiffDirectory(this, target, entry.DataOffset, entries) : null;
    }

    /// <summary>The directory that a field's own bytes are (maker notes without a header); null when there is none or it is damaged.</summary>
    public TiffDirectory? Within(TiffDirectory parent, ushort tag) =>
        parent.Find(tag) is { } entry && Holds(entry.DataOffset, entry.DataLength) && ReadEntries(entry.DataOffset) is { } entries
            ? new TiffDirectory(this, entry.DataOffset, entry.Position, entries)
            : null;

    private void AddChain(long pointer, int depth)
    {
        while (Holds(pointer, 4))
        {
            long offset = Order.UInt32(bytes.Span[(int)pointer..]);
            if (offset == 0 || !seen.Add(offset))
            {
                return;
            }

            if (ReadEntries(offset) is not { } entries)
            {
                if (directories.Count == 0)
                {
                    throw Malformed("the first image directory is cut off or overlaps itself", offset);
                }

                return;
            }

            if (directories.Count == MaxDirectories)
            {
                throw new RawDataException(
                    RawDataError.LimitExceeded,
                    format,
                    $"the file has more than {MaxDirectories} directories",
                    offset
                );
            }

            var directory = new TiffDirectory(this, offset, pointer, entries);
            directories.Add(directory);
            if (depth < MaxDepth)
            {
                AddChildren(directory, depth + 1);
            }

            pointer = offset + 2 + ((long)entries.Length * TiffEntry.Size);
        }
    }

    private void AddChildren(TiffDirectory parent, int depth)
    {
        if (parent.Find(TiffTag.SubIfds) is not { Type: TiffType.Long or TiffType.Ifd } entry || !Holds(entry.DataOffset, entry.DataLength))
        {
            return;
        }

        for (long i = 0; i < Math.Min(entry.Count, MaxChildren); i++)
        {
            AddChain(entry.DataOffset + (4 * i), depth);
        }
    }

    private TiffEntry[]? ReadEntries(long offset)
    {
        if (!Holds(offset, 2))
        {
            return null;
        }

        ReadOnlySpan<byte> span = bytes.Span;
        int count = Order.UInt16(span[(int)offset..]);
        if (count == 0 || !Holds(offset + 2, (long)count * TiffEntry.Size) || count > entriesLeft)
        {
            return null;
        }

        entriesLeft -= count;
        var entries = new TiffEntry[count];
        for (int i = 0; i < count; i++)
        {
            int position = (int)offset + 2 + (i * TiffEntry.Size);
            ReadOnlySpan<byte> field = span.Slice(position, TiffEntry.Size);
            var type = (TiffType)Order.UInt16(field[2..]);
            uint values = Order.UInt32(field[4..]);
            bool inline = (long)type.Size() * values <= 4;
            entries[i] = new TiffEntry(Order.UInt16(field), type, values, position, inline ? position + 8 : Order.UInt32(field[8..]));
        }

        return entries;
    }
}
