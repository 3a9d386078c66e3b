using System.Buffers.Binary;
using PixelMend.Defects;
using PixelMend.Formats.Maps;

namespace PixelMend.Formats.Otp;

/// <summary>
/// The table of Phase One's backs (tag 0x400 of IIQ files): column, row, sort and an unused word, 16 bits each, little-endian; 129 is a
/// photosite, 131 and 137 a whole column.
/// </summary>
public sealed class PhaseOneTable : PartTable
{
    private const ushort Point = 129;
    private const ushort Column = 131;
    private const ushort OtherColumn = 137;

    /// <inheritdoc/>
    public override string Name => "Phase One table";

    /// <inheritdoc/>
    public override string Summary => "Phase One's entries of column, row and sort; places and whole columns are kept.";

    /// <inheritdoc/>
    public override string? Dialect => "phaseone";

    /// <inheritdoc/>
    public override int EntryLength => 4 * sizeof(ushort);

    private protected override bool HasColumns => true;

    private protected override bool ReadEntry(ReadOnlySpan<byte> entry, MapAssembly map, EntryPlace place)
    {
        int column = BinaryPrimitives.ReadUInt16LittleEndian(entry);
        int sort = BinaryPrimitives.ReadUInt16LittleEndian(entry[4..]);
        switch (sort)
        {
            case Point:
                map.Add(new MapEntry(column, BinaryPrimitives.ReadUInt16LittleEndian(entry[2..])), place);
                return true;
            case Column or OtherColumn:
                map.AddColumn(column, DefectKind.Unknown, place);
                return true;
            default:
                return false;
        }
    }

    private protected override bool TryWriteEntry(int x, int y, bool isColumn, Span<byte> entry)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)x);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], (ushort)(isColumn ? 0 : y));
        BinaryPrimitives.WriteUInt16LittleEndian(entry[4..], isColumn ? Column : Point);
        return x <= ushort.MaxValue && y <= ushort.MaxValue;
    }
}
