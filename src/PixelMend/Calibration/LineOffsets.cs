using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Calibration;

/// <summary>
/// Offsets that all photosites of a column or row share. Ordinary ones are taken out of a plane of residuals; a line whose offset is far beyond the
/// others' is defective and keeps it.
/// </summary>
internal sealed class LineOffsets
{
    /// <summary>A line may be this many times farther off than lines usually are. Lines are few, but not Gaussian.</summary>
    private const float Limit = 5;

    /// <summary>An offset below this part of the photosites' own spread is no defect, however unusual.</summary>
    private const float LeastPart = 0.5f;

    /// <summary>Lines on either side that tell what is usual here.</summary>
    private const int Around = 8;

    /// <summary>Photosites that together tell whether a part of a line is affected.</summary>
    private const int Block = 32;

    /// <summary>So many blocks are enough to prove a part of a line by themselves, and are no chance, when they have this many times the line's offset.</summary>
    private const int Few = 3;
    private const float MuchMore = 3;

    private readonly float[] removed;

    private LineOffsets(float[] offsets, float[] removed, float spread, LineOffset[] outlying)
    {
        Offsets = offsets;
        this.removed = removed;
        Spread = spread;
        Outlying = outlying;
    }

    /// <summary>Offset of each line.</summary>
    public float[] Offsets { get; }

    /// <summary>Spread of the offsets: 1.4826 times their median magnitude.</summary>
    public float Spread { get; }

    /// <summary>Defective lines.</summary>
    public IReadOnlyList<LineOffset> Outlying { get; }

    /// <summary>How far a part of a line is off the lines around, whether it counts as defective or not.</summary>
    /// <param name="residual">What <see cref="Remove"/> left.</param>
    /// <param name="area">One photosite wide for columns, else one high.</param>
    /// <param name="columns">Columns, else rows.</param>
    public float ExcessOf(Plane<float> residual, Area area, bool columns)
    {
        (int line, int from, int to) = columns ? (area.Left, area.Top, area.Bottom) : (area.Top, area.Left, area.Right);
        return Middle(residual, columns, line, from, to) + removed[line] - Usual(Offsets, line);
    }

    /// <summary>Takes the usual offsets out of <paramref name="residual"/>.</summary>
    /// <param name="residual">What remains of a plane without its surroundings, changed in place.</param>
    /// <param name="columns">Columns, else rows.</param>
    /// <param name="spread">Spread of the photosites.</param>
    /// <param name="least">Least offset of a defective line.</param>
    /// <param name="options">Threads.</param>
    public static LineOffsets Remove(Plane<float> residual, bool columns, float spread, double least, ParallelOptions options)
    {
        float[] offsets = columns ? OfColumns(residual, options) : OfRows(residual, options);
        float[] unusual = [.. offsets.Select((o, i) => o - Usual(offsets, i))];
        float usual = Quantiles.MadToSigma * Quantiles.Median([.. unusual.Select(MathF.Abs)]);
        float limit = MathF.Max(MathF.Max(Limit * usual, LeastPart * spread), (float)least);
        LineOffset[] outlying =
        [
            .. Enumerable
                .Range(0, offsets.Length)
                .Where(i => MathF.Abs(unusual[i]) > limit)
                .Select(i => Outline(residual, columns, i, unusual[i], unusual[i] / MathF.Max(usual, limit / Limit))),
        ];
        float[] usualOnes = [.. offsets.Select((o, i) => MathF.Abs(unusual[i]) > limit ? 0 : o)];
        Parallel.For(
            0,
            residual.Height,
            options,
            y =>
            {
                Span<float> row = residual.Row(y);
                for (int x = 0; x < row.Length; x++)
                {
                    row[x] -= usualOnes[columns ? x : y];
                }
            }
        );
        return new LineOffsets(offsets, usualOnes, usual, outlying);
    }

    private static float[] OfRows(Plane<float> plane, ParallelOptions options)
    {
        var offsets = new float[plane.Height];
        Parallel.For(
            0,
            plane.Height,
            options,
            () => new float[plane.Width],
            (y, _, finite) =>
            {
                offsets[y] = Quantiles.MidMean(finite.AsSpan(0, Finite(plane.Row(y), finite)));
                return finite;
            },
            static _ => { }
        );
        return offsets;
    }

    /// <summary>Several columns side by side: what is fetched from memory holds values of all of them.</summary>
    private static float[] OfColumns(Plane<float> plane, ParallelOptions options)
    {
        const int together = 16;
        var offsets = new float[plane.Width];
        Parallel.For(
            0,
            (plane.Width + together - 1) / together,
            options,
            () => new float[together * plane.Height],
            (block, _, finite) =>
            {
                int from = block * together;
                int width = Math.Min(together, plane.Width - from);
                Span<int> counts = stackalloc int[together];
                counts.Clear();
                for (int y = 0; y < plane.Height; y++)
                {
                    ReadOnlySpan<float> row = plane.Row(y).Slice(from, width);
                    for (int i = 0; i < row.Length; i++)
                    {
                        finite[(i * plane.Height) + counts[i]] = row[i];
                        counts[i] += float.IsFinite(row[i]) ? 1 : 0;
                    }
                }

                for (int i = 0; i < width; i++)
                {
                    offsets[from + i] = Quantiles.MidMean(finite.AsSpan(i * plane.Height, counts[i]));
                }

                return finite;
            },
            static _ => { }
        );
        return offsets;
    }

    /// <summary>Copies the finite values; what lies beyond them in the target means nothing.</summary>
    private static int Finite(ReadOnlySpan<float> values, Span<float> finite)
    {
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            finite[count] = values[i];
            count += float.IsFinite(values[i]) ? 1 : 0;
        }

        return count;
    }

    private static float Usual(float[] offsets, int line)
    {
        var around = new List<float>();
        for (int i = Math.Max(0, line - Around); i <= Math.Min(offsets.Length - 1, line + Around); i++)
        {
            if (i != line)
            {
                around.Add(offsets[i]);
            }
        }

        return Quantiles.Median([.. around]);
    }

    /// <summary>
    /// The part of the line that is affected, from the first to the last block that has at least half of its offset. Where a few blocks are off by far more
    /// than the line in the middle, only a part of it is defective, and half of what those have counts.
    /// </summary>
    private static LineOffset Outline(Plane<float> residual, bool columns, int line, float offset, float severity)
    {
        int length = columns ? residual.Height : residual.Width;
        int[] starts = [.. Enumerable.Range(0, (length + Block - 1) / Block).Select(i => i * Block)];
        float[] parts = [.. starts.Select(from => Middle(residual, columns, line, from, Math.Min(length, from + Block)) / offset)];
        float strong = parts.OrderDescending().ElementAtOrDefault(Few - 1);
        float least = strong > MuchMore ? strong / 2 : 0.5f;
        int first = Array.FindIndex(parts, p => p >= least);
        int last = Array.FindLastIndex(parts, p => p >= least);
        (int start, int end) = first < 0 ? (0, length) : (starts[first], Math.Min(length, starts[last] + Block));
        Area area = columns ? new Area(line, start, 1, end - start) : new Area(start, line, end - start, 1);
        float more = strong > MuchMore ? strong : 1;
        return new LineOffset(area, offset * more, MathF.Abs(severity) * more);
    }

    private static float Middle(Plane<float> plane, bool columns, int line, int from, int to)
    {
        var values = new float[to - from];
        for (int i = from; i < to; i++)
        {
            values[i - from] = columns ? plane[line, i] : plane[i, line];
        }

        return Quantiles.MidMean(values.AsSpan(0, Finite(values, values)));
    }
}

/// <summary>A defective line or a part of one.</summary>
/// <param name="Area">One photosite wide or high.</param>
/// <param name="Offset">How far it is from the lines around.</param>
/// <param name="Severity">The same as a multiple of what lines usually are off.</param>
internal readonly record struct LineOffset(Area Area, float Offset, float Severity);
