namespace PixelMend.Formats.Dng;

/// <summary>
/// The shortest Huffman code of at most 16 bits for given symbol counts, by package merging (Larmore and Hirschberg, 1990),
/// with the all-ones code left free as JPEG (ITU-T T.81, annex C) demands.
/// </summary>
internal sealed class HuffmanCode
{
    private const int LongestCode = 16;

    /// <summary>Room for a count up to <see cref="LongestCode"/>, for 18 symbols in 128 bits.</summary>
    private const int UseBits = 7;

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
        var leaves = new List<Package> { new(0, Once(counts.Length)) };
        for (int symbol = 0; symbol < counts.Length; symbol++)
        {
            if (counts[symbol] > 0)
            {
                leaves.Add(new Package(counts[symbol], Once(symbol)));
            }
        }

        leaves = [.. leaves.OrderBy(l => l.Weight)];
        List<Package> packages = leaves;
        for (int round = 1; round < LongestCode; round++)
        {
            var merged = new List<Package>(2 * leaves.Count);
            for (int i = 1; i < packages.Count; i += 2)
            {
                merged.Add(new Package(packages[i - 1].Weight + packages[i].Weight, packages[i - 1].Uses + packages[i].Uses));
            }

            packages = [.. merged.Concat(leaves).OrderBy(p => p.Weight)];
        }

        UInt128 uses = 0;
        foreach (Package package in packages.Take(2 * (leaves.Count - 1)))
        {
            uses += package.Uses;
        }

        return [.. Enumerable.Range(0, counts.Length + 1).Select(s => (int)(uses >> (s * UseBits)) & ((1 << UseBits) - 1))];

        static UInt128 Once(int symbol) => UInt128.One << (symbol * UseBits);
    }

    /// <summary>Symbols put together.</summary>
    /// <param name="Weight">How often they occur.</param>
    /// <param name="Uses">How often each is in the package, <see cref="UseBits"/> bits a symbol: at most once a round.</param>
    private readonly record struct Package(long Weight, UInt128 Uses);
}
