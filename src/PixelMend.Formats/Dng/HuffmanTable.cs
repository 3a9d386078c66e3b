namespace PixelMend.Formats.Dng;

/// <summary>
/// A Huffman table of lossless JPEG for decoding: one look at the next bits gives the whole difference where code and
/// extra bits are short, and the number of extra bits elsewhere.
/// </summary>
internal sealed class HuffmanTable
{
    /// <summary>Bits looked at in one go: nearly all differences of real images fit, and a table stays in the first cache.</summary>
    public const int LookupBits = 12;

    private const int LongestCode = 16;

    private readonly int[] lookup = new int[1 << LookupBits];
    private readonly int[] codeLimits = new int[LongestCode + 1];
    private readonly int[] firstValues = new int[LongestCode + 1];
    private readonly byte[] values;

    private HuffmanTable(byte[] values) => this.values = values;

    /// <summary>
    /// Entry per next <see cref="LookupBits"/> bits: bits 0–4 how many to consume, 5–9 how many extra bits follow (0: difference known),
    /// 16–31 the difference. 0: the code is longer, see <see cref="Search"/>.
    /// </summary>
    public ReadOnlySpan<int> Lookup => lookup;

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

    /// <summary>Decodes a code longer than <see cref="LookupBits"/>.</summary>
    /// <param name="next">The next 16 bits.</param>
    /// <returns>An entry as in <see cref="Lookup"/>, or 0 when no code matches.</returns>
    public int Search(int next)
    {
        for (int length = LookupBits + 1; length <= LongestCode; length++)
        {
            int code = next >> (LongestCode - length);
            if (code < codeLimits[length])
            {
                int bits = values[code + firstValues[length]];
                return bits == 16 ? (short.MinValue << 16) | length : (bits << 5) | length;
            }
        }

        return 0;
    }

    /// <summary>The difference that <paramref name="bits"/> extra bits stand for.</summary>
    public static int Extend(int extra, int bits) => extra < 1 << (bits - 1) ? extra - (1 << bits) + 1 : extra;

    private void Enter(int code, int length, int bits)
    {
        int spare = LookupBits - length;
        for (int rest = 0; spare >= 0 && rest < 1 << spare; rest++)
        {
            lookup[(code << spare) | rest] = bits switch
            {
                0 => length,
                // The one difference of 16 bits, 32768 modulo 2¹⁶, carries no extra bits.
                16 => (short.MinValue << 16) | length,
                _ when bits <= spare => (Extend(rest >> (spare - bits), bits) << 16) | (length + bits),
                _ => (bits << 5) | length,
            };
        }
    }
}
