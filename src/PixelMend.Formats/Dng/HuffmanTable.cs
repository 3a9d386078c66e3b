namespace PixelMend.Formats.Dng;

/// <summary>
/// A Huffman table of lossless JPEG for decoding: one look at the next bits gives what the code and its extra bits take, so that the next sample
/// need not wait for this one's value.
/// </summary>
internal sealed class HuffmanTable
{
    /// <summary>Bits looked at in one go: nearly all codes of real images fit, and a table stays in the first cache.</summary>
    public const int LookupBits = 12;

    /// <summary>Most bits that a code found in the <see cref="Lookup"/> takes with its extra bits.</summary>
    public const int MostBits = LookupBits + 15;

    private const int LongestCode = 16;

    private readonly ushort[] lookup = new ushort[1 << LookupBits];
    private readonly int[] codeLimits = new int[LongestCode + 1];
    private readonly int[] firstValues = new int[LongestCode + 1];
    private readonly byte[] values;

    private HuffmanTable(byte[] values) => this.values = values;

    /// <summary>
    /// Entry per next <see cref="LookupBits"/> bits: bits 0–4 how many code and extra bits take together, 5–8 how many of them are extra.
    /// 0: see <see cref="Search"/>.
    /// </summary>
    public ushort[] Lookup => lookup;

    /// <summary>Builds a table from the number of codes of each length 1 to 16 and the symbols in code order.</summary>
    /// <returns>Null when the lengths describe no prefix code, or a symbol is not a bit count 0 to 16.</returns>
    public static HuffmanTable? Create(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> values)
    {
        var table = new HuffmanTable(values.ToArray());
        int code = 0;
        int value = 0;
        for (int length = 1; length <= LongestCode; length++)
        {
            code <<= 1;
            table.firstValues[length] = value - code;
            for (int i = 0; i < counts[length - 1]; i++, code++, value++)
            {
                if (code >= 1 << length || value >= values.Length || values[value] > 16)
                {
                    return null;
                }

                table.Enter(code, length, values[value]);
            }

            table.codeLimits[length] = code;
        }

        return value > 0 ? table : null;
    }

    /// <summary>Decodes any code, the long ones and the one without extra bits among them.</summary>
    /// <param name="next">The next 16 bits.</param>
    /// <returns>Bits of the code, and bits of the difference; no bits where no code matches.</returns>
    public (int Length, int Bits) Search(int next)
    {
        for (int length = 1; length <= LongestCode; length++)
        {
            int code = next >> (LongestCode - length);
            if (code < codeLimits[length])
            {
                return (length, values[code + firstValues[length]]);
            }
        }

        return default;
    }

    private void Enter(int code, int length, int bits)
    {
        // The one difference of 16 bits, 32768 modulo 2¹⁶, carries no extra bits: too rare to be provided for.
        if (length <= LookupBits && bits < 16)
        {
            int spare = LookupBits - length;
            lookup.AsSpan(code << spare, 1 << spare).Fill((ushort)((bits << 5) | (length + bits)));
        }
    }
}
