using System.Buffers.Binary;
using PixelMend.Formats.Maps;

namespace PixelMend.Formats.Otp;

/// <summary>The table of HiSilicon image processors: words of 32 bits, little-endian, bits 0 to 12 the column, bits 16 to 28 the row.</summary>
public sealed class HiSiliconTable : PartTable
{
    private const int CoordinateBits = 13;
    private const int RowShift = 16;
    private const int Mask = (1 << CoordinateBits) - 1;

    /// <inheritdoc/>
    public override string Name => "HiSilicon table";

    /// <inheritdoc/>
    public override string Summary => "HiSilicon's words of column and row, up to 8191 each; places are kept.";

    /// <inheritdoc/>
    public override string? Dialect => "hisilicon";

    /// <inheritdoc/>
    public override int EntryLength => sizeof(uint);

    private protected override bool ReadEntry(ReadOnlySpan<byte> entry, MapAssembly map, EntryPlace place)
    {
        uint word = BinaryPrimitives.ReadUInt32LittleEndian(entry);
        (int x, int y) = ((int)(word & Mask), (int)(word >> RowShift & Mask));
        if (word != Word(x, y))
        {
            return false;
        }

        map.Add(new MapEntry(x, y), place);
        return true;
    }

    private protected override bool TryWriteEntry(int x, int y, bool isColumn, Span<byte> entry)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(entry, Word(x, y));
        return x <= Mask && y <= Mask;
    }

    private static uint Word(int x, int y) => (uint)x | ((uint)y << RowShift);
}
