namespace PixelMend.Formats.Tiff;

/// <summary>One field of a directory, as its twelve bytes name it; nothing about it is trusted yet.</summary>
/// <param name="Tag">What it is.</param>
/// <param name="Type">Type of its values; may be unknown.</param>
/// <param name="Count">Number of values.</param>
/// <param name="Position">Byte offset of the twelve bytes.</param>
/// <param name="DataOffset">Byte offset of the values: within the twelve bytes when they take at most four.</param>
internal readonly record struct TiffEntry(ushort Tag, TiffType Type, uint Count, int Position, long DataOffset)
{
    /// <summary>Bytes of a field in a directory.</summary>
    public const int Size = 12;

    /// <summary>Bytes that the values take.</summary>
    public long DataLength => (long)Type.Size() * Count;
}
