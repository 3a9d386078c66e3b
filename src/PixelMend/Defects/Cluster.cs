using PixelMend.Frames;

namespace PixelMend.Defects;

/// <summary>Defective photosites that touch, diagonals included.</summary>
/// <param name="Photosites">Its members, sorted by row, then column.</param>
public sealed record Cluster(IReadOnlyList<Defect> Photosites)
{
    /// <summary>Number of photosites.</summary>
    public int Size => Photosites.Count;

    /// <summary>The smallest rectangle that holds them.</summary>
    public Area Bounds
    {
        get
        {
            int left = Photosites.Min(p => p.X);
            int top = Photosites[0].Y;
            return new Area(left, top, Photosites.Max(p => p.X) - left + 1, Photosites[^1].Y - top + 1);
        }
    }

    /// <summary>The clusters of a map, single photosites among them, in the order of their first photosite.</summary>
    /// <param name="photosites">Sorted by row, then column, each once, as <see cref="DefectMap.AllPhotosites"/> gives them.</param>
    public static IReadOnlyList<Cluster> In(IReadOnlyList<Defect> photosites)
    {
        int[] parents = [.. Enumerable.Range(0, photosites.Count)];
        var rowAbove = new Dictionary<int, int>();
        var row = new Dictionary<int, int>();
        int y = -1;
        for (int i = 0; i < photosites.Count; i++)
        {
            Defect next = photosites[i];
            if (next.Y != y)
            {
                (rowAbove, row) = (row, rowAbove);
                row.Clear();
                if (next.Y != y + 1)
                {
                    rowAbove.Clear();
                }

                y = next.Y;
            }

            row[next.X] = i;
            JoinIfThere(parents, row, next.X - 1, i);
            for (int x = next.X - 1; x <= next.X + 1; x++)
            {
                JoinIfThere(parents, rowAbove, x, i);
            }
        }

        return
        [
            .. Enumerable
                .Range(0, photosites.Count)
                .GroupBy(i => Root(parents, i), i => photosites[i])
                .Select(members => new Cluster([.. members])),
        ];
    }

    private static void JoinIfThere(int[] parents, Dictionary<int, int> row, int x, int i)
    {
        if (row.TryGetValue(x, out int neighbor))
        {
            (int one, int other) = (Root(parents, neighbor), Root(parents, i));
            parents[Math.Max(one, other)] = Math.Min(one, other);
        }
    }

    /// <summary>The first photosite of a cluster stands for it; paths are halved on the way, so that they stay short.</summary>
    private static int Root(int[] parents, int i)
    {
        while (parents[i] != i)
        {
            parents[i] = parents[parents[i]];
            i = parents[i];
        }

        return i;
    }
}
