using System.Numerics;

namespace PixelMend.Formats.Dng;

/// <summary>
/// The seven predictors of lossless JPEG (ITU-T T.81, table H.1), a row at a time: differences to samples and back, modulo 2¹⁶.
/// Rows hold the components interleaved; a neighbour is a sample of the same component.
/// </summary>
internal abstract class JpegPredictor
{
    private static readonly JpegPredictor[] All =
    [
        new Left(),
        new By<Above>(),
        new By<AboveLeft>(),
        new By<Plane>(),
        new By<LeftAndHalf>(),
        new By<AboveAndHalf>(),
        new By<Mean>(),
    ];

    private interface IRule
    {
        static abstract int Predict(int left, int above, int aboveLeft);
    }

    /// <summary>Predictor 1 to 7.</summary>
    public static JpegPredictor Number(int number) => All[number - 1];

    /// <summary>Turns the differences of a row into its samples, in place.</summary>
    public abstract void Restore(Span<ushort> row, ReadOnlySpan<ushort> above, int components);

    /// <summary>The differences of a row of samples.</summary>
    public abstract void Subtract(ReadOnlySpan<ushort> row, ReadOnlySpan<ushort> above, int components, Span<ushort> differences);

    /// <summary>Restores the first row after a start: predicted from the left alone, beginning at half the range.</summary>
    public static void RestoreFirst(Span<ushort> row, int components, int precision)
    {
        for (int c = 0; c < components; c++)
        {
            Accumulate(row, c, components, (ushort)(1 << (precision - 1)));
        }
    }

    /// <summary>The differences of the first row after a start.</summary>
    public static void SubtractFirst(ReadOnlySpan<ushort> row, int components, int precision, Span<ushort> differences)
    {
        for (int c = 0; c < components; c++)
        {
            differences[c] = (ushort)(row[c] - (1 << (precision - 1)));
        }

        SubtractLeft(row, components, differences);
    }

    /// <summary>One component's samples, each its difference more than the one before; the sum stays in a register.</summary>
    private static void Accumulate(Span<ushort> row, int component, int components, ushort before)
    {
        for (int i = component; i < row.Length; i += components)
        {
            before += row[i];
            row[i] = before;
        }
    }

    /// <summary>Differences to the left neighbours, where there are some.</summary>
    private static void SubtractLeft(ReadOnlySpan<ushort> row, int components, Span<ushort> differences)
    {
        ReadOnlySpan<ushort> left = row[..^components];
        row = row[components..];
        differences = differences.Slice(components, row.Length);
        int i = 0;
        for (; i <= row.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            (new Vector<ushort>(row[i..]) - new Vector<ushort>(left[i..])).CopyTo(differences[i..]);
        }

        for (; i < row.Length; i++)
        {
            differences[i] = (ushort)(row[i] - left[i]);
        }
    }

    /// <summary>The left neighbour, which nearly all files are coded with: a plain sum, or a plain difference.</summary>
    private sealed class Left : JpegPredictor
    {
        public override void Restore(Span<ushort> row, ReadOnlySpan<ushort> above, int components)
        {
            for (int c = 0; c < components; c++)
            {
                Accumulate(row, c, components, above[c]);
            }
        }

        public override void Subtract(ReadOnlySpan<ushort> row, ReadOnlySpan<ushort> above, int components, Span<ushort> differences)
        {
            for (int c = 0; c < components; c++)
            {
                differences[c] = (ushort)(row[c] - above[c]);
            }

            SubtractLeft(row, components, differences);
        }
    }

    private sealed class By<TRule> : JpegPredictor
        where TRule : struct, IRule
    {
        public override void Restore(Span<ushort> row, ReadOnlySpan<ushort> above, int components)
        {
            above = above[..row.Length];
            for (int i = 0; i < components; i++)
            {
                row[i] += above[i];
            }

            for (int i = components; i < row.Length; i++)
            {
                row[i] += (ushort)TRule.Predict(row[i - components], above[i], above[i - components]);
            }
        }

        public override void Subtract(ReadOnlySpan<ushort> row, ReadOnlySpan<ushort> above, int components, Span<ushort> differences)
        {
            for (int i = 0; i < components; i++)
            {
                differences[i] = (ushort)(row[i] - above[i]);
            }

            for (int i = components; i < row.Length; i++)
            {
                differences[i] = (ushort)(row[i] - TRule.Predict(row[i - components], above[i], above[i - components]));
            }
        }
    }

    private readonly struct Above : IRule
    {
        public static int Predict(int left, int above, int aboveLeft) => above;
    }

    private readonly struct AboveLeft : IRule
    {
        public static int Predict(int left, int above, int aboveLeft) => aboveLeft;
    }

    private readonly struct Plane : IRule
    {
        public static int Predict(int left, int above, int aboveLeft) => left + above - aboveLeft;
    }

    private readonly struct LeftAndHalf : IRule
    {
        public static int Predict(int left, int above, int aboveLeft) => left + ((above - aboveLeft) >> 1);
    }

    private readonly struct AboveAndHalf : IRule
    {
        public static int Predict(int left, int above, int aboveLeft) => above + ((left - aboveLeft) >> 1);
    }

    private readonly struct Mean : IRule
    {
        public static int Predict(int left, int above, int aboveLeft) => (left + above) >> 1;
    }
}
