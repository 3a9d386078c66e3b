using CsCheck;
using PixelMend.Defects;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Tests.Defects;

public class ClusterTests
{
    [Theory]
    [InlineData(new[] { "....", "....", "...." }, new int[0])]
    [InlineData(new[] { "#...", "....", "...#" }, new[] { 1, 1 })]
    [InlineData(new[] { "#.#.", ".#..", "...#" }, new[] { 3, 1 })]
    [InlineData(new[] { "#.#.", "#.#.", "###." }, new[] { 7 })]
    [InlineData(new[] { "#..#", "#..#", "...#" }, new[] { 2, 3 })]
    public void Photosites_that_touch_are_one_cluster(string[] rows, int[] sizes) =>
        Assert.Equal(sizes.Order(), Cluster.In(MapGen.Picture(rows).Points).Select(c => c.Size).Order());

    [Fact]
    public void Bounds_hold_all_of_a_cluster() =>
        Assert.Equal(new Area(1, 0, 3, 3), Assert.Single(Cluster.In(MapGen.Picture("..#.", ".#..", "..##").Points)).Bounds);

    /// <summary>Against the definition: two photosites share a cluster if and only if steps to touching ones lead from one to the other.</summary>
    [Fact]
    public void Clusters_are_what_touching_reaches() =>
        MapGen.Map.Sample(map =>
        {
            IReadOnlyList<Defect> all = map.AllPhotosites();
            IReadOnlyList<Cluster> clusters = Cluster.In(all);
            Assert.Equal(all, clusters.SelectMany(c => c.Photosites).OrderBy(p => p.Y).ThenBy(p => p.X));
            Assert.All(clusters, c => Assert.Equal(Reached(c.Photosites[0], all), c.Photosites));
        });

    private static IEnumerable<Defect> Reached(Defect from, IReadOnlyList<Defect> all)
    {
        HashSet<Defect> reached = [from];
        var next = new Queue<Defect>([from]);
        while (next.TryDequeue(out Defect site))
        {
            foreach (Defect neighbor in all.Where(d => Math.Abs(d.X - site.X) <= 1 && Math.Abs(d.Y - site.Y) <= 1 && reached.Add(d)))
            {
                next.Enqueue(neighbor);
            }
        }

        return reached.OrderBy(p => p.Y).ThenBy(p => p.X);
    }
}
