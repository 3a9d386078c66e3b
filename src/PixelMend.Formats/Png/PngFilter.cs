namespace PixelMend.Formats.Png;

/// <summary>
/// The five row filters of PNG (ISO/IEC 15948, 9.2): 0 none, 1 left, 2 above, 3 average of both, 4 Paeth. Each predicts a byte from the same byte
/// of the sample to its left, above, and above left; missing ones are 0.
/// </summary>
internal static class PngFilter
{
    /// <summary>Number of filters.</summary>
    public const int Count = 5;

    /// <summary>Predicts a byte from three others.</summary>
    private interface IPredictor
    {
        static abstract int Predict(int left, int up, int upLeft);
    }

    /// <summary>Turns residuals into bytes in place.</summary>
    /// <param name="filter">0 to 4.</param>
    /// <param name="row">The row to restore.</param>
    /// <param name="above">The restored row above, zeros for the first.</param>
    /// <param name="step">Bytes per sample.</param>
    public static void Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        switch (filter)
        {
            case 1:
                Undo<Left>(row, above, step);
                break;
            case 2:
                Undo<Up>(row, above, step);
                break;
            case 3:
                Undo<Average>(row, above, step);
                break;
            case 4:
                Undo<Paeth>(row, above, step);
                break;
            default:
                break;
        }
    }

    /// <summary>Turns bytes into residuals.</summary>
    public static void Apply(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int step, Span<byte> residuals)
    {
        switch (filter)
        {
            case 1:
                Apply<Left>(row, above, step, residuals);
                break;
            case 2:
                Apply<Up>(row, above, step, residuals);
                break;
            case 3:
                Apply<Average>(row, above, step, residuals);
                break;
            case 4:
                Apply<Paeth>(row, above, step, residuals);
                break;
            default:
                row.CopyTo(residuals);
                break;
        }
    }

    private static void Undo<TPredictor>(Span<byte> row, ReadOnlySpan<byte> above, int step)
        where TPredictor : struct, IPredictor
    {
        above = above[..row.Length];
        for (int i = 0; i < step; i++)
        {
            row[i] += (byte)TPredictor.Predict(0, above[i], 0);
        }

        for (int i = step; i < row.Length; i++)
        {
            row[i] += (byte)TPredictor.Predict(row[i - step], above[i], above[i - step]);
        }
    }

    private static void Apply<TPredictor>(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int step, Span<byte> residuals)
        where TPredictor : struct, IPredictor
    {
        above = above[..row.Length];
        residuals = residuals[..row.Length];
        for (int i = 0; i < step; i++)
        {
            residuals[i] = (byte)(row[i] - TPredictor.Predict(0, above[i], 0));
        }

        for (int i = step; i < row.Length; i++)
        {
            residuals[i] = (byte)(row[i] - TPredictor.Predict(row[i - step], above[i], above[i - step]));
        }
    }

    private readonly struct Left : IPredictor
    {
        public static int Predict(int left, int up, int upLeft) => left;
    }

    private readonly struct Up : IPredictor
    {
        public static int Predict(int left, int up, int upLeft) => up;
    }

    private readonly struct Average : IPredictor
    {
        public static int Predict(int left, int up, int upLeft) => (left + up) / 2;
    }

    private readonly struct Paeth : IPredictor
    {
        /// <summary>Whichever of the three is nearest to left + up − upLeft; ties in the order of the arguments.</summary>
        public static int Predict(int left, int up, int upLeft)
        {
            int toLeft = Math.Abs(up - upLeft);
            int toUp = Math.Abs(left - upLeft);
            int toUpLeft = Math.Abs(left + up - (2 * upLeft));
            return toLeft <= toUp && toLeft <= toUpLeft ? left
                : toUp <= toUpLeft ? up
                : upLeft;
        }
    }
}
