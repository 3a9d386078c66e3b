using PixelMend.Frames;

namespace PixelMend.Formats.RawDump;

/// <summary>
/// MIPI CSI-2 RAW10, RAW12 and RAW14 rows: a group of samples starts with the high eight bits of each in a byte of its own;
/// their low bits follow together, the first sample's lowest.
/// </summary>
/// <param name="Depth">10, 12 or 14.</param>
/// <param name="GroupSamples">Samples in a group.</param>
internal readonly record struct MipiPacking(int Depth, int GroupSamples)
{
    private int LowBits => Depth - 8;

    private int GroupBytes => GroupSamples * Depth / 8;

    /// <summary>Unpacks a row; a last group that the row ends in holds padding.</summary>
    public void Decode(ReadOnlySpan<byte> row, Span<ushort> codes)
    {
        int whole = BitGroups.Mipi(Depth).Unpack(row, codes);
        for (int first = whole, at = whole / GroupSamples * GroupBytes; first < codes.Length; first += GroupSamples, at += GroupBytes)
        {
            ReadOnlySpan<byte> group = row.Slice(at, GroupBytes);
            uint low = Low(group);
            int count = Math.Min(GroupSamples, codes.Length - first);
            for (int i = 0; i < count; i++, low >>= LowBits)
            {
                codes[first + i] = (ushort)(((uint)group[i] << LowBits) | (low & LowMask));
            }
        }
    }

    /// <summary>Sets one sample of a row and no bit beside it.</summary>
    public void Patch(Span<byte> row, int x, ushort code)
    {
        Span<byte> group = row.Slice(x / GroupSamples * GroupBytes, GroupBytes);
        int i = x % GroupSamples;
        group[i] = (byte)(code >> LowBits);
        int shift = i * LowBits;
        uint low = (Low(group) & ~(LowMask << shift)) | ((code & LowMask) << shift);
        for (int b = GroupSamples; b < GroupBytes; b++, low >>= 8)
        {
            group[b] = (byte)low;
        }
    }

    /// <summary>Packs a row; a last group that the row ends in is padded with zeros.</summary>
    public void Encode(ReadOnlySpan<ushort> codes, Span<byte> row)
    {
        row.Clear();
        for (int x = 0; x < codes.Length; x++)
        {
            Patch(row, x, codes[x]);
        }
    }

    private uint LowMask => (1u << LowBits) - 1;

    private uint Low(ReadOnlySpan<byte> group)
    {
        uint low = 0;
        for (int b = GroupBytes - 1; b >= GroupSamples; b--)
        {
            low = (low << 8) | group[b];
        }

        return low;
    }
}
