namespace PixelMend.Formats.Png;

/// <summary>
/// The five row filters of PNG (ISO/IEC 15948, 9.2): 0 none, 1 left, 2 above, 3 average of both, 4 Paeth. Each predicts a byte from the same byte
/// of the sample to its left, above, and above left; missing ones are 0.
/// </summary>
internal static class PngFilter
{
    /// <summary>Number of filters.</summary>
    public const int Count = 5;

    /// <summary>Turns residuals into bytes in place.</summary>
    /// <param name="filter">0 to 4.</param>
    /// <param name="row">The row to restore.</param>
    /// <param name="above">The restored row above, zeros for the first.</param>
    /// <param name="step">Bytes per sample.</param>
    public static void Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        if (filter == 0)
        {
            return;
        }

        for (int i = 0; i < row.Length; i++)
        {
            row[i] += Predict(filter, row, above, i, step);
        }
    }

    /// <summary>Turns bytes into residuals.</summary>
    public static void Apply(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int step, Span<byte> residuals)
    {
        if (filter == 0)
        {
            row.CopyTo(residuals);
            return;
        }

        for (int i = 0; i < row.Length; i++)
        {
            residuals[i] = (byte)(row[i] - Predict(filter, row, above, i, step));
        }
    }

    private static byte Predict(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int i, int step)
    {
        int left = i < step ? 0 : row[i - step];
        int up = above[i];
        return filter switch
        {
            1 => (byte)left,
            2 => (byte)up,
            3 => (byte)((left + up) / 2),
            _ => Paeth(left, up, i < step ? 0 : above[i - step]),
        };
    }

    /// <summary>Whichever of the three is nearest to left + up − upLeft; ties in the order of the arguments.</summary>
    private static byte Paeth(int left, int up, int upLeft)
    {
        int estimate = left + up - upLeft;
        int toLeft = Math.Abs(estimate - left);
        int toUp = Math.Abs(estimate - up);
        int toUpLeft = Math.Abs(estimate - upLeft);
        return (byte)(
            toLeft <= toUp && toLeft <= toUpLeft ? left
            : toUp <= toUpLeft ? up
            : upLeft
        );
    }
}
