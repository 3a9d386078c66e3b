namespace PixelMend.Frames;

/// <summary>
/// What sample values mean: the black level (no light) and the white level (saturation), in ADU of the linear samples.
/// Both repeat with a small period anchored at the stored image's top left; black may also vary by row and column.
/// </summary>
public sealed class Levels
{
    private readonly int width;
    private readonly int height;
    private readonly float[] black;
    private readonly float[] white;

    /// <summary>The same levels everywhere.</summary>
    /// <exception cref="ArgumentException">White is not above black, or a level is not finite.</exception>
    public Levels(float black, float white)
        : this(1, 1, [black], [white]) { }

    /// <summary>Levels per position of a period.</summary>
    /// <param name="width">Period in x, at least 1.</param>
    /// <param name="height">Period in y, at least 1.</param>
    /// <param name="black">width × height black levels, raster order, ADU.</param>
    /// <param name="white">width × height white levels, raster order, ADU.</param>
    /// <param name="rowBlack">Added to black per row of the stored image; empty for none.</param>
    /// <param name="columnBlack">Added to black per column of the stored image; empty for none.</param>
    /// <exception cref="ArgumentException">Sizes do not match, a white level is not above its black level, or a level is not finite.</exception>
    public Levels(int width, int height, float[] black, float[] white, float[]? rowBlack = null, float[]? columnBlack = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (black.Length != width * height || white.Length != black.Length)
        {
            throw new ArgumentException(
                $"A {width} × {height} period has {width * height} levels, not {black.Length} black and {white.Length} white.",
                nameof(black)
            );
        }

        for (int i = 0; i < black.Length; i++)
        {
            if (!float.IsFinite(black[i]) || !float.IsFinite(white[i]) || white[i] <= black[i])
            {
                throw new ArgumentException($"White level {white[i]} must be above black level {black[i]}.", nameof(white));
            }
        }

        this.width = width;
        this.height = height;
        this.black = black;
        this.white = white;
        RowBlack = rowBlack ?? [];
        ColumnBlack = columnBlack ?? [];
    }

    /// <summary>Period of the levels in x.</summary>
    public int Width => width;

    /// <summary>Period of the levels in y.</summary>
    public int Height => height;

    /// <summary>Black added per row of the stored image; empty for none.</summary>
    public float[] RowBlack { get; }

    /// <summary>Black added per column of the stored image; empty for none.</summary>
    public float[] ColumnBlack { get; }

    /// <summary>Black level of the photosite at (<paramref name="x"/>, <paramref name="y"/>), ADU.</summary>
    public float Black(int x, int y) => black[Cell(x, y)] + At(RowBlack, y) + At(ColumnBlack, x);

    /// <summary>The part of <see cref="Black"/> that repeats with the period, without what rows and columns add, ADU.</summary>
    public float BlackOfCell(int x, int y) => black[Cell(x, y)];

    /// <summary>What a signal of 1 is, ADU: from the period's black level to white. Row and column offsets shift black without changing it.</summary>
    public float Span(int x, int y) => white[Cell(x, y)] - black[Cell(x, y)];

    /// <summary>White (saturation) level of the photosite at (<paramref name="x"/>, <paramref name="y"/>), ADU.</summary>
    public float White(int x, int y) => white[Cell(x, y)];

    /// <summary>Smallest distance from black to white over the period, ADU: the range that thresholds are fractions of.</summary>
    public float Range => white.Zip(black, (w, b) => w - b).Min();

    /// <inheritdoc/>
    public override string ToString() => $"black {string.Join('/', black.Distinct())} white {string.Join('/', white.Distinct())}";

    private int Cell(int x, int y) => (y % height * width) + (x % width);

    private static float At(float[] deltas, int i) => deltas.Length == 0 ? 0 : deltas[i];
}
