using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;

namespace PixelMend.Benchmarks.Peers;

/// <summary>Puts a test to every photosite whose whole window lies in the active area: peers leave borders alone.</summary>
internal static class WindowScan
{
    /// <param name="evidence">The frame; photosites already known are no news.</param>
    /// <param name="found">Receives what the test flags.</param>
    /// <param name="border">How far the window reaches.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="test">How far a photosite is beyond the limit, as a multiple of it with its sign; within it when at most 1 in size.</param>
    public static void Run(Evidence evidence, DefectMap.Builder found, int border, ParallelOptions options, Func<int, int, float> test)
    {
        Area active = evidence.Frame.ActiveArea;
        DefectMask known = evidence.Known.ToMask();
        var rows = new List<Defect>?[active.Height];
        Parallel.For(
            active.Top + border,
            Math.Max(active.Top + border, active.Bottom - border),
            options,
            y =>
            {
                for (int x = active.Left + border; x < active.Right - border; x++)
                {
                    float excess = test(x, y);
                    if (MathF.Abs(excess) > 1 && !known[x, y])
                    {
                        (rows[y - active.Top] ??= []).Add(
                            new Defect(x, y, excess > 0 ? DefectKind.Hot : DefectKind.Dead, MathF.Abs(excess))
                        );
                    }
                }
            }
        );
        foreach (List<Defect>? row in rows)
        {
            found.AddRange(row ?? []);
        }
    }
}
