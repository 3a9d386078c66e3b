using PixelMend.Defects;
using PixelMend.Detection;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Tests.Frames;

public class RawFrameValidationTests
{
    [Theory]
    [InlineData(0, 0, 5, 4)]
    [InlineData(1, 0, 4, 4)]
    [InlineData(-1, 0, 2, 2)]
    [InlineData(0, 0, 0, 4)]
    public void The_active_area_must_lie_on_the_sensor(int left, int top, int width, int height) =>
        Assert.Throws<ArgumentException>(() =>
            new RawFrame(new Plane<ushort>(4, 4), 12, CfaPattern.Mono, new Levels(0, 4095))
            {
                ActiveArea = new Area(left, top, width, height),
            }
        );

    [Fact]
    public void Black_per_row_and_column_must_fit_the_frame()
    {
        var levels = new Levels(1, 1, [0], [4095], rowBlack: [1, 2, 3]);
        Assert.Throws<ArgumentException>(() => new RawFrame(new Plane<ushort>(4, 4), 12, CfaPattern.Mono, levels));
    }

    [Fact]
    public void A_colour_that_occurs_once_in_a_long_period_is_no_reason_to_fail()
    {
        CfaPattern cfa = CfaPattern.Parse("RGGGGGGGGGGGGGGB/RGGGGGGGGGGGGGGB");
        var frame = new RawFrame(new Plane<ushort>(64, 64), 12, cfa, new Levels(0, 4095));
        foreach (var detector in Detectors.All)
        {
            var found = new DefectMap.Builder(64, 64);
            detector
                .Create(new(detector.Parameters, new Dictionary<string, double>(StringComparer.Ordinal)))
                .Detect(new Evidence(frame, DefectMap.Empty(64, 64)), found, new ParallelOptions());
            Assert.True(found.Build().IsEmpty);
        }
    }
}
