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

    private static bool IsIn(int x, int y, DefectMask bad, CfaPattern cfa)
    {
        ReadOnlySpan<Offset> around = cfa.Neighbors(x, y);
        around = around[..Math.Min(Nearest, around.Length)];
        int good = 0;
        int defective = 0;
        foreach (Offset step in around)
        {
            (int nextX, int nextY) = (x + step.Dx, y + step.Dy);
            if (nextX >= 0 && nextY >= 0 && nextX < bad.Width && nextY < bad.Height)
            {
                defective += bad[nextX, nextY] ? 1 : 0;
                good += bad[nextX, nextY] ? 0 : 1;
            }
        }

        return good < LeastGood && defective > 0;
    }
}
