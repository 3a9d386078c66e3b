namespace PixelMend.Formats.Dng;

/// <summary>
/// The shortest Huffman code of at most 16 bits for given symbol counts, by package merging (Larmore and Hirschberg, 1990),
/// with the all-ones code left free as JPEG (ITU-T T.81, annex C) demands.
/// </summary>
internal sealed class HuffmanCode
{
    private const int LongestCode = 16;

    private readonly int[] codes;
    private readonly int[] lengths;

    /// <param name="counts">How often each symbol occurs; symbols that do not occur get no code.</param>
    public HuffmanCode(ReadOnlySpan<long> counts)
    {
        codes = new int[counts.Length];
        lengths = new int[counts.Length];
        int[] depths = Depths(counts);
        Symbols =
        [
            .. Enumerable.Range(0, counts.Length).Where(s => depths[s] > 0).OrderBy(s => depths[s]).ThenBy(s => s).Select(s => (byte)s),
        ];
        int code = 0;
        for (int i = 0; i < Symbols.Length; i++)
        {
            int symbol = Symbols[i];
            code <<= depths[symbol] - (i == 0 ? depths[symbol] : lengths[Symbols[i - 1]]);
            codes[symbol] = code++;
            lengths[symbol] = depths[symbol];
            Counts[depths[symbol] - 1]++;
        }
    }

    /// <summary>Number of codes of each length 1 to 16.</summary>
    public byte[] Counts { get; } = new byte[LongestCode];

    /// <summary>The symbols in code order.</summary>
    public byte[] Symbols { get; }

    /// <summary>A symbol's code.</summary>
    public int Code(int symbol) => codes[symbol];

    /// <summary>Bits of a symbol's code.</summary>
    public int Length(int symbol) => lengths[symbol];

    /// <summary>
    /// Code length per symbol. The last, extra symbol has no weight: it takes the place of the all-ones code.
    /// A symbol's length is how often it occurs among the 2(n − 1) lightest packages of the last round.
    /// </summary>
    private static int[] Depths(ReadOnlySpan<long> counts)
    {
        var leaves = new List<(long Weight, int[] Symbols)> { (0, [counts.Length]) };
        for (int symbol = 0; symbol < counts.Length; symbol++)
        {
            if (counts[symbol] > 0)
            {
                leaves.Add((counts[symbol], [symbol]));
            }
        }

        leaves = [.. leaves.OrderBy(l => l.Weight)];
        List<(long Weight, int[] Symbols)> packages = leaves;
        for (int round = 1; round < LongestCode; round++)
        {
            packages =
            [
                .. packages
                    .Chunk(2)
                    .Where(pair => pair.Length == 2)
                    .Select(pair => (Weight: pair[0].Weight + pair[1].Weight, Symbols: (int[])[.. pair[0].Symbols, .. pair[1].Symbols]))
                    .Concat(leaves)
                    .OrderBy(p => p.Weight),
            ];
        }

        var depths = new int[counts.Length + 1];
        foreach (int symbol in packages.Take(2 * (leaves.Count - 1)).SelectMany(p => p.Symbols))
        {
            depths[symbol]++;
        }

        return depths;
    }
}
