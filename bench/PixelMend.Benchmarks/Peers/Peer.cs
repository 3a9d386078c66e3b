using PixelMend.Algorithms;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>
/// A peer's published formula at its defaults, re-expressed from its description so that it can be measured beside our own algorithms on the same
/// frames. It is not the peer's code, and the peer's own program may do more. Registered here only, never in the product.
/// </summary>
/// <typeparam name="T">What it is: a detector or a corrector.</typeparam>
/// <param name="Algorithm">Its registration, of the shape that the product's algorithms have.</param>
/// <param name="Handles">Which filter arrays the peer handles; on others it takes no part.</param>
internal sealed record Peer<T>(Algorithm<T> Algorithm, Func<CfaPattern, bool> Handles);

/// <summary>Groups of filter arrays that peers know.</summary>
internal static class PeerCfas
{
    /// <summary>Two greens on a diagonal, red and blue on the other.</summary>
    public static bool IsBayer(CfaPattern cfa) => cfa.ToString() is "RGGB" or "GRBG" or "GBRG" or "BGGR";

    /// <summary>Fujifilm's 6 × 6 arrangement in any phase.</summary>
    public static bool IsXTrans(CfaPattern cfa) =>
        (cfa.Width, cfa.Height) == (6, 6) && Enumerable.Range(0, 36).Any(shift => IsXTrans(cfa, shift % 6, shift / 6));

    /// <summary>Four different colour filters in a square, as cameras with complementary filters had.</summary>
    public static bool IsFourColor(CfaPattern cfa) =>
        (cfa.Width, cfa.Height) == (2, 2)
        && Enumerable.Range(0, 4).Select(i => cfa[i % 2, i / 2]).Where(c => Enum.IsDefined(c) && c != CfaColor.White).Distinct().Count()
            == 4;

    private static bool IsXTrans(CfaPattern cfa, int dx, int dy) =>
        Enumerable.Range(0, 36).All(i => cfa[(i % 6) + dx, (i / 6) + dy] == CfaPattern.XTrans[i % 6, i / 6]);
}
