using PixelMend.Frames;

namespace PixelMend.Formats.Png;

/// <summary>A regular subset of the image that is stored as an image of its own: all of it, or one of the seven of Adam7.</summary>
internal readonly record struct PngPass(int Left, int Top, int StepX, int StepY, int Width, int Height)
{
    private static readonly (int Left, int Top, int StepX, int StepY)[] Adam7 =
    [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ];

    /// <summary>The passes of an image in stored order; ones that hold no sample are left out.</summary>
    public static IEnumerable<PngPass> Of(PngHeader header)
    {
        foreach ((int left, int top, int stepX, int stepY) in header.Interlaced ? Adam7 : [(0, 0, 1, 1)])
        {
            int width = (header.Width - left + stepX - 1) / stepX;
            int height = (header.Height - top + stepY - 1) / stepY;
            if (width > 0 && height > 0)
            {
                yield return new PngPass(left, top, stepX, stepY, width, height);
            }
        }
    }

    /// <summary>Puts row <paramref name="y"/> of the pass where it belongs in the image.</summary>
    public void Scatter(ReadOnlySpan<ushort> row, Plane<ushort> image, int y)
    {
        Span<ushort> target = image.Row(Top + (y * StepY));
        if (StepX == 1)
        {
            row.CopyTo(target[Left..]);
            return;
        }

        for (int i = 0; i < row.Length; i++)
        {
            target[Left + (i * StepX)] = row[i];
        }
    }

    /// <summary>Takes row <paramref name="y"/> of the pass out of the image.</summary>
    public void Gather(Plane<ushort> image, int y, Span<ushort> row)
    {
        ReadOnlySpan<ushort> source = image.Row(Top + (y * StepY));
        if (StepX == 1)
        {
            source.Slice(Left, row.Length).CopyTo(row);
            return;
        }

        for (int i = 0; i < row.Length; i++)
        {
            row[i] = source[Left + (i * StepX)];
        }
    }
}
