using PixelMend.Defects;
using PixelMend.Frames;
using Xunit;

namespace PixelMend.Tests.Frames;

public class RawFrameTests
{
    private static readonly Levels Levels = new(2, 2, [100, 110, 120, 130], [4000, 3900, 3800, 3700], [0, 1, 2], [0, 0, 5, 5]);

    [Fact]
    public void Signals_are_what_is_stored_again()
    {
        RawFrame frame = Codes(12);
        for (int y = 0; y < 3; y++)
        {
            for (int x = 0; x < 4; x++)
            {
                Assert.Equal((frame.Stored(x, y) - Levels.Black(x, y)) / Levels.Span(x, y), frame.Signal(x, y));
                Assert.Equal(frame.Stored(x, y), frame.ToStored(x, y, frame.Signal(x, y)));
            }
        }
    }

    [Fact]
    public void Codes_are_rounded_and_stay_in_range()
    {
        RawFrame frame = Codes(12);
        Assert.Equal(4095, frame.ToStored(0, 0, 2));
        Assert.Equal(0, frame.ToStored(0, 0, -1));
        Assert.Equal(101, frame.ToStored(0, 0, 0.6f / 3900));
        Assert.Equal(255, Codes(8).ToStored(0, 0, 1));
    }

    [Fact]
    public void Floats_are_stored_as_they_are_or_on_their_grid()
    {
        var plane = new Plane<float>(4, 3);
        Assert.Equal(100 + (0.123f * 3900), new RawFrame(plane, CfaPattern.Mono, Levels).ToStored(0, 0, 0.123f));
        var gridded = new RawFrame(plane, CfaPattern.Mono, Levels) { Grid = new SampleGrid(1000, 0.5, -100, 100) };
        Assert.Equal(1000.5f, gridded.ToStored(0, 0, (1000.7f - 100) / 3900));
        Assert.Equal(1050, gridded.ToStored(0, 0, 1));
        Assert.Equal(950, gridded.ToStored(0, 0, 0));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(40, 1)]
    [InlineData(290, 2)]
    [InlineData(210, 3)]
    [InlineData(5000, 4)]
    public void A_linear_value_becomes_the_code_nearest_to_it_even_in_tables_that_go_back(float linear, int code)
    {
        var frame = new RawFrame(new Plane<ushort>(4, 3, [0, 1, 2, 3, 4, 5, 255, 0, 0, 0, 0, 0]), 8, CfaPattern.Mono, new Levels(0, 1000))
        {
            Linearization = new ushort[] { 0, 50, 300, 200, 1000 },
        };
        Assert.Equal(code, frame.ToStored(0, 0, linear / 1000));
        var row = new float[4];
        frame.ReadLinear(0, 1, row);
        Assert.Equal([1000f, 1000, 1000, 0], row);
    }

    [Fact]
    public void Codes_beyond_the_samples_bits_are_never_chosen()
    {
        var frame = new RawFrame(new Plane<ushort>(1, 1), 2, CfaPattern.Mono, new Levels(0, 1000))
        {
            Linearization = new ushort[] { 0, 100, 200, 300, 1000 },
        };
        Assert.Equal(3, frame.ToStored(0, 0, 1));
    }

    [Fact]
    public void Changed_frames_keep_everything_else()
    {
        var embedded = new DefectMap.Builder(4, 3);
        embedded.Add(new Defect(1, 1));
        var frame = new RawFrame(Codes(12).Codes!, 12, CfaPattern.Parse("RGGB"), Levels)
        {
            ActiveArea = new Area(1, 0, 3, 3),
            MaskedAreas = [new Area(0, 0, 1, 3)],
            Linearization = new ushort[] { 0, 1, 2 },
            Info = new FrameInfo { Make = "M" },
            Embedded = embedded.Build(),
        };
        ushort[] before = [.. frame.Codes!.Samples];

        RawFrame changed = frame.With([new SampleChange(2, 1, 0, 777, 1)]);

        Assert.Equal(before, frame.Codes.Samples);
        Assert.Equal(777, changed.Stored(2, 1));
        Assert.Equal(before.Where((_, i) => i != 6), changed.Codes!.Samples.Where((_, i) => i != 6));
        Assert.Equal(frame.ActiveArea, changed.ActiveArea);
        Assert.Equal(frame.MaskedAreas, changed.MaskedAreas);
        Assert.Equal(frame.Linearization, changed.Linearization);
        Assert.Equal((frame.Info, frame.Embedded, frame.Cfa, frame.Levels), (changed.Info, changed.Embedded, changed.Cfa, changed.Levels));
        Assert.Equal(12, changed.BitDepth);
    }

    [Fact]
    public void Changed_float_frames_keep_their_grid()
    {
        var grid = new SampleGrid(0, 2, 0, 9);
        var frame = new RawFrame(new Plane<float>(2, 2), CfaPattern.Mono, new Levels(0, 1)) { Grid = grid };
        RawFrame changed = frame.With([new SampleChange(1, 0, 0, 4.5f, 1)]);
        Assert.Equal(grid, changed.Grid);
        Assert.Equal([0, 4.5f, 0, 0], changed.Values!.Samples);
        Assert.Equal(new float[4], frame.Values!.Samples);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public void Depths_beyond_sixteen_bits_are_no_codes(int bits) => Assert.Throws<ArgumentOutOfRangeException>(() => Codes(bits));

    [Fact]
    public void Areas_are_clipped_to_the_sensor()
    {
        Assert.Equal(new Area(0, 0, 3, 2), new Area(-2, -1, 5, 3).ClipTo(10, 10));
        Assert.Equal(0, new Area(20, 0, 5, 5).ClipTo(10, 10).Count);
        Assert.Equal(new Area(1, 1, 9, 9), new Area(1, 1, int.MaxValue, int.MaxValue).ClipTo(10, 10));
    }

    private static RawFrame Codes(int bits) =>
        new(new Plane<ushort>(4, 3, [.. Enumerable.Range(0, 12).Select(i => (ushort)(i * 300))]), bits, CfaPattern.Parse("RGGB"), Levels);
}
