using System.Buffers.Binary;
using PixelMend.Formats.Maps;

namespace PixelMend.Formats.Otp;

/// <summary>
/// The defect table of Texas Instruments' imaging subsystems: up to 256 words of 32 bits, little-endian, in raster order; bits 0 to 12 the
/// column, 13 to 25 the row, 26 to 28 the method of repair, which is written as 0 and read past.
/// </summary>
public sealed class TexasInstrumentsTable : PartTable
{
    private const int CoordinateBits = 13;
    private const int Mask = (1 << CoordinateBits) - 1;
    private const int EntryBits = 29;
    private const int MostEntries = 256;

    /// <inheritdoc/>
    public override string Name => "TI table";

    /// <inheritdoc/>
    public override string Summary => "Texas Instruments' words of column and row, up to 8191 each, 256 in raster order; places are kept.";

    /// <inheritdoc/>
    public override string? Dialect => "ti";

    /// <inheritdoc/>
    public override int? MostPhotosites => MostEntries;

    /// <inheritdoc/>
    public override int EntryLength => sizeof(uint);

    private protected override bool IsOrdered => true;

    private protected override uint Order(byte[] entry) => Word(entry) & ((1u << (2 * CoordinateBits)) - 1);

    private protected override bool ReadEntry(ReadOnlySpan<byte> entry, MapAssembly map, EntryPlace place)
    {
        uint word = Word(entry);
        if (word >> EntryBits != 0)
        {
            return false;
        }

        map.Add(new MapEntry((int)(word & Mask), (int)(word >> CoordinateBits & Mask)), place);
        return true;
    }

    private protected override bool TryWriteEntry(int x, int y, bool isColumn, Span<byte> entry)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(entry, (uint)x | ((uint)y << CoordinateBits));
        return x <= Mask && y <= Mask;
    }

    private static uint Word(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadUInt32LittleEndian(entry);
}
