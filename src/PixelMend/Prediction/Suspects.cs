using PixelMend.Defects;
using PixelMend.Frames;

namespace PixelMend.Prediction;

/// <summary>Photosites that are distrusted before anything is scored: known defects, and floats without a value.</summary>
internal sealed class Suspects
{
    private readonly MosaicView view;

    /// <summary>Null where nothing is.</summary>
    private readonly DefectMask? distrusted;

    public Suspects(MosaicView view, DefectMap known)
    {
        this.view = view;
        distrusted = known.IsEmpty && view.Frame.Values is null ? null : known.ToMask();
        if (distrusted is not null && view.Frame.Values is { } values)
        {
            for (int y = 0; y < values.Height; y++)
            {
                ReadOnlySpan<float> row = values.Row(y);
                for (int x = 0; x < row.Length; x++)
                {
                    if (!float.IsFinite(row[x]))
                    {
                        distrusted[x, y] = true;
                    }
                }
            }
        }
    }

    /// <summary>Whether a photosite is distrusted; view coordinates.</summary>
    public bool Contains(int x, int y) => distrusted is not null && distrusted[view.Left + x, view.Top + y];

    /// <summary>A first guess for each of them: the median of the nearest good photosites of its colour.</summary>
    public Fill[] Guess()
    {
        if (distrusted is null)
        {
            return [];
        }

        var fills = new List<Fill>();
        Span<float> good = stackalloc float[8];
        float last = 0;
        for (int y = 0; y < view.Height; y++)
        {
            for (int x = NextInRow(0, y); x < view.Width; x = NextInRow(x + 1, y))
            {
                int n = 0;
                foreach (Offset step in view.Cfa.Neighbors(x, y))
                {
                    (int nx, int ny) = (x + step.Dx, y + step.Dy);
                    if (n < good.Length && view.Contains(nx, ny) && !Contains(nx, ny))
                    {
                        good[n++] = view.Signal(nx, ny);
                    }
                }

                // In the middle of a large hole the guess before it is as good as any.
                last = n == 0 ? last : Quantiles.Median(good[..n]);
                fills.Add(new Fill(x, y, last));
            }
        }

        return [.. fills];

        int NextInRow(int x, int y) => distrusted.NextInRow(view.Left + x, view.Top + y) - view.Left;
    }
}
