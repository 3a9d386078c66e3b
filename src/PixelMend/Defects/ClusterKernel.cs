using PixelMend.Frames;

namespace PixelMend.Defects;

/// <summary>
/// Where a cluster is too dense for a sound repair: its photosites with fewer than five good ones among the eight nearest of their colour
/// (the cluster kernel of ASTM E2597, which knows sensors without a mosaic).
/// </summary>
public static class ClusterKernel
{
    private const int LeastGood = 5;
    private const int Nearest = 8;

    /// <summary>Photosites in a kernel. One whose good neighbours are few only because the sensor ends there is no cluster.</summary>
    /// <param name="photosites">Defective ones to look at, each once.</param>
    /// <param name="bad">All defective photosites of the sensor.</param>
    /// <param name="cfa">Its mosaic; where it is not known, mono stands for the eight that touch.</param>
    public static int Count(IEnumerable<Defect> photosites, DefectMask bad, CfaPattern cfa) =>
        photosites.Count(p => IsIn(p.X, p.Y, bad, cfa));

    /// <summary>
    /// What a repair may be relied on at most: 1 outside kernels; within, the part of the eight nearest that is good.
    /// </summary>
    /// <param name="x">Column of a defective photosite.</param>
    /// <param name="y">Its row.</param>
    /// <param name="size">Photosites per row, and rows.</param>
    /// <param name="isGood">Whether a photosite of the sensor can be relied on.</param>
    /// <param name="cfa">The mosaic.</param>
    internal static float MostConfidence(int x, int y, (int Width, int Height) size, Func<int, int, bool> isGood, CfaPattern cfa)
    {
        (int good, bool isKernel) = Around(x, y, size, isGood, cfa);
        return isKernel ? (float)good / Nearest : 1;
    }

    private static bool IsIn(int x, int y, DefectMask bad, CfaPattern cfa) =>
        Around(x, y, (bad.Width, bad.Height), (nextX, nextY) => !bad[nextX, nextY], cfa).IsKernel;

    private static (int Good, bool IsKernel) Around(int x, int y, (int Width, int Height) size, Func<int, int, bool> isGood, CfaPattern cfa)
    {
        ReadOnlySpan<Offset> around = cfa.Neighbors(x, y);
        around = around[..Math.Min(Nearest, around.Length)];
        int good = 0;
        int there = 0;
        foreach (Offset step in around)
        {
            (int nextX, int nextY) = (x + step.Dx, y + step.Dy);
            if (nextX >= 0 && nextY >= 0 && nextX < size.Width && nextY < size.Height)
            {
                there++;
                good += isGood(nextX, nextY) ? 1 : 0;
            }
        }

        return (good, good < LeastGood && good < there);
    }
}
