using PixelMend.Algorithms;
using PixelMend.Correction;
using PixelMend.Defects;
using PixelMend.Frames;
using PixelMend.Tests.Simulation;
using Xunit;

namespace PixelMend.Tests.Correction;

/// <summary>In the kernel of a cluster no repair is surer than the part of the eight nearest that is good.</summary>
public class KernelConfidenceTests
{
    public static TheoryData<string> Names => [.. Correctors.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Confidence_is_bounded_in_kernels(string name)
    {
        const int Side = 64;
        ushort[] codes =
        [
            .. Enumerable.Range(0, Side * Side).Select(i => (ushort)(1000 + (i % Side * 3) + (i / Side * 2) + (i * 7919 % 13))),
        ];
        var frame = new RawFrame(new Plane<ushort>(Side, Side, codes), 12, CfaPattern.Mono, new Levels(0, 4095));
        var map = new DefectMap.Builder(Side, Side);
        map.Add(new DefectRegion(new Area(30, 30, 3, 3), DefectKind.Dead));
        map.Add(new Defect(10, 10, DefectKind.Dead));
        Algorithm<IDefectCorrector> algorithm = Correctors.All.Single(c => c.Name == name);
        IDefectCorrector corrector = algorithm.Create(
            new Settings(algorithm.Parameters, new Dictionary<string, double>(StringComparer.Ordinal))
        );

        Dictionary<(int X, int Y), float> confidence = corrector
            .Correct(frame, map.Build(), Bench.Threads)
            .Changes.ToDictionary(c => (c.X, c.Y), c => c.Confidence);

        Assert.Equal(0, confidence.GetValueOrDefault((31, 31)));
        foreach ((int x, int y) in new[] { (31, 30), (30, 31), (32, 31), (31, 32) })
        {
            Assert.InRange(confidence[(x, y)], 0, 3 / 8f);
        }

        Assert.InRange(confidence[(10, 10)], 3 / 8f, 1);
    }
}
