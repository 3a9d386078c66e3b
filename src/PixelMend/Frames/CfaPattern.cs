using System.Text;

namespace PixelMend.Frames;

/// <summary>
/// A colour filter array: the smallest rectangle of filters that repeats over the sensor, its first cell at the
/// stored image's top left photosite. Any period is allowed: 1×1 mono, 2×2 Bayer, 4×4 quad Bayer, 6×6 X-Trans.
/// Immutable; two patterns are equal when their cells are.
/// </summary>
public sealed class CfaPattern : IEquatable<CfaPattern>
{
    /// <summary>Largest period accepted in either direction; the largest known in a product is 12.</summary>
    public const int MaxPeriod = 16;

    /// <summary>Steps farther than this many photosites in x or y are not listed as neighbours.</summary>
    private const int NeighborReach = 8;

    private const int NeighborsListed = 24;

    private readonly CfaColor[] cells;
    private readonly Offset[][] neighbors;

    /// <param name="width">Period in x, 1 to <see cref="MaxPeriod"/>.</param>
    /// <param name="height">Period in y, 1 to <see cref="MaxPeriod"/>.</param>
    /// <param name="cells">width × height filters in raster order.</param>
    /// <exception cref="ArgumentException">The period is out of range or the number of cells does not match.</exception>
    public CfaPattern(int width, int height, ReadOnlySpan<CfaColor> cells)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxPeriod);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MaxPeriod);
        if (cells.Length != width * height)
        {
            throw new ArgumentException($"A {width} × {height} pattern has {width * height} cells, not {cells.Length}.", nameof(cells));
        }

        (Width, Height, this.cells) = Smallest(width, height, cells);
        if (this.cells.Length == 1)
        {
            this.cells[0] = CfaColor.White; // one filter everywhere is no mosaic, whatever the filter
        }

        neighbors = [.. Enumerable.Range(0, PhaseCount).Select(ListNeighbors)];
    }

    /// <summary>One unfiltered colour everywhere.</summary>
    public static CfaPattern Mono { get; } = new(1, 1, [CfaColor.White]);

    /// <summary>Fujifilm's 6 × 6 arrangement in the phase most cameras store.</summary>
    public static CfaPattern XTrans { get; } = Parse("GBGGRG/RGRBGB/GBGGRG/GRGGBG/BGBRGR/GRGGBG");

    /// <summary>Period in x.</summary>
    public int Width { get; }

    /// <summary>Period in y.</summary>
    public int Height { get; }

    /// <summary>Number of distinct positions: <see cref="Width"/> × <see cref="Height"/>.</summary>
    public int PhaseCount => Width * Height;

    /// <summary>Whether all photosites have the same filter.</summary>
    public bool IsMono => PhaseCount == 1;

    /// <summary>The filter over photosite (<paramref name="x"/>, <paramref name="y"/>); negative coordinates continue the pattern.</summary>
    public CfaColor this[int x, int y] => cells[PhaseOf(x, y)];

    /// <summary>Reads <c>MONO</c>, a Bayer word such as <c>RGGB</c>, <c>QUAD-RGGB</c>, <c>NONA-RGGB</c>, <c>XTRANS</c>, or rows of letters and digits such as <c>RG/GB</c>.</summary>
    /// <exception cref="FormatException">The text is none of these; the message says what is expected.</exception>
    public static CfaPattern Parse(string text)
    {
        string word = text.Trim().ToUpperInvariant();
        if (word is "MONO" or "NONE" or "GREY" or "GRAY")
        {
            return Mono;
        }

        if (word is "XTRANS" or "X-TRANS")
        {
            return XTrans;
        }

        foreach ((string prefix, int factor) in new[] { ("QUAD-", 2), ("NONA-", 3) })
        {
            if (word.StartsWith(prefix, StringComparison.Ordinal))
            {
                return Parse(word[prefix.Length..]).Enlarge(factor);
            }
        }

        // Without rows it is a Bayer word or a slip: taken as a single row, any word would pass for a pattern.
        bool isWord = !word.Contains('/');
        string[] rows = isWord && word.Length == 4 ? [word[..2], word[2..]] : word.Split('/');
        int width = rows[0].Length;
        bool valid =
            (!isWord || (word.Length == 4 && word.All(c => Enum.IsDefined((CfaColor)c))))
            && width is >= 1 and <= MaxPeriod
            && rows.Length <= MaxPeriod
            && rows.All(r => r.Length == width && r.All(char.IsAsciiLetterOrDigit));
        return valid
            ? new CfaPattern(width, rows.Length, [.. rows.SelectMany(r => r).Select(c => (CfaColor)c)])
            : throw new FormatException(
                $"'{text}' is not a CFA: write MONO, a Bayer word such as RGGB, QUAD-RGGB, XTRANS, or rows such as RG/GB (up to {MaxPeriod} × {MaxPeriod})."
            );
    }

    /// <summary>Index of a photosite's position in the period, 0 ≤ phase &lt; <see cref="PhaseCount"/>, raster order.</summary>
    public int PhaseOf(int x, int y) => (Wrap(y, Height) * Width) + Wrap(x, Width);

    /// <summary>The pattern as seen from photosite (<paramref name="dx"/>, <paramref name="dy"/>): what a crop at that point has at its origin.</summary>
    public CfaPattern Shift(int dx, int dy)
    {
        var shifted = new CfaColor[PhaseCount];
        for (int i = 0; i < shifted.Length; i++)
        {
            shifted[i] = this[(i % Width) + dx, (i / Width) + dy];
        }

        return new CfaPattern(Width, Height, shifted);
    }

    /// <summary>
    /// Steps to the same-colour photosites around (<paramref name="x"/>, <paramref name="y"/>), nearest first (ties by row, then column);
    /// at least eight for every pattern in use, at most 24.
    /// </summary>
    public ReadOnlySpan<Offset> Neighbors(int x, int y) => neighbors[PhaseOf(x, y)];

    /// <inheritdoc/>
    public bool Equals(CfaPattern? other) =>
        other is not null && Width == other.Width && Height == other.Height && cells.AsSpan().SequenceEqual(other.cells);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CfaPattern);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Width);
        hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes<CfaColor>(cells));
        return hash.ToHashCode();
    }

    /// <summary>The shortest text that <see cref="Parse"/> reads back as this pattern.</summary>
    public override string ToString()
    {
        if (IsMono)
        {
            return "MONO";
        }

        var rows = new StringBuilder();
        bool isWord = Width == 2 && Height == 2 && cells.All(Enum.IsDefined);
        for (int y = 0; y < Height; y++)
        {
            rows.Append(y == 0 || isWord ? "" : "/");
            for (int x = 0; x < Width; x++)
            {
                rows.Append((char)this[x, y]);
            }
        }

        // One row alone would read as a word.
        return Equals(XTrans) ? "XTRANS"
            : Height == 1 ? $"{rows}/{rows}"
            : rows.ToString();
    }

    private CfaPattern Enlarge(int factor)
    {
        int width = Width * factor;
        int height = Height * factor;
        var enlarged = new CfaColor[width * height];
        for (int i = 0; i < enlarged.Length; i++)
        {
            enlarged[i] = this[i % width / factor, i / width / factor];
        }

        return new CfaPattern(width, height, enlarged);
    }

    /// <summary>A pattern given larger than its true period (mono as 2×2, Bayer as 4×4) is the same pattern.</summary>
    private static (int Width, int Height, CfaColor[] Cells) Smallest(int width, int height, ReadOnlySpan<CfaColor> cells)
    {
        CfaColor[] all = cells.ToArray();
        int w = Enumerable.Range(1, width).First(step => width % step == 0 && Repeats((x, y) => all[(y * width) + (x % step)]));
        int h = Enumerable.Range(1, height).First(step => height % step == 0 && Repeats((x, y) => all[(y % step * width) + x]));
        return (w, h, [.. Enumerable.Range(0, w * h).Select(i => all[(i / w * width) + (i % w)])]);

        bool Repeats(Func<int, int, CfaColor> cellAt) => Enumerable.Range(0, all.Length).All(i => all[i] == cellAt(i % width, i / width));
    }

    private Offset[] ListNeighbors(int phase)
    {
        int x = phase % Width;
        int y = phase / Width;
        var same = new List<Offset>();
        for (int dy = -NeighborReach; dy <= NeighborReach; dy++)
        {
            for (int dx = -NeighborReach; dx <= NeighborReach; dx++)
            {
                if ((dx, dy) != (0, 0) && this[x + dx, y + dy] == this[x, y])
                {
                    same.Add(new Offset(dx, dy));
                }
            }
        }

        return [.. same.OrderBy(o => o.SquaredLength).ThenBy(o => o.Dy).ThenBy(o => o.Dx).Take(NeighborsListed)];
    }

    private static int Wrap(int value, int period)
    {
        int remainder = value % period;
        return remainder < 0 ? remainder + period : remainder;
    }
}
