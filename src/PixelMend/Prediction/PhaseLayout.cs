using PixelMend.Frames;

namespace PixelMend.Prediction;

/// <summary>
/// How a mosaic is laid out for row kernels: each row is split by column phase into sub-rows, so that all photosites of a sub-row have the same
/// filter and the same surroundings, and a step to any neighbour is one constant offset. This is what lets one kernel serve every CFA.
/// Columns beyond the borders are mirrored, keeping their phase.
/// </summary>
internal sealed class PhaseLayout
{
    /// <summary>Columns that a neighbour may lie beyond a border.</summary>
    public const int Reach = 8;

    private const int Alignment = 16;

    /// <summary>A photosite so near to a border, or nearer, must not meet itself behind it.</summary>
    private const int SelfReach = 3;

    public PhaseLayout(int width, int height, CfaPattern cfa)
    {
        Width = width;
        Height = height;
        Cfa = cfa;
        SubLength = (width + cfa.Width - 1) / cfa.Width;
        SubStride = ((SubLength + Alignment - 1) / Alignment * Alignment) + (2 * Alignment);
        RowStride = SubStride * cfa.Width;
        BorderSources =
        [
            .. Enumerable
                .Range(-Reach, Reach)
                .Concat(Enumerable.Range(width, Reach + cfa.Width))
                .Select(x => (IndexOf(x), IndexOf(Mirror(x, width, cfa.Width)))),
        ];
    }

    public int Width { get; }

    public int Height { get; }

    public CfaPattern Cfa { get; }

    /// <summary>Photosites of one column phase in a row, rounded up.</summary>
    public int SubLength { get; }

    public int SubStride { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int RowStride { get; }

    /// <summary>Pairs of positions within a row: beyond a border, and the photosite that stands in for it.</summary>
    public (int Target, int Source)[] BorderSources { get; }

    /// <summary>Position of column <paramref name="x"/> within a row's floats; columns up to <see cref="Reach"/> beyond a border have one too.</summary>
    public int IndexOf(int x)
    {
        int cell = FloorDivide(x, Cfa.Width);
        return ((x - (cell * Cfa.Width)) * SubStride) + Alignment + cell;
    }

    /// <summary>Floats from a photosite of column phase <paramref name="phaseX"/> to its neighbour at <paramref name="step"/>.</summary>
    public int OffsetOf(int phaseX, Offset step) => (step.Dy * RowStride) + IndexOf(phaseX + step.Dx) - IndexOf(phaseX);

    /// <summary>Offsets of several steps.</summary>
    public int[] OffsetsOf(int phaseX, ReadOnlySpan<Offset> steps)
    {
        var offsets = new int[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            offsets[i] = OffsetOf(phaseX, steps[i]);
        }

        return offsets;
    }

    /// <summary>
    /// The inside position that stands in for position <paramref name="i"/> of an axis: mirrored about the border photosite, then moved inwards
    /// to the same phase, and so far that no photosite is taken for its own neighbour.
    /// </summary>
    public static int Mirror(int i, int length, int period)
    {
        if (i >= 0 && i < length)
        {
            return i;
        }

        int phase = i - (FloorDivide(i, period) * period);
        int beyond = i < 0 ? -i : i - (length - 1);
        int depth = Math.Max(beyond, SelfReach - beyond + 1);
        if (i < 0)
        {
            int inside = depth + Modulo(phase - depth, period);
            return inside < length ? inside : Fallback(phase, length);
        }

        int last = length - 1 - depth;
        int before = last - Modulo(last - phase, period);
        return before >= 0 ? before : Fallback(phase, length);
    }

    /// <summary>Images smaller than the pattern's reach: any photosite will do.</summary>
    private static int Fallback(int phase, int length) => Math.Min(phase, length - 1);

    private static int FloorDivide(int value, int divisor) => (value - Modulo(value, divisor)) / divisor;

    private static int Modulo(int value, int divisor)
    {
        int remainder = value % divisor;
        return remainder < 0 ? remainder + divisor : remainder;
    }
}
