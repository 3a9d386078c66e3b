using System.Text;

namespace PixelMend.Formats.Tiff;

/// <summary>
/// One image file directory: its fields and typed access to their values. A field whose values do not lie in the file
/// is <see cref="RawDataError.Malformed"/> when it is asked for, and harmless otherwise.
/// </summary>
internal sealed class TiffDirectory(TiffFile file, long offset, long pointer, TiffEntry[] entries)
{
    private readonly Dictionary<ushort, TiffEntry> byTag = FirstOfEach(entries);

    /// <summary>Byte offset of the directory.</summary>
    public long Offset => offset;

    /// <summary>Byte offset of the four bytes that point to it.</summary>
    public long Pointer => pointer;

    /// <summary>Fields in file order.</summary>
    public IReadOnlyList<TiffEntry> Entries => entries;

    public TiffEntry? Find(ushort tag) => byTag.TryGetValue(tag, out TiffEntry entry) ? entry : null;

    public bool Has(ushort tag) => byTag.ContainsKey(tag);

    /// <summary>The field's values as bytes, whatever its type; empty when absent.</summary>
    public ReadOnlyMemory<byte> Bytes(ushort tag) => Find(tag) is { } entry ? Data(entry) : default;

    /// <summary>The field's values as bytes; empty when absent or beyond the file's end.</summary>
    public ReadOnlyMemory<byte> BytesIfThere(ushort tag) => IsReadable(tag) ? Bytes(tag) : default;

    /// <summary>The field's numbers, at most <paramref name="most"/> of them; empty when absent.</summary>
    public double[] Numbers(ushort tag, int most)
    {
        if (Find(tag) is not { } entry)
        {
            return [];
        }

        if (entry.Count > most)
        {
            throw file.Malformed($"tag {tag} holds {entry.Count} values, more than the {most} that make sense", entry.Position);
        }

        ReadOnlySpan<byte> data = Data(entry).Span;
        var numbers = new double[entry.Count];
        int size = entry.Type.Size();
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Number(entry.Type, data.Slice(i * size, size), file.Order);
        }

        return numbers;
    }

    /// <summary>The field's single number, or <paramref name="missing"/> when absent.</summary>
    public double Number(ushort tag, double missing)
    {
        double[] numbers = Numbers(tag, 64);
        return numbers.Length == 0 ? missing : numbers[0];
    }

    /// <summary>The field's single non-negative integer, or <paramref name="missing"/> when absent.</summary>
    public long Integer(ushort tag, long missing)
    {
        double number = Number(tag, missing);
        return double.IsFinite(number) && number >= 0 && number <= uint.MaxValue && number == Math.Floor(number)
            ? (long)number
            : throw file.Malformed($"tag {tag} must be a whole number, not {number}", Find(tag)?.Position ?? -1);
    }

    /// <summary>The field's single non-negative integer.</summary>
    public long Required(ushort tag, string name) =>
        Has(tag) ? Integer(tag, 0) : throw file.Malformed($"the image has no {name} (tag {tag})", offset);

    /// <summary>Descriptive number: null when absent, unreadable or not a finite number.</summary>
    public double? Hint(ushort tag) =>
        IsReadable(tag) && Find(tag)!.Value.Count is > 0 and <= 64 && Number(tag, double.NaN) is var number && double.IsFinite(number)
            ? number
            : null;

    /// <summary>Descriptive text: null when absent, unreadable or blank.</summary>
    public string? Text(ushort tag)
    {
        if (!IsReadable(tag) || Find(tag)!.Value.Type is not (TiffType.Ascii or TiffType.Byte or TiffType.Undefined))
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = Bytes(tag).Span;
        bytes = bytes[..Math.Min(bytes.Length, 65_535)];
        int end = bytes.IndexOf((byte)0);
        string text = Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]).Trim();
        return text.Length == 0 ? null : text;
    }

    private bool IsReadable(ushort tag) => Find(tag) is { } entry && entry.DataLength > 0 && file.Holds(entry.DataOffset, entry.DataLength);

    private ReadOnlyMemory<byte> Data(TiffEntry entry)
    {
        if (entry.Type.Size() == 0)
        {
            throw file.Malformed($"tag {entry.Tag} has the unknown type {(ushort)entry.Type}", entry.Position);
        }

        return file.Slice(entry.DataOffset, entry.DataLength, $"the values of tag {entry.Tag}");
    }

    private static double Number(TiffType type, ReadOnlySpan<byte> bytes, ByteOrder order) =>
        type switch
        {
            TiffType.Short => order.UInt16(bytes),
            TiffType.SignedShort => (short)order.UInt16(bytes),
            TiffType.Long or TiffType.Ifd => order.UInt32(bytes),
            TiffType.SignedLong => (int)order.UInt32(bytes),
            TiffType.Rational => order.UInt32(bytes) / (double)order.UInt32(bytes[4..]),
            TiffType.SignedRational => (int)order.UInt32(bytes) / (double)(int)order.UInt32(bytes[4..]),
            TiffType.Float => BitConverter.UInt32BitsToSingle(order.UInt32(bytes)),
            TiffType.Double => BitConverter.UInt64BitsToDouble(order.UInt64(bytes)),
            TiffType.SignedByte => (sbyte)bytes[0],
            _ => bytes[0],
        };

    /// <summary>A tag given twice counts once: the first, as other readers have it.</summary>
    private static Dictionary<ushort, TiffEntry> FirstOfEach(TiffEntry[] entries)
    {
        var first = new Dictionary<ushort, TiffEntry>(entries.Length);
        foreach (TiffEntry entry in entries)
        {
            first.TryAdd(entry.Tag, entry);
        }

        return first;
    }
}
