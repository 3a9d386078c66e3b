using CsCheck;
using PixelMend.Defects;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Tests.Defects;

public class SensorGradeTests
{
    /// <summary>Whatever the map, a limit at the count passes and one below it fails.</summary>
    [Fact]
    public void Limits_are_inclusive() =>
        MapGen.Map.Sample(map =>
        {
            var none = new SensorSpecification
            {
                Zones = [new ZoneSpecification { Name = "all", MostPhotosites = 0 }],
                LargestCluster = 0,
                MostClusters = 0,
                MostColumns = 0,
                MostRows = 0,
                MostKernelPhotosites = 0,
            };
            int[] counts = [.. SensorGrade.Of(map, none).Checks.Select(c => c.Count)];
            Assert.Equal(map.AllPhotosites().Count, counts[0]);
            Assert.True(SensorGrade.Of(map, With(counts, 0)).HasPassed);
            Assert.All(SensorGrade.Of(map, With(counts, 1)).Checks, c => Assert.False(c.HasPassed));
        });

    [Theory]
    [InlineData(new[] { "##....", "......", "...##.", "...#..", "......", "......" }, 3, 1)]
    [InlineData(new[] { "##....", "......", "......", "......", "......", "......" }, 0, 0)]
    [InlineData(new[] { "#.....", "##....", "...#..", "..##..", ".....#", "....##" }, 3, 3)]
    public void Clusters_begin_at_three(string[] rows, int largest, int clusters)
    {
        var grade = SensorGrade.Of(MapGen.Picture(rows), new SensorSpecification { LargestCluster = 0, MostClusters = 0 });
        Assert.Equal([largest, clusters], grade.Checks.Select(c => c.Count));
    }

    /// <summary>Half of a line is a bad line; its photosites belong to no cluster.</summary>
    [Fact]
    public void Bad_lines_count_as_lines_alone()
    {
        var limits = new SensorSpecification
        {
            LargestCluster = 0,
            MostColumns = 0,
            MostRows = 0,
            MostKernelPhotosites = 0,
        };
        DefectMap column = MapGen.Picture(".#....", ".#....", ".#....", "......", "......", "......");
        Assert.Equal([0, 1, 0, 0], SensorGrade.Of(column, limits).Checks.Select(c => c.Count));
        DefectMap row = MapGen.Picture("......", "###...", "......", "......", "......", "......");
        Assert.Equal([0, 0, 1, 0], SensorGrade.Of(row, limits).Checks.Select(c => c.Count));
        DefectMap less = MapGen.Picture(".#....", ".#....", "......", "......", "......", "......");
        Assert.Equal([0, 0, 0, 0], SensorGrade.Of(less, limits).Checks.Select(c => c.Count));
    }

    [Fact]
    public void Zones_count_a_photosite_once_the_innermost_first()
    {
        var map = new DefectMap.Builder(100, 80);
        map.Add(new Defect(50, 40, DefectKind.Hot | DefectKind.Noisy));
        map.Add(new Defect(25, 20, DefectKind.Dead));
        map.Add(new Defect(24, 20, DefectKind.Dead));
        map.Add(new Defect(99, 79));
        var grade = SensorGrade.Of(
            map.Build(),
            new SensorSpecification
            {
                Zones =
                [
                    new ZoneSpecification
                    {
                        Name = "centre",
                        Share = 0.5,
                        MostPhotosites = 2,
                        MostOfKind = Kinds(DefectKind.Hot, DefectKind.Noisy, DefectKind.Dead),
                    },
                    new ZoneSpecification
                    {
                        Name = "edge",
                        MostPhotosites = 1,
                        MostOfKind = Kinds(DefectKind.Unknown, DefectKind.Dead),
                    },
                ],
            }
        );
        Assert.Equal(
            [
                ("centre: photosites", 2),
                ("centre: hot", 1),
                ("centre: dead", 1),
                ("centre: noisy", 1),
                ("edge: photosites", 2),
                ("edge: unknown", 1),
                ("edge: dead", 1),
            ],
            grade.Checks.Select(c => (c.What, c.Count))
        );
        Assert.False(grade.HasPassed);
    }

    /// <summary>ASTM E2597: a cluster is relevant where one of its photosites has fewer than five good neighbours of eight.</summary>
    [Theory]
    [InlineData(new[] { "........", ".###....", "..#.....", "........", "........", "........", "........", "........" }, true)]
    [InlineData(new[] { "........", ".###....", "..##....", "........", "........", "........", "........", "........" }, false)]
    [InlineData(new[] { "#.......", "........", "........", "........", "........", "........", "........", ".......#" }, true)]
    [InlineData(new[] { ".#......", ".#......", ".#......", ".#......", ".#......", ".#......", ".#......", ".#......" }, true)]
    [InlineData(new[] { ".#...#..", ".#...#..", ".#...#..", ".#...#..", ".#...#..", ".#...#..", ".#...#..", ".#...#.." }, true)]
    [InlineData(new[] { ".##.....", ".##.....", ".##.....", ".##.....", ".##.....", ".##.....", ".##.....", ".##....." }, false)]
    [InlineData(new[] { ".#......", ".#......", ".#......", "########", ".#......", ".#......", ".#......", ".#......" }, false)]
    public void The_preset_of_astm_refuses_cluster_kernels(string[] rows, bool passes) =>
        Assert.Equal(passes, SensorGrade.Of(MapGen.Picture(rows), SensorSpecification.AstmE2597).HasPassed);

    private static Dictionary<DefectKind, int> Kinds(params DefectKind[] kinds) => kinds.ToDictionary(k => k, _ => 1);

    /// <summary>Limits at what was counted, or so much below it.</summary>
    private static SensorSpecification With(int[] counts, int less) =>
        new()
        {
            Zones = [new ZoneSpecification { Name = "all", MostPhotosites = counts[0] - less }],
            LargestCluster = counts[1] - less,
            MostClusters = counts[2] - less,
            MostColumns = counts[3] - less,
            MostRows = counts[4] - less,
            MostKernelPhotosites = counts[5] - less,
        };
}
