namespace PixelMend.Frames;

/// <summary>A part of a frame scaled down for pictures of it: the mean signal of every colour in square blocks of photosites.</summary>
public sealed class ColorMeans
{
    private readonly Dictionary<CfaColor, float[]> means;

    private ColorMeans(int width, int height, IEnumerable<CfaColor> colors)
    {
        Width = width;
        Height = height;
        means = colors.ToDictionary(c => c, _ => new float[width * height]);
    }

    /// <summary>Blocks in a row.</summary>
    public int Width { get; }

    /// <summary>Rows of blocks.</summary>
    public int Height { get; }

    /// <summary>Mean signals of each colour of the mosaic, raster order; 0 where a block has no sample of it.</summary>
    public IReadOnlyDictionary<CfaColor, float[]> Means => means;

    /// <summary>
    /// Averages. The last blocks of rows and columns are moved inwards to be whole, so that none lacks a colour. Samples without a value do not count.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="area">The part, on the frame and not empty.</param>
    /// <param name="block">Photosites along a block's side; from the mosaic's period on, a block has every colour.</param>
    public static ColorMeans Of(RawFrame frame, Area area, int block)
    {
        CfaColor[] colors = [.. Phases(frame.Cfa).Distinct()];
        var scaled = new ColorMeans((area.Width + block - 1) / block, (area.Height + block - 1) / block, colors);
        int[] colorOf = [.. Phases(frame.Cfa).Select(c => Array.IndexOf(colors, c))];
        var signal = new float[area.Width];
        var sums = new double[colors.Length * scaled.Width];
        var counts = new int[sums.Length];
        for (int row = 0; row < scaled.Height; row++)
        {
            (int top, int bottom) = Bounds(row, block, area.Height);
            for (int y = area.Top + top; y < area.Top + bottom; y++)
            {
                frame.ReadSignal(area.Left, y, signal);
                ReadOnlySpan<int> colorsOfRow = colorOf.AsSpan(y % frame.Cfa.Height * frame.Cfa.Width, frame.Cfa.Width);
                for (int column = 0; column < scaled.Width; column++)
                {
                    (int left, int right) = Bounds(column, block, area.Width);
                    for (int x = left; x < right; x++)
                    {
                        if (float.IsFinite(signal[x]))
                        {
                            int at = (colorsOfRow[(area.Left + x) % colorsOfRow.Length] * scaled.Width) + column;
                            sums[at] += signal[x];
                            counts[at]++;
                        }
                    }
                }
            }

            scaled.Store(row, colors, sums, counts);
        }

        return scaled;
    }

    /// <summary>Takes the sums of a row of blocks, and leaves them empty for the next.</summary>
    private void Store(int row, CfaColor[] colors, double[] sums, int[] counts)
    {
        for (int c = 0; c < colors.Length; c++)
        {
            Span<float> target = means[colors[c]].AsSpan(row * Width, Width);
            for (int column = 0; column < Width; column++)
            {
                int at = (c * Width) + column;
                target[column] = (float)(sums[at] / Math.Max(1, counts[at]));
            }
        }

        Array.Clear(sums);
        Array.Clear(counts);
    }

    private static (int Start, int End) Bounds(int index, int block, int size)
    {
        int end = Math.Min(size, (index + 1) * block);
        return (Math.Max(0, end - block), end);
    }

    private static IEnumerable<CfaColor> Phases(CfaPattern cfa) =>
        Enumerable.Range(0, cfa.PhaseCount).Select(i => cfa[i % cfa.Width, i / cfa.Width]);
}
