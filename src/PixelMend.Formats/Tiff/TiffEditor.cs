using System.Buffers;

namespace PixelMend.Formats.Tiff;

/// <summary>
/// A new file from an old one: what changes is patched in place where it fits and appended where it does not, and only the
/// pointers to it are adjusted. Everything else, understood or not, keeps its bytes and its place.
/// </summary>
internal sealed class TiffEditor(TiffFile file, string format)
{
    private readonly ArrayBufferWriter<byte> tail = new();
    private readonly Dictionary<TiffDirectory, SortedDictionary<ushort, byte[]?>> edits = [];

    /// <summary>The old file's bytes, to be patched.</summary>
    public PatchedBytes Content { get; } = new(file.Content);

    /// <summary>Adds bytes after the old file's end, at an even offset as TIFF asks.</summary>
    /// <returns>Their byte offset in the new file.</returns>
    public uint Append(ReadOnlySpan<byte> bytes)
    {
        if (((Content.Length + tail.WrittenCount) & 1) != 0)
        {
            tail.Write("\0"u8);
        }

        long offset = (long)Content.Length + tail.WrittenCount;
        if (offset + bytes.Length > uint.MaxValue || (long)tail.WrittenCount + bytes.Length > Array.MaxLength)
        {
            throw new RawDataException(RawDataError.LimitExceeded, format, "the new file would be larger than TIFF allows");
        }

        tail.Write(bytes);
        return (uint)offset;
    }

    /// <summary>Sets a field, whether it exists or not, to <paramref name="count"/> values in the file's byte order.</summary>
    public void Set(TiffDirectory directory, ushort tag, TiffType type, uint count, ReadOnlySpan<byte> data)
    {
        var field = new byte[TiffEntry.Size];
        file.Order.Write(field, tag);
        file.Order.Write(field.AsSpan(2), (ushort)type);
        file.Order.Write(field.AsSpan(4), count);
        if (data.Length <= 4)
        {
            data.CopyTo(field.AsSpan(8));
        }
        else
        {
            file.Order.Write(field.AsSpan(8), Append(data));
        }

        EditsOf(directory)[tag] = field;
    }

    /// <summary>Removes a field if it is there.</summary>
    public void Remove(TiffDirectory directory, ushort tag)
    {
        if (directory.Has(tag))
        {
            EditsOf(directory)[tag] = null;
        }
    }

    /// <summary>Writes the new file.</summary>
    public void WriteTo(Stream output)
    {
        // A directory holds the pointers to its children and to the next of its chain, both listed after it:
        // last first, so that tables are moved with their pointers already adjusted.
        foreach (TiffDirectory directory in file.Directories.Reverse().Where(edits.ContainsKey))
        {
            Rebuild(directory, edits[directory]);
        }

        Content.WriteTo(output);
        output.Write(tail.WrittenSpan);
    }

    private SortedDictionary<ushort, byte[]?> EditsOf(TiffDirectory directory)
    {
        if (!edits.TryGetValue(directory, out SortedDictionary<ushort, byte[]?>? fields))
        {
            edits[directory] = fields = [];
        }

        return fields;
    }

    private void Rebuild(TiffDirectory directory, SortedDictionary<ushort, byte[]?> fields)
    {
        List<byte[]> kept =
        [
            .. directory
                .Entries.Where(e => !fields.ContainsKey(e.Tag))
                .Select(e => Bytes(e.Position, TiffEntry.Size))
                .Concat(fields.Values.OfType<byte[]>())
                .OrderBy(f => file.Order.UInt16(f)),
        ];
        int oldEnd = (int)directory.Offset + 2 + (directory.Entries.Count * TiffEntry.Size);
        var table = new byte[2 + (kept.Count * TiffEntry.Size) + 4];
        file.Order.Write(table, (ushort)kept.Count);
        for (int i = 0; i < kept.Count; i++)
        {
            kept[i].CopyTo(table, 2 + (i * TiffEntry.Size));
        }

        // The pointer to the next directory may be cut off at the file's end; then there is none.
        if (file.Holds(oldEnd, 4))
        {
            Content.Read(oldEnd, table.AsSpan(table.Length - 4));
        }

        if (kept.Count <= directory.Entries.Count && file.Holds(directory.Offset, table.Length))
        {
            Content.Write(directory.Offset, table);
        }
        else
        {
            var pointer = new byte[sizeof(uint)];
            file.Order.Write(pointer, Append(table));
            Content.Write(directory.Pointer, pointer);
        }
    }

    private byte[] Bytes(int offset, int length)
    {
        var bytes = new byte[length];
        Content.Read(offset, bytes);
        return bytes;
    }
}
