using System.Runtime.InteropServices;
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

    private LineOffsets(float[] offsets, float spread, List<LineOffset> outlying)
    {
        Offsets = offsets;
        Spread = spread;
        Outlying = outlying;
    }

    /// <summary>Offset of each line.</summary>
    public float[] Offsets { get; }

    /// <summary>Spread of the offsets: 1.4826 times their median magnitude.</summary>
    public float Spread { get; }

    /// <summary>Defective lines.</summary>
    public IReadOnlyList<LineOffset> Outlying { get; }

    /// <summary>Takes the usual offsets out of <paramref name="residual"/>.</summary>
    /// <param name="residual">What remains of a plane without its surroundings, changed in place.</param>
    /// <param name="columns">Columns, else rows.</param>
    /// <param name="spread">Spread of the photosites.</param>
    /// <param name="least">Least offset of a defective line.</param>
    /// <param name="options">Threads.</param>
    public static LineOffsets Remove(Plane<float> residual, bool columns, float spread, double least, ParallelOptions options)
    {
        int lines = columns ? residual.Width : residual.Height;
        int length = columns ? residual.Height : residual.Width;
        var offsets = new float[lines];
        Parallel.For(0, lines, options, i => offsets[i] = Middle(residual, columns, i, 0, length));
        float[] unusual = [.. offsets.Select((o, i) => o - Usual(offsets, i))];
        float usual = Quantiles.MadToSigma * Quantiles.Median([.. unusual.Select(MathF.Abs)]);
        float limit = MathF.Max(MathF.Max(Limit * usual, LeastPart * spread), (float)least);
        var outlying = new LineOffset?[lines];
        Parallel.For(
            0,
            lines,
            options,
            i =>
            {
                if (MathF.Abs(unusual[i]) > limit)
                {
                    outlying[i] = Outline(residual, columns, i, unusual[i], unusual[i] / MathF.Max(usual, limit / Limit));
                }
                else
                {
                    Subtract(residual, columns, i, offsets[i]);
                }
            }
        );
        return new LineOffsets(offsets, usual, [.. outlying.OfType<LineOffset>()]);
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

    /// <summary>The part of the line that is affected, from the first to the last block that has at least half of its offset.</summary>
    private static LineOffset Outline(Plane<float> residual, bool columns, int line, float offset, float severity)
    {
        int length = columns ? residual.Height : residual.Width;
        int start = length;
        int end = 0;
        for (int from = 0; from < length; from += Block)
        {
            int to = Math.Min(length, from + Block);
            if (Middle(residual, columns, line, from, to) / offset >= 0.5f)
            {
                start = Math.Min(start, from);
                end = to;
            }
        }

        (start, end) = end == 0 ? (0, length) : (start, end);
        Area area = columns ? new Area(line, start, 1, end - start) : new Area(start, line, end - start, 1);
        return new LineOffset(area, offset, MathF.Abs(severity));
    }

    private static float Middle(Plane<float> plane, bool columns, int line, int from, int to)
    {
        var values = new List<float>(to - from);
        for (int i = from; i < to; i++)
        {
            float value = columns ? plane[line, i] : plane[i, line];
            if (float.IsFinite(value))
            {
                values.Add(value);
            }
        }

        return Quantiles.MidMean(CollectionsMarshal.AsSpan(values));
    }

    private static void Subtract(Plane<float> plane, bool columns, int line, float offset)
    {
        int length = columns ? plane.Height : plane.Width;
        for (int i = 0; i < length; i++)
        {
            (int x, int y) = columns ? (line, i) : (i, line);
            plane[x, y] -= offset;
        }
    }
}

/// <summary>A defective line or a part of one.</summary>
/// <param name="Area">One photosite wide or high.</param>
/// <param name="Offset">How far it is from the lines around.</param>
/// <param name="Severity">The same as a multiple of what lines usually are off.</param>
internal readonly record struct LineOffset(Area Area, float Offset, float Severity);
