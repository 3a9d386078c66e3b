using PixelMend.Frames;
using PixelMend.Prediction;

namespace PixelMend.Calibration;

/// <summary>
/// What the surroundings of each photosite read: the middle (<see cref="Quantiles.MidMean"/>) over the photosites of its colour in windows of 32 × 32
/// or more, taken every 16 photosites and interpolated. It follows shading and dust; a defect, or a cluster up to half a window, leaves no trace in it.
/// </summary>
internal sealed class LocalMedian
{
    private const int Window = 32;
    private const int Step = Window / 2;

    /// <summary>Rarer colours need a larger window for a median that is quiet itself.</summary>
    private const int LeastSamples = 100;

    private readonly CfaPattern cfa;
    private readonly CfaColor[] colors;
    private readonly Plane<float>[] nodes;
    private readonly int step;

    /// <summary>For each column the node before it and how far it lies towards the next.</summary>
    private readonly (int Node, float Part)[] across;

    private LocalMedian(CfaPattern cfa, CfaColor[] colors, Plane<float>[] nodes, int step, int width)
    {
        (this.cfa, this.colors, this.nodes, this.step) = (cfa, colors, nodes, step);
        across = [.. Enumerable.Range(0, width).Select(x => Between(x, nodes[0].Width))];
    }

    /// <summary>Surveys a plane; values that are not finite are left out.</summary>
    public static LocalMedian Of(Plane<float> plane, CfaPattern cfa, ParallelOptions options)
    {
        CfaColor[] phases = [.. Enumerable.Range(0, cfa.PhaseCount).Select(p => cfa[p % cfa.Width, p / cfa.Width])];
        CfaColor[] present = [.. phases.Distinct()];
        double rarest = present.Min(c => phases.Count(p => p == c)) / (double)cfa.PhaseCount;
        int scale = (int)Math.Ceiling(Math.Sqrt(LeastSamples / (rarest * Window * Window)));
        int apart = Step * Math.Max(1, scale);
        int columns = Math.Max(1, (plane.Width + apart - 1) / apart);
        int rows = Math.Max(1, (plane.Height + apart - 1) / apart);
        Plane<float>[] medians = [.. present.Select(_ => new Plane<float>(columns, rows))];
        Parallel.For(
            0,
            rows,
            options,
            () => new float[4 * apart * apart],
            (j, _, buffer) =>
            {
                for (int i = 0; i < columns; i++)
                {
                    Area window = WindowAt(i, j, apart).ClipTo(plane.Width, plane.Height);
                    for (int c = 0; c < present.Length; c++)
                    {
                        medians[c][i, j] = MedianOf(plane, cfa, present[c], window, buffer);
                    }
                }

                return buffer;
            },
            static _ => { }
        );
        return new LocalMedian(cfa, present, medians, apart, plane.Width);
    }

    /// <summary>The surroundings' reading at every photosite of a row.</summary>
    public void ReadRow(int y, Span<float> local)
    {
        (int top, float down) = Between(y, nodes[0].Height);
        float[][] blended = [.. nodes.Select(n => Blend(n, top, down))];
        for (int p = 0; p < Math.Min(cfa.Width, local.Length); p++)
        {
            float[] row = blended[Array.IndexOf(colors, cfa[p, y])];
            for (int x = p; x < local.Length; x += cfa.Width)
            {
                (int left, float right) = across[x];
                float a = row[left];
                float b = row[Math.Min(left + 1, row.Length - 1)];
                local[x] = a + ((b - a) * right);
            }
        }
    }

    private static Area WindowAt(int i, int j, int step) => new((i * step) - (step / 2), (j * step) - (step / 2), 2 * step, 2 * step);

    /// <summary>The node before a coordinate and how far it lies towards the next; beyond the last nodes their trend goes on.</summary>
    private (int Node, float Part) Between(int at, int count)
    {
        float position = ((at + 0.5f) / step) - 0.5f;
        int node = Math.Clamp((int)MathF.Floor(position), 0, Math.Max(0, count - 2));
        return (node, position - node);
    }

    private static float[] Blend(Plane<float> plane, int top, float down)
    {
        ReadOnlySpan<float> a = plane.Row(top);
        ReadOnlySpan<float> b = plane.Row(Math.Min(top + 1, plane.Height - 1));
        var blended = new float[a.Length];
        for (int i = 0; i < blended.Length; i++)
        {
            blended[i] = a[i] + ((b[i] - a[i]) * down);
        }

        return blended;
    }

    private static float MedianOf(Plane<float> plane, CfaPattern cfa, CfaColor color, Area window, float[] buffer)
    {
        int n = 0;
        for (int y = window.Top; y < window.Bottom; y++)
        {
            ReadOnlySpan<float> row = plane.Row(y);
            for (int first = window.Left; first < Math.Min(window.Right, window.Left + cfa.Width); first++)
            {
                for (int x = cfa[first, y] == color ? first : window.Right; x < window.Right; x += cfa.Width)
                {
                    if (float.IsFinite(row[x]))
                    {
                        buffer[n++] = row[x];
                    }
                }
            }
        }

        return Quantiles.MidMean(buffer.AsSpan(0, n));
    }
}
